import type { Lake } from '../store/index.ts'
import { logBetaBinomialTail } from './negative-binomial.ts'

/** Reads of an account from machines that none of its explained reads came from. */
export interface TakeOver {
  readonly account: string
  readonly hosts: readonly string[]
  /** Reads without a reason from these machines, and from all. */
  readonly strange: number
  readonly unexplained: number
  readonly logP: number
  readonly cites: readonly (readonly [string, string])[]
}

/** Least explained reads with a machine for an account to have a history, and least strange ones to be told. */
const [leastHistory, leastStrange] = [10, 2]

/** p below which a sign of a take-over weighs, and how much more such an account weighs in S3. */
const [signs, heavier] = [Math.log(1e-3), 10]

/**
 * Test S7 (rule R7): accounts whose reads without a reason come from machines new to them, against the share of such reads among all accounts.
 * Machines that most accounts use say nothing. Accounts with a history too short are left out.
 */
export async function takeOvers(lake: Lake, options: { readonly days: string }): Promise<readonly TakeOver[]> {
  const rows = await lake.engine.rows<{
    account: string
    hosts: string[]
    strange: string
    reads: string
    cites: [string, string][]
  }>(
    `WITH
       used AS (
         SELECT toString(account) AS account, arrayJoin(hosts) AS host, countIf(grade >= 2) AS known, countIf(grade < 2) AS lacking,
           groupArraySortedIf(5)(cites[1], grade < 2) AS some
         FROM lookup_days WHERE load_id = {days:UInt64} GROUP BY account, host
       )
     SELECT account, arraySort(groupArrayIf(toString(host), known = 0 AND lacking > 0)) AS hosts, toString(sumIf(lacking, known = 0)) AS strange,
       toString(sum(lacking)) AS reads, arraySlice(arraySort(arrayFlatten(groupArrayIf(some, known = 0))), 1, 5) AS cites
     FROM used GROUP BY account HAVING sum(known) >= {history:UInt32} ORDER BY account`,
    { days: options.days, history: leastHistory },
  )
  const all = rows.reduce((sum, row) => sum + Number(row.reads), 0)
  const strange = rows.reduce((sum, row) => sum + Number(row.strange), 0)
  // Most accounts have none: the share of the rest would hide behind that of the accounts under test.
  const share = Math.max(0.001, (strange + 1) / (all + 100))
  return rows
    .filter((row) => Number(row.strange) >= leastStrange)
    .map((row) => {
      const [k, n] = [Number(row.strange), Number(row.reads)]
      const logP = logBetaBinomialTail({ n, share, concentration: Infinity, k })
      return { account: row.account, hosts: row.hosts.slice(0, 8), strange: k, unexplained: n, logP, cites: row.cites }
    })
}

/** Weights of accounts in S3: more for those with signs of a take-over, 1 on average over `accounts`. */
export function takeOverWeights(found: readonly TakeOver[], accounts: number): ReadonlyMap<string, number> {
  const strange = found.filter((one) => one.logP <= signs)
  if (strange.length === 0 || accounts === 0) return new Map()
  const mean = (accounts + strange.length * (heavier - 1)) / accounts
  const weights = new Map(strange.map((one) => [one.account, heavier / mean]))
  return weights
}
