import { epochMs, parseIso } from '../base/index.ts'
import type { Lake } from '../store/index.ts'
import { instant } from './timeline.ts'

/** What was loaded, in numbers. */
export interface Totals {
  readonly accesses: number
  /** Accesses that stand in the logs twice: the same account, subscriber, time, operation and machine. */
  readonly repeated: number
  readonly subscribers: number
  readonly reasons: number
  /** First and last access; empty without any. */
  readonly from: string
  readonly to: string
  /** Days since 1970 of the first and the last, and how many they span. */
  readonly first: number
  readonly last: number
  readonly period: number
}

/** Counts the rows of some loads. */
export async function totalsOf(
  lake: Lake,
  loads: { readonly accesses: readonly string[]; readonly reasons: readonly string[] },
): Promise<Totals> {
  const [row] = await lake.engine.rows<{
    accesses: string
    subscribers: string
    from: string
    to: string
    first: string
    last: string
  }>(
    `SELECT toString(uniqExact(source, n)) AS accesses, toString(uniqExactIf(subscriber, subscriber != '')) AS subscribers,
       toString(min(time)) AS from, toString(max(time)) AS to, toString(min(day)) AS first, toString(max(day)) AS last
     FROM lookup_accesses WHERE load_id IN ({accesses:Array(UInt64)})`,
    { accesses: loads.accesses },
  )
  const [repeated] = await lake.engine.rows<{ c: string }>(
    `SELECT toString(sum(many - 1)) AS c FROM (
       SELECT uniqExact(source, n) AS many FROM lookup_accesses WHERE load_id IN ({accesses:Array(UInt64)}) AND subscriber != ''
       GROUP BY subscriber, account, time, operation, host HAVING count() > 1
     )`,
    { accesses: loads.accesses },
  )
  const [counted] = await lake.engine.rows<{ c: string }>(
    `SELECT toString(count()) AS c FROM lookup_reasons WHERE load_id IN ({reasons:Array(UInt64)})`,
    { reasons: loads.reasons },
  )
  const accesses = Number(row?.accesses ?? 0)
  const [first, last] = accesses === 0 ? [0, 0] : [dayOf(row?.first ?? ''), dayOf(row?.last ?? '')]
  return {
    accesses,
    repeated: Number(repeated?.c ?? 0),
    subscribers: Number(row?.subscribers ?? 0),
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
