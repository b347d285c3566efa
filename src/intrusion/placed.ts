import { epochMs } from '../base/index.ts'
import { isAddress } from './names.ts'
import type { Sighting } from './sighting.ts'
import type { WayIn } from './story.ts'
import { carries, networkText } from './usual/listed.ts'
import type { Roles } from './usual/roles.ts'

/** Kinds that say less than whose network it was. */
const vaguer: ReadonlySet<WayIn['kind']> = new Set(['first-seen', 'valid-account', 'vpn', 'rdp'])
/** An address of a partner says more than a first step seen. */
const leastCertainty = 0.5
/** What is seen so near to the first step still tells where that came from. */
const nearMs = 60_000

/** A way in that begins at an address of a partner says so and names the entry; one on a host that the inventory lists names that. */
export function placed(way: WayIn, roles: Roles | undefined): WayIn {
  if (roles === undefined) return way
  const partner = isAddress(way.where) ? roles.networkOf(way.where) : undefined
  const host = way.kind === 'first-seen' || way.kind === 'web-server' ? roles.listed(way.where) : ''
  if (partner === undefined || !vaguer.has(way.kind))
    return host === '' || way.text.includes(host)
      ? way
      : { ...way, text: `${way.text} The inventory lists ${way.where} as ${host.slice(2, -1)}.` }
  return {
    ...way,
    kind: carries(partner) ? 'roaming-network' : 'partner-network',
    certainty: Math.max(way.certainty, leastCertainty),
    text: `${way.text} By${networkText(partner, way.where).slice('; by'.length)}; who worked from there is not shown.`,
  }
}

/** Where only a first step is known and its record names an address of a partner, it begins there. */
export function placedFirst(seen: WayIn, group: readonly Sighting[], roles: Roles | undefined): WayIn {
  if (seen.kind !== 'first-seen' || isAddress(seen.where)) return seen
  const from = group.find(
    (one) =>
      one.host === seen.where &&
      epochMs(one.time) - epochMs(seen.time) <= nearMs &&
      one.sourceIp !== '' &&
      roles?.networkOf(one.sourceIp) !== undefined,
  )
  return from === undefined
    ? seen
    : {
        ...seen,
        where: from.sourceIp,
        text: `The first step seen is on ${seen.where}, from ${from.sourceIp} under the account ${from.account || '(not named)'}.`,
        cites: [from.cite],
      }
}
