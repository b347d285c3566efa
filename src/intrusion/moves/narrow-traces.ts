import { compare } from '../cluster.ts'
import type { MoveSearch } from './move-search.ts'
import { furtherPlaces, placesOf, type Places } from './near-traces.ts'
import type { Trace } from './trace.ts'
import { tracesOf } from './traces.ts'
import { nearTracesSql, openedSql, tellingTracesSql, type TraceRow } from './traces-sql.ts'

/** A stretch of the evidence, as the statements bind it. */
export interface TracePeriod {
  readonly loads: readonly string[]
  readonly from: string
  readonly to: string
  /** From when on sessions can have been opened that go on in it. */
  readonly opened: string
  /** Rows of one statement at most. */
  readonly most: number
}

/** Traces of a stretch; `opened` are sessions from before it. */
export interface ReadTraces {
  readonly traces: readonly Trace[]
  readonly opened: readonly Trace[]
  /** Whether there are more than can be held. */
  readonly cutOff: boolean
}

/**
 * Traces of a stretch of which moves and attempts are made: all that tell of control or of a refusal, and of those that only show a host reached, mostly
 * logons over the network, the ones of the same burst, of the same minute on the same host, and of the sessions in which something was done.
 */
export async function narrowTraces(search: MoveSearch, period: TracePeriod): Promise<ReadTraces> {
  const { engine } = search
  const most = period.most
  const found = new Map<string, TraceRow>()
  const cut = { off: false }
  const take = (rows: readonly TraceRow[]): void => {
    cut.off ||= rows.length >= most
    for (const row of rows) found.set(`${row.exhibit} ${row.member} ${row.at_n}`, row)
  }
  const tracesNow = (): Trace[] => [...found.values()].toSorted(inOrder).flatMap((row) => tracesOf(row, search))
  take(await engine.rows<TraceRow>(tellingTracesSql, { ...period }))
  const telling = tracesNow()
  const earlier = await openedBefore(search, { period, telling, take })
  const looked = new Map<string, Set<number>>()
  let next: Places = placesOf(telling, search.skewMs)
  for (let further = 1; next.size > 0 && !cut.off && found.size < most; further *= 2) {
    take(await engine.rows<TraceRow>(nearTracesSql, { ...period, ...boundOf(next, search) }))
    for (const [host, stretches] of next) looked.set(host, new Set([...(looked.get(host) ?? []), ...stretches]))
    next = furtherPlaces(tracesNow(), looked, { skewMs: search.skewMs, further })
  }
  return { traces: tracesNow(), opened: earlier, cutOff: cut.off || found.size >= most }
}

/** Reads the logons of the sessions in which something was done; gives those from before the stretch. */
async function openedBefore(
  search: MoveSearch,
  {
    period,
    telling,
    take,
  }: { readonly period: TracePeriod; readonly telling: readonly Trace[]; readonly take: (rows: readonly TraceRow[]) => void },
): Promise<readonly Trace[]> {
  const sessions = new Map(telling.flatMap((one) => (one.session === '' ? [] : [[`${one.to} ${one.session}`, one] as const])))
  if (sessions.size === 0) return []
  const of = {
    ...period,
    places: [...sessions.values()].map((one) => one.to),
    sessions: [...sessions.values()].map((one) => one.session),
  }
  take(await search.engine.rows<TraceRow>(openedSql, of))
  const before = await search.engine.rows<TraceRow>(openedSql, { ...of, from: period.opened, to: period.from })
  return before.flatMap((row) => tracesOf(row, search))
}

function boundOf(
  places: Places,
  { addressesOf, nameOf }: MoveSearch,
): Record<'places' | 'stretches' | 'times', readonly (string | number)[]> {
  const named = Map.groupBy(addressesOf(new Set(places.keys())), (address) => nameOf(address))
  const pairs = [...places].flatMap(([host, stretches]) =>
    [host, ...(named.get(host) ?? [])].flatMap((place) => [...stretches].map((n) => [place, n] as const)),
  )
  return {
    places: pairs.map(([place]) => place),
    stretches: pairs.map(([, n]) => n),
    times: [...new Set(pairs.map(([, n]) => n))],
  }
}

/** As the statements give them. */
function inOrder(a: TraceRow, b: TraceRow): number {
  return compare(a.at_time, b.at_time) || compare(a.host, b.host) || compare(a.exhibit, b.exhibit) || a.at_n - b.at_n
}
