import type { ClaimedTime, HandedOver } from './handed-over.ts'

/** Hosts named in one sentence. */
const hostsNamed = 4

/** Hosts whose logs begin and end on the same days, and of which nothing else is to be said, are one item: one export cut them alike. */
export function handedTogether(handed: readonly HandedOver[], { needed }: ClaimedTime): HandedOver[] {
  const groups = Map.groupBy(handed, (one) => {
    const { kind, by, system, host, name, from, to, breaks = [], missing = [] } = one
    const alone = one.installed ?? one.beginsAnew ?? one.newest ?? one.sample ?? one.unreadable
    const broken =
      needed !== undefined && breaks.some(({ time }) => time.slice(0, 10) >= needed.from && time.slice(0, 10) <= needed.to)
    if (kind !== 'logs' || host === undefined || alone !== undefined || broken || missing.length > 0) return name
    // Where they end is told only of logs that end before the days needed.
    const end = needed !== undefined && (to ?? '').slice(0, 10) >= needed.from ? '' : (to ?? '').slice(0, 10)
    return JSON.stringify([by, system, (from ?? '').slice(0, 10), end])
  })
  return [...groups.values()].flatMap((all) => {
    const [first] = all.toSorted((a, b) => compare(a.name, b.name))
    if (first === undefined || all.length === 1) return all
    const hosts = all.flatMap((one) => one.host ?? []).sort()
    const more = hosts.length - hostsNamed
    const { host: _, ...rest } = first
    const cites = [...new Map(all.flatMap((one) => one.cites).map((cite) => [JSON.stringify(cite), cite])).values()]
    const name = `the logs of ${hosts.slice(0, hostsNamed).join(', ')}${more > 0 ? ` and ${more} further host${more === 1 ? '' : 's'}` : ''}`
    return [{ ...rest, name, cites }]
  })
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
