import type { Lake } from '../store/index.ts'
import { logQValues } from './false-discovery.ts'
import { fitPrior, type Cell } from './prior.ts'
import type { WatchedSubscriber } from './review.ts'
import { logPUnexplained } from './unexplained-days.ts'
import { watchedSubscribers, type WatchedQuery } from './watched.ts'

/** Level of the false-discovery control. */
export const level = 0.05

/** Share of reads without a reason above which the lack of one singles nobody out. */
const mostUnexplainedShare = 0.3

export type Testing =
  | { readonly kind: 'tested'; readonly tests: number; readonly watched: readonly WatchedSubscriber[] }
  | { readonly kind: 'not-tested'; readonly why: 'no-reasons' | 'no-accesses' | 'too-many-unexplained'; readonly tests: number }

/** Test S1 over all subscribers of the base (rules L9 to L13). */
export async function testSubscribers(
  lake: Lake,
  options: WatchedQuery & { readonly reasons: number; readonly base: number },
): Promise<Testing> {
  const cells = await cellTable(lake, options.days)
  const seen = cells.reduce((sum, cell) => sum + cell.count, 0)
  const tests = Math.max(options.base, seen)
  if (seen === 0) return { kind: 'not-tested', why: 'no-accesses', tests }
  if (options.reasons === 0) return { kind: 'not-tested', why: 'no-reasons', tests }
  const explained = cells.reduce((sum, cell) => sum + cell.x * cell.count, 0)
  const unexplained = cells.reduce((sum, cell) => sum + cell.u * cell.count, 0)
  if (unexplained > (explained + unexplained) * mostUnexplainedShare)
    return { kind: 'not-tested', why: 'too-many-unexplained', tests }
  const unseen = tests - seen
  const prior = fitPrior(unseen > 0 ? [...cells, { x: 0, u: 0, count: unseen }] : cells)
  const logP = cells.map((cell) => logPUnexplained(prior, cell))
  const logQ = logQValues(
    cells.map((cell, at) => ({ logP: logP[at] ?? 0, count: cell.count })),
    tests,
  )
  const flagged = new Map<string, { readonly logP: number; readonly logQ: number }>()
  for (const [at, cell] of cells.entries())
    if ((logQ[at] ?? 0) <= Math.log(level)) flagged.set(`${cell.x}/${cell.u}`, { logP: logP[at] ?? 0, logQ: logQ[at] ?? 0 })
  return { kind: 'tested', tests, watched: await watchedSubscribers(lake, { ...options, flagged }) }
}

/** How many subscribers have X explained and U unexplained days. */
async function cellTable(lake: Lake, days: string): Promise<Cell[]> {
  const rows = await lake.engine.rows<{ x: string; u: string; c: string }>(
    `SELECT x, u, count() AS c FROM (
       SELECT subscriber, uniqExactIf(day, grade >= 2) AS x, uniqExactIf(day, grade < 2) AS u
       FROM lookup_days WHERE load_id = {days:UInt64} GROUP BY subscriber
     ) GROUP BY x, u ORDER BY x, u`,
    { days },
  )
  return rows.map((row) => ({ x: Number(row.x), u: Number(row.u), count: Number(row.c) }))
}
