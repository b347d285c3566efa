import { sql } from './fragments.ts'

/** Two records of one act on two hosts; `micros` is how much later host `a` says it was. */
export interface ClockPair {
  readonly a: string
  readonly b: string
  readonly micros: number
  readonly exhibit: string
  readonly member: string
  readonly unit: string
  readonly n: string
}

/** How far ahead a host's clock is. `applied` false: too few pairs agree, or too little to matter; the clock then counts as right. */
export interface HostClock {
  readonly host: string
  readonly micros: number
  readonly pairs: number
  readonly applied: boolean
  readonly exhibit: string
  readonly member: string
  readonly unit: string
  readonly n: string
}

/** Pairs that must agree, within how much of their median, and from how much on a difference is corrected. */
const enough = 5
const near = 2_000_000
const matters = 1_000_000
/** Of a difference that no delay explains three pairs are enough, when there is none that says otherwise. */
const plain = { pairs: 3, micros: 60_000_000 } as const

/**
 * Clocks of the hosts that share pairs: the host with the most partners counts as right, the others follow by the medians of
 * their pairs, those with most pairs first. Hosts without pairs do not appear.
 */
export function hostClocks(pairs: readonly ClockPair[]): HostClock[] {
  const found: HostClock[] = []
  const links = new Map<string, Map<string, ClockPair[]>>()
  const link = (a: string, b: string, pair: ClockPair): void => {
    const of = links.get(a) ?? new Map<string, ClockPair[]>()
    links.set(a, of.set(b, [...(of.get(b) ?? []), pair]))
  }
  for (const pair of pairs) {
    if (pair.a === pair.b) continue
    link(pair.a, pair.b, pair)
    link(pair.b, pair.a, { ...pair, a: pair.b, b: pair.a, micros: -pair.micros })
  }
  const partners = (host: string): number => links.get(host)?.size ?? 0
  const hosts = [...links.keys()].sort((a, b) => partners(b) - partners(a) || (a < b ? -1 : 1))
  const ahead = new Map<string, number>()
  // Of each host whose clock is not known yet: the known one it shares most pairs with.
  const waiting = new Map<string, { readonly known: string; readonly between: readonly ClockPair[] }>()
  const know = (host: string, micros: number): void => {
    ahead.set(host, micros)
    waiting.delete(host)
    for (const other of links.get(host)?.keys() ?? []) {
      const between = links.get(other)?.get(host) ?? []
      if (!ahead.has(other) && between.length > (waiting.get(other)?.between.length ?? 0))
        waiting.set(other, { known: host, between })
    }
  }
  for (const first of hosts) {
    if (ahead.has(first)) continue
    know(first, 0)
    while (waiting.size > 0) {
      const [host, { known, between }] = [...waiting].reduce((best, one) => (isBefore(one, best) ? one : best))
      const clock = clockOf(host, ahead.get(known) ?? 0, between)
      found.push(clock)
      know(host, clock.applied ? clock.micros : 0)
    }
  }
  return found.sort((a, b) => (a.host < b.host ? -1 : 1))
}

type Waiting = readonly [host: string, link: { readonly between: readonly ClockPair[] }]

function isBefore([host, { between }]: Waiting, [other, { between: others }]: Waiting): boolean {
  return between.length > others.length || (between.length === others.length && host < other)
}

function clockOf(host: string, ahead: number, between: readonly ClockPair[]): HostClock {
  const median = medianOf(between.map((pair) => pair.micros))
  const agreeing = between.filter((pair) => Math.abs(pair.micros - median) <= near)
  const unopposed = agreeing.length === between.length && agreeing.length >= plain.pairs && Math.abs(median) >= plain.micros
  const agreed = unopposed || (agreeing.length >= enough && agreeing.length * 2 > between.length)
  const micros = ahead + median
  const { exhibit, member, unit, n } = (agreeing[0] ?? between[0]) as ClockPair
  return { host, micros, pairs: agreeing.length, applied: agreed && Math.abs(micros) >= matters, exhibit, member, unit, n }
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] as number
  return sorted.length % 2 === 1 ? upper : Math.round(((sorted[middle - 1] as number) + upper) / 2)
}

/** Records of one act on two hosts: both ends of a connection; a logon, its ticket, its request. Parameter: `load`. */
export const clockPairsSql = sql`
SELECT a, b, micros, exhibit, member, unit, toString(n) AS n
FROM (
  SELECT x.host AS a, y.host AS b, dateDiff('microsecond', y.t, x.t) AS micros, x.exhibit AS exhibit, x.member AS member, x.unit AS unit, x.n AS n
  FROM (SELECT host, t, exhibit, member, unit, n, concat(address, ' ', port, ' ', other_address, ' ', other_port) AS both FROM edge_facts
    WHERE load_id = {load:UInt64} AND what = 'connect' AND mode = 'true' AND port != '') AS x
  INNER JOIN (SELECT host, t, concat(address, ' ', port, ' ', other_address, ' ', other_port) AS both FROM edge_facts
    WHERE load_id = {load:UInt64} AND what = 'connect' AND mode = 'false' AND port != '') AS y USING (both)
  WHERE x.host != y.host AND abs(dateDiff('second', x.t, y.t)) <= 3600
  UNION ALL
  SELECT x.host, y.host, dateDiff('microsecond', y.t, x.t), x.exhibit, x.member, x.unit, x.n
  FROM (SELECT host, t, guid, exhibit, member, unit, n FROM edge_facts WHERE load_id = {load:UInt64} AND what IN ('ticket', 'explicit') AND guid != '') AS x
  INNER JOIN (SELECT host, t, guid FROM edge_facts WHERE load_id = {load:UInt64} AND what = 'logon' AND guid != '') AS y USING (guid)
  WHERE x.host != y.host AND abs(dateDiff('second', x.t, y.t)) <= 3600
  -- A ticket is used for hours: the logon nearest to it is the one it was asked for.
  ORDER BY guid, abs(dateDiff('microsecond', x.t, y.t)), x.host, y.host LIMIT 1 BY guid)
ORDER BY a, b, exhibit, n, micros
LIMIT 200 BY a, b`
