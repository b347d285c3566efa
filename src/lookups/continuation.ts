import type { Lake } from '../store/index.ts'
import { logBetaBinomialTail } from './negative-binomial.ts'
import { daysRead, ofDays, type DaysOf } from './read-days.ts'
import { passesFor } from './tested.ts'
import { inRange, tokenText } from './token-sql.ts'

/** How far the begin of a period may lie from the end of the one before for the two to continue, in seconds. */
const slack = 86_400

/** A profile kept up to date: periods asked for that each begin where the last one ended. */
export interface Continuation {
  readonly logP: number
  /** Pairs of consecutive reads, those that continue, and those of them made by another account than the one before. */
  readonly pairs: number
  readonly continued: number
  readonly batons: number
}

/**
 * Test S4 (rule C1) by subscriber: of the pairs of consecutive reads without a reason, how many continue, against the share among explained
 * reads. Empty where no source states the period asked for.
 */
export async function continuations(
  lake: Lake,
  options: DaysOf & { readonly rows: number },
): Promise<ReadonlyMap<string, Continuation>> {
  // Reads with a stated period alone, in ranges of tokens; what is needed of explained reads is two sums.
  let [pairs, continued] = [0, 0]
  const rows: CountedRow[] = []
  for (const range of passesFor(options.rows)) {
    const some = await lake.engine.rows<CountedRow>(
      `SELECT if(lacking AND met >= 2, ${tokenText('subscriber')}, '') AS token, lacking, toInt64(sum(many)) AS n, toInt64(sum(met)) AS k, toInt64(sum(handed)) AS passed FROM (
         SELECT subscriber, lacking, arraySort(asked) AS reads, length(reads) - 1 AS many,
           arrayCount((one, before) -> abs(one.2 - before.3) <= {slack:UInt32}, arrayPopFront(reads), arrayPopBack(reads)) AS met,
           arrayCount((one, before) -> abs(one.2 - before.3) <= {slack:UInt32} AND one.4 != before.4, arrayPopFront(reads), arrayPopBack(reads)) AS handed
         FROM (
           SELECT subscriber, grade < 2 AS lacking, groupArrayArray(arrayMap(period -> (period.1, period.2, period.3, account), windows)) AS asked
           FROM ${daysRead} WHERE ${inRange} AND notEmpty(windows) GROUP BY subscriber, lacking HAVING length(asked) >= 2
         )
       ) GROUP BY token, lacking ORDER BY token`,
      { ...ofDays(options), slack, ...range },
    )
    for (const row of some)
      if (row.lacking === 0) [pairs, continued] = [pairs + Number(row.n), continued + Number(row.k)]
      else if (row.token !== '') rows.push(row)
  }
  // Drawn towards three in a hundred where explained reads are few.
  const share = (continued + 1) / (pairs + 33)
  return new Map(
    rows.map((row) => {
      const [n, k] = [Number(row.n), Number(row.k)]
      const logP = logBetaBinomialTail({ n, share, concentration: Infinity, k })
      return [row.token, { logP, pairs: n, continued: k, batons: Number(row.passed) }]
    }),
  )
}

interface CountedRow {
  /** Empty for all that need not be told one by one. */
  readonly token: string
  readonly lacking: number
  readonly n: string
  readonly k: string
  readonly passed: string
}
