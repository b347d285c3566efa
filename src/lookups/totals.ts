import { epochMs, parseIso } from '../base/index.ts'
import type { Lake } from '../store/index.ts'
import { instant } from './instant.ts'
import type { LoadIds } from './names.ts'

/** What was loaded, in numbers. */
export interface Totals {
  readonly accesses: number
  readonly reasons: number
  /** First and last access; empty without any. */
  readonly from: string
  readonly to: string
  /** Days since 1970 of the first and the last, and how many they span. */
  readonly first: number
  readonly last: number
  readonly period: number
}

/** Counts what some loads hold: records of accesses, of which one may name several subscribers, and reasons. */
export async function totalsOf(lake: Lake, loads: LoadIds): Promise<Totals> {
  const [row] = await lake.engine.rows<{
    accesses: string
    from: string
    to: string
    first: string
    last: string
  }>(
    `SELECT toString(sum(records)) AS accesses,
       toString(min(since)) AS from, toString(max(until)) AS to, toString(min(e.first)) AS first, toString(max(e.last)) AS last
     FROM lookup_extents AS e WHERE load_id IN ({accesses:Array(UInt64)})`,
    { accesses: loads.accesses },
  )
  const [counted] = await lake.engine.rows<{ c: string }>(
    `SELECT toString(sum(many)) AS c FROM lookup_routes WHERE load_id IN ({reasons:Array(UInt64)})`,
    { reasons: loads.reasons },
  )
  const accesses = Number(row?.accesses ?? 0)
  const [first, last] = accesses === 0 ? [0, 0] : [dayOf(row?.first ?? ''), dayOf(row?.last ?? '')]
  return {
    accesses,
    reasons: Number(counted?.c ?? 0),
    from: accesses === 0 ? '' : instant(row?.from ?? ''),
    to: accesses === 0 ? '' : instant(row?.to ?? ''),
    first,
    last,
    period: accesses === 0 ? 0 : last - first + 1,
  }
}

function dayOf(text: string): number {
  const moment = parseIso(text)
  return moment === undefined ? 0 : Math.round(epochMs(moment.at) / 86_400_000)
}

/** Subscribers read, and accesses that stand in the logs twice: the same account, subscriber, time, operation and machine. */
export async function readOf(
  lake: Lake,
  loads: { readonly days: readonly string[]; readonly subscribers: string },
): Promise<{ readonly subscribers: number; readonly repeated: number }> {
  const [many] = await lake.engine.rows<{ c: string }>(
    `SELECT toString(count()) AS c FROM lookup_subscribers WHERE load_id = {subscribers:UInt64}`,
    { subscribers: loads.subscribers },
  )
  const [twice] = await lake.engine.rows<{ c: string }>(
    `SELECT toString(sum(repeated)) AS c FROM lookup_counts WHERE load_id IN ({days:Array(UInt64)})`,
    { days: loads.days },
  )
  return { subscribers: Number(many?.c ?? 0), repeated: Number(twice?.c ?? 0) }
}
