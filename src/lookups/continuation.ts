import type { Lake } from '../store/index.ts'
import { logBetaBinomialTail } from './negative-binomial.ts'

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
export async function continuations(lake: Lake, options: { readonly days: string }): Promise<ReadonlyMap<string, Continuation>> {
  const counted = `
    SELECT subscriber, lacking, arraySort(groupUniqArray((period.1, period.2, period.3, toString(account)))) AS reads,
      arrayCount((one, before) -> abs(one.2 - before.3) <= {slack:UInt32}, arrayPopFront(reads), arrayPopBack(reads)) AS continued,
      arrayCount((one, before) -> abs(one.2 - before.3) <= {slack:UInt32} AND one.4 != before.4, arrayPopFront(reads), arrayPopBack(reads)) AS batons,
      length(reads) - 1 AS pairs
    FROM (SELECT subscriber, grade < 2 AS lacking, account, arrayJoin(windows) AS period FROM lookup_days WHERE load_id = {days:UInt64})
    GROUP BY subscriber, lacking`
  const params = { days: options.days, slack }
  const [usual] = await lake.engine.rows<{ n: string; k: string }>(
    `SELECT toString(sum(pairs)) AS n, toString(sum(continued)) AS k FROM (${counted}) WHERE lacking = 0`,
    params,
  )
  // Drawn towards three in a hundred where explained reads are few.
  const share = (Number(usual?.k ?? 0) + 1) / (Number(usual?.n ?? 0) + 33)
  const rows = await lake.engine.rows<{ subscriber: string; n: number; k: number; passed: number }>(
    `SELECT subscriber, toInt32(pairs) AS n, toInt32(continued) AS k, toInt32(batons) AS passed FROM (${counted})
     WHERE lacking = 1 AND continued >= 2 ORDER BY subscriber`,
    params,
  )
  return new Map(
    rows.map((row) => {
      const [pairs, continued] = [row.n, row.k]
      const logP = logBetaBinomialTail({ n: pairs, share, concentration: Infinity, k: continued })
      return [row.subscriber, { logP, pairs, continued, batons: row.passed }]
    }),
  )
}
