import type { Hop } from './movements.ts'
import { bitsOf, type Sighting } from './sighting.ts'
import type { HostStatus, Story } from './story.ts'
import { taking } from './tactics.ts'

/** A host that was only asked for data, or that only let a session in, is touched. */
function statusBy(one: Sighting, isGateway: (host: string) => boolean): HostStatus {
  if (one.eventClass === 'authentication' && isGateway(one.host)) return 'touched'
  const asked = one.eventClass === 'datastore' || one.eventClass === 'http'
  const onlyData = one.tactics.length > 0 && one.tactics.every((tactic) => taking.has(tactic))
  if (asked && onlyData && one.process === '') return 'touched'
  return bitsOf(one.level) >= 4 ? 'compromised' : 'touched'
}

/** The hosts of a story and how far each was taken: by what was seen on it, by control that came from it, by what was read from it. */
export function hostsOf(
  group: readonly Sighting[],
  hops: readonly Hop[],
  { isGateway, isOurs }: { readonly isGateway: (host: string) => boolean; readonly isOurs: (host: string) => boolean },
): Story['hosts'] {
  const found = new Map<string, { status: HostStatus; cites: Sighting['cite'][] }>()
  for (const one of group) {
    if (one.host === '') continue
    const known = found.get(one.host)
    const status = statusBy(one, isGateway)
    if (known === undefined) found.set(one.host, { status, cites: [one.cite] })
    else {
      if (status === 'compromised') known.status = status
      if (known.cites.length < 5) known.cites.push(one.cite)
    }
  }
  // One move that nothing else bears out may be its owner's.
  const borneOut = group.some((one) => bitsOf(one.level) >= 8) || hops.filter((hop) => hop.control === true).length > 1
  for (const hop of hops)
    if (hop.control === true && !found.has(hop.from) && isOurs(hop.from) && !isGateway(hop.from))
      found.set(hop.from, { status: borneOut ? 'compromised' : 'suspected', cites: [...hop.cites] })
  for (const one of group) {
    const client = one.from
    if (client === undefined || !isOurs(client)) continue
    const known = found.get(client)
    const status = (one.bits ?? 0) >= 4 ? 'compromised' : 'touched'
    if (known === undefined) found.set(client, { status, cites: [one.cite] })
    else if (status === 'compromised') known.status = status
  }
  for (const hop of hops)
    if (!found.has(hop.to)) found.set(hop.to, { status: hop.certainty < 0.5 ? 'suspected' : 'touched', cites: [...hop.cites] })
  return [...found].map(([name, host]) => ({ name, ...host }))
}
