import { epochMs } from '../base/index.ts'
import { gapMs } from './cluster.ts'
import type { Hop } from './movements.ts'
import { bareAccount } from './names.ts'
import { withoutSecrets } from './secrets.ts'
import type { ObjectRead, Sighting } from './sighting.ts'
import type { Story } from './story.ts'
import { taking } from './tactics.ts'
import { clip, size } from './tell.ts'

/** Objects read by the account of a sighting at its database, so near to it, are of the story. */
const sameReadMs = 3_600_000

/** What a story's own detections and reads at its databases say of data. */
export function reachedOf(options: {
  readonly group: readonly Sighting[]
  readonly hops: readonly Hop[]
  readonly names: ReadonlySet<string>
  readonly reads: readonly ObjectRead[]
}): Story['reached'] {
  const { group, hops, names, reads } = options
  const from = epochMs(group[0]?.time ?? '')
  const to = epochMs(group.at(-1)?.time ?? '') + gapMs
  const objects = new Map<string, ObjectRead[]>()
  const clients = new Map<string, number[]>()
  for (const one of group)
    if (names.has(one.host)) {
      const key = `${one.host} ${bareAccount(one.account)}`
      clients.set(key, [...(clients.get(key) ?? []), epochMs(one.time)])
    }
  for (const read of reads) {
    const at = epochMs(read.time)
    const seen =
      clients.get(`${read.host} ${bareAccount(read.account)}`)?.some((time) => Math.abs(time - at) <= sameReadMs) === true
    const inside = at >= from && at <= to && hops.some((hop) => hop.to === read.host && hop.from === read.from)
    if (!(inside && names.has(read.from)) && !seen) continue
    const key = `${read.object} on ${read.host}`
    objects.set(key, [...(objects.get(key) ?? []), read])
  }
  const tables = [...objects].map(([what, all]) => ({
    what,
    kind: 'database object',
    text: `${what} was read ${all.length} time${all.length === 1 ? '' : 's'}${fromOf(all)} by the account ${[...new Set(all.map((one) => one.account))].join(', ')}.`,
    cites: all.slice(0, 10).map((one) => one.cite),
  }))
  const taken = group.filter((one) => one.tactics.some((tactic) => taking.has(tactic)))
  const large = taken.filter((one) => one.eventClass === 'http' && one.entry === undefined && one.bytesOut > 0)
  const bytes = large.reduce((sum, one) => sum + one.bytesOut, 0)
  const left =
    large.length === 0
      ? []
      : [
          {
            what: `responses of ${large[0]?.host ?? ''}`,
            kind: 'transfer',
            bytes,
            text: `${size(bytes)} left ${large[0]?.host ?? ''} in ${large.length} large responses; what they held is not shown.`,
            cites: large.slice(0, 10).map((one) => one.cite),
          },
        ]
  const staged = new Map<string, Sighting[]>()
  for (const one of taken) {
    if (one.eventClass === 'http' || one.eventClass === 'transfer' || one.entry !== undefined) continue
    const key = `${one.title} on ${one.host}`
    staged.set(key, [...(staged.get(key) ?? []), one])
  }
  const packed = [...staged].map(([what, all]) => {
    const command = withoutSecrets(all.find((one) => one.commandLine !== '')?.commandLine ?? '')
    return {
      what,
      kind: 'collection',
      text: `${what}${command === '' ? '' : ` (${clip(command)})`}${all.length > 1 ? `, ${all.length} records` : ''}.`,
      cites: all.slice(0, 10).map((one) => one.cite),
    }
  })
  const sent = group
    .filter((one) => one.eventClass === 'transfer')
    .map((one) => ({
      what: `sent by ${one.host}`,
      kind: 'transfer',
      bytes: one.bytesOut,
      text: `${one.host} sent more than usual${one.detail ?? ''}; what it held is not shown.`,
      cites: [one.cite],
    }))
  const asked = group
    .filter((one) => one.entry?.kind === 'api')
    .map((one) => ({
      what: `records of ${one.host}`,
      kind: 'interface',
      bytes: one.bytesOut,
      text: `${one.title} on ${one.host}${one.detail ?? ''}.`,
      cites: one.restsOn?.cites ?? [one.cite],
    }))
  return [...tables, ...asked, ...packed, ...sent, ...left]
}

function fromOf(reads: readonly ObjectRead[]): string {
  const from = [...new Set(reads.map((one) => one.from))].filter((one) => one !== '')
  return from.length === 0 ? '' : ` from ${from.join(', ')}`
}
