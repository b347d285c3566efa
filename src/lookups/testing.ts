import type { Lake } from '../store/index.ts'
import { cellTable } from './candidates.ts'
import { continuations, type Continuation } from './continuation.ts'
import { readTogether, type TogetherRead } from './co-reads.ts'
import { permuted } from './permute.ts'
import { powerOf, type PowerPoint } from './power.ts'
import type { DaysOf } from './read-days.ts'
import { takeOvers, takeOverWeights, type TakeOver } from './take-over.ts'
import { loadSubscribers, type TestedRows } from './tested.ts'
import { testLog, type LogTests } from './test-log.ts'
import { toldInWeek } from './weekly.ts'

/** Share of reads without a reason above which the lack of one singles nobody out. */
const mostUnexplainedShare = 0.3

/** Higher criticism that raises the alarm: above this, and so many times as high as in any permutation. */
const [leastAlarm, timesPermuted] = [5, 2]

export type Testing =
  | (Tested & { readonly kind: 'tested'; readonly tests: number })
  | {
      readonly kind: 'not-tested'
      readonly why: 'no-reasons' | 'no-accesses' | 'too-many-unexplained'
      readonly tests: number
      readonly takeOvers: readonly TakeOver[]
    }

interface Tested {
  readonly log: LogTests
  readonly continuations: ReadonlyMap<string, Continuation>
  readonly takeOvers: readonly TakeOver[]
  readonly weeks: ReadonlyMap<string, number>
  readonly together: readonly TogetherRead[]
  readonly power: readonly PowerPoint[]
  readonly permutation: { readonly runs: number; readonly flagged: number; readonly higherCriticism: number }
  readonly alarm: boolean
}

/** All tests over the subscribers of the base (rules T1 to T5, N1, P1). */
export async function testSubscribers(
  lake: Lake,
  options: DaysOf & {
    /** Loads of accesses. */
    readonly loads: readonly string[]
    /** The rows of the days under test, and the load of `lookup_subscribers` over them. */
    readonly tested: TestedRows
    readonly subscribers: string
    /** Accounts with tested days, by number. */
    readonly accounts: readonly number[]
    readonly reasons: number
    readonly base: number
    /** First and last day, since 1970. */
    readonly first: number
    readonly last: number
    /** Permutations of the log to be tested beside it. */
    readonly permutations: number
  },
): Promise<Testing> {
  const { tested, names, accounts, subscribers } = options
  const cells = await cellTable(lake, subscribers)
  const seen = cells.reduce((sum, cell) => sum + cell.count, 0)
  const tests = Math.max(options.base, seen)
  const strange = await takeOvers(lake, { accesses: options.loads, days: options.days, names })
  if (seen === 0) return { kind: 'not-tested', why: 'no-accesses', tests, takeOvers: strange }
  if (options.reasons === 0) return { kind: 'not-tested', why: 'no-reasons', tests, takeOvers: strange }
  const explained = cells.reduce((sum, cell) => sum + cell.x * cell.count, 0)
  const unexplained = cells.reduce((sum, cell) => sum + cell.u * cell.count, 0)
  if (unexplained > (explained + unexplained) * mostUnexplainedShare)
    return { kind: 'not-tested', why: 'too-many-unexplained', tests, takeOvers: strange }
  const continued = await continuations(lake, { days: options.days, names, rows: tested.rows })
  const log = await testLog(lake, {
    tested,
    subscribers,
    accounts,
    names,
    tests,
    weightOf: takeOverWeights(strange, accounts.length),
    continued: new Map([...continued].map(([subscriber, one]) => [subscriber, one.logP])),
  })
  let flagged = 0
  let higherCriticism = 0
  for (let number = 1; number <= options.permutations; number += 1) {
    const rows = await permuted(lake, { tested, names, number })
    const null_ = await testLog(lake, { tested: rows, subscribers: await loadSubscribers(lake, rows), accounts, names, tests })
    flagged += null_.flags.size + null_.recurring.size
    higherCriticism = Math.max(higherCriticism, null_.higherCriticism)
  }
  return {
    kind: 'tested',
    tests,
    log,
    continuations: continued,
    takeOvers: strange,
    weeks: toldInWeek({ candidates: log.candidates, baseline: log.baseline, tests, first: options.first, last: options.last }),
    together: readTogether(log.candidates),
    power: powerOf(log, { tests, days: options.last - options.first + 1 }),
    permutation: { runs: options.permutations, flagged, higherCriticism },
    alarm: log.higherCriticism > leastAlarm && log.higherCriticism > timesPermuted * higherCriticism,
  }
}
