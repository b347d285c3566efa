import type { Lake } from '../store/index.ts'
import { recordOf } from './cites-of-days.ts'
import { logBetaBinomialTail } from './negative-binomial.ts'
import { daysRead, ofDays, type DaysOf } from './read-days.ts'

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
export async function takeOvers(
  lake: Lake,
  options: DaysOf & { readonly accesses: readonly string[] },
): Promise<readonly TakeOver[]> {
  const { names } = options
  const rows = await lake.engine.rows<HostsRow>(
    `WITH
       used AS (
         SELECT account, arrayJoin(machines) AS host, countIf(grade >= 2) AS known, countIf(grade < 2) AS lacking
         FROM ${daysRead} GROUP BY account, host
       )
     SELECT account, arrayMap(one -> toString(one), groupArrayIf(host, known = 0 AND lacking > 0)) AS hosts, toString(sumIf(lacking, known = 0)) AS strange,
       toString(sum(lacking)) AS reads
     FROM used GROUP BY account HAVING sum(known) >= {history:UInt32} ORDER BY account`,
    { ...ofDays(options), history: leastHistory },
  )
  const all = rows.reduce((sum, row) => sum + Number(row.reads), 0)
  const strange = rows.reduce((sum, row) => sum + Number(row.strange), 0)
  // Most accounts have none: the share of the rest would hide behind that of the accounts under test.
  const share = Math.max(0.001, (strange + 1) / (all + 100))
  const found = rows.filter((row) => Number(row.strange) >= leastStrange)
  const cites = await citesOf(lake, { ...options, found })
  const hosts = await hostsOf(lake, { accesses: options.accesses, numbers: found.flatMap((row) => row.hosts) })
  return found.map((row) => {
    const [k, n] = [Number(row.strange), Number(row.reads)]
    const logP = logBetaBinomialTail({ n, share, concentration: Infinity, k })
    return {
      account: names.accounts[row.account] ?? '',
      hosts: row.hosts
        .flatMap((host) => hosts.get(host) ?? [])
        .sort()
        .slice(0, 8),
      strange: k,
      unexplained: n,
      logP,
      cites: (cites.get(row.account) ?? []).map((cite) => recordOf(names, cite)),
    }
  })
}

/** Names of machines by their numbers. */
async function hostsOf(
  lake: Lake,
  options: { readonly accesses: readonly string[]; readonly numbers: readonly string[] },
): Promise<ReadonlyMap<string, string>> {
  if (options.numbers.length === 0) return new Map()
  const rows = await lake.engine.rows<{ number: string; name: string }>(
    `SELECT DISTINCT toString(machine) AS number, name FROM lookup_machines
     WHERE load_id IN ({accesses:Array(UInt64)}) AND machine IN ({numbers:Array(UInt64)})`,
    { accesses: options.accesses, numbers: [...new Set(options.numbers)] },
  )
  return new Map(rows.map((row) => [row.number, row.name]))
}

interface HostsRow {
  readonly account: number
  readonly hosts: readonly string[]
  readonly strange: string
  readonly reads: string
}

/** The first records of what each account read without a reason from its strange machines. */
async function citesOf(
  lake: Lake,
  options: DaysOf & { readonly found: readonly HostsRow[] },
): Promise<ReadonlyMap<number, readonly string[]>> {
  const { found } = options
  if (found.length === 0) return new Map()
  const rows = await lake.engine.rows<{ account: number; cites: string[] }>(
    `SELECT account, groupArraySorted(5)(cite) AS cites FROM (
       SELECT account, arrayJoin(machines) AS host, cite FROM ${daysRead}
       WHERE grade < 2 AND account IN ({found:Array(UInt32)})
     ) WHERE has({pairs:Array(String)}, concat(toString(account), ' ', toString(host))) GROUP BY account`,
    {
      ...ofDays(options),
      found: found.map((row) => row.account),
      pairs: found.flatMap((row) => row.hosts.map((host) => `${row.account} ${host}`)),
    },
  )
  return new Map(rows.map((row) => [row.account, row.cites]))
}

/** Weights of accounts in S3: more for those with signs of a take-over, 1 on average over `accounts`. */
export function takeOverWeights(found: readonly TakeOver[], accounts: number): ReadonlyMap<string, number> {
  const strange = found.filter((one) => one.logP <= signs)
  if (strange.length === 0 || accounts === 0) return new Map()
  const mean = (accounts + strange.length * (heavier - 1)) / accounts
  const weights = new Map(strange.map((one) => [one.account, heavier / mean]))
  return weights
}
