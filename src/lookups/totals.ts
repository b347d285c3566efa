import { epochMs, parseIso } from '../base/index.ts'
import type { Lake } from '../store/index.ts'
import { instant } from './instant.ts'

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

/**
 * Counts the rows of some loads. `several` names the sources of which one record may give several rows (statements that name more than one
 * subscriber): there records are counted, elsewhere rows.
 */
export async function totalsOf(
  lake: Lake,
  loads: { readonly accesses: readonly string[]; readonly reasons: readonly string[]; readonly several: readonly string[] },
): Promise<Totals> {
  const [row] = await lake.engine.rows<{
    accesses: string
    from: string
    to: string
    first: string
    last: string
  }>(
    `SELECT toString(countIf(NOT has({several:Array(String)}, source)) + uniqExactIf((source, n), has({several:Array(String)}, source))) AS accesses,
       toString(min(time)) AS from, toString(max(time)) AS to, toString(min(day)) AS first, toString(max(day)) AS last
     FROM lookup_accesses WHERE load_id IN ({accesses:Array(UInt64)})`,
    { accesses: loads.accesses, several: loads.several },
  )
  const [counted] = await lake.engine.rows<{ c: string }>(
    `SELECT toString(count()) AS c FROM lookup_reasons WHERE load_id IN ({reasons:Array(UInt64)})`,
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
  loads: { readonly days: string; readonly subscribers: string },
): Promise<{ readonly subscribers: number; readonly repeated: number }> {
  const [many] = await lake.engine.rows<{ c: string }>(
    `SELECT toString(count()) AS c FROM lookup_subscribers WHERE load_id = {subscribers:UInt64}`,
    { subscribers: loads.subscribers },
  )
  const [twice] = await lake.engine.rows<{ c: string }>(
    `SELECT toString(sum(repeated)) AS c FROM lookup_days WHERE load_id = {days:UInt64}`,
    { days: loads.days },
  )
  return { subscribers: Number(many?.c ?? 0), repeated: Number(twice?.c ?? 0) }
}
