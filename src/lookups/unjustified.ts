import type { Lake } from '../store/index.ts'
import type { TestedAccount } from './aside.ts'
import { recordOf, type RecordOf } from './cites-of-days.ts'
import { beyondPeers } from './peers.ts'
import { countsRead, daysRead, ofDays, type DaysOf } from './read-days.ts'

/** An account whose reads lack reasons beyond its peers, or whose own tickets come after its reads. */
export interface AccountExcess {
  readonly kind: 'many-without-reason' | 'tickets-afterwards'
  readonly account: string
  readonly team: string
  /** Trials and hits: days of reading and those without a reason; or days with own tickets alone and those whose tickets all came later. */
  readonly n: number
  readonly k: number
  /** Hits expected of a peer with as many trials. */
  readonly expected: number
  readonly logP: number
  readonly logQ: number
  readonly cites: readonly (readonly [string, string])[]
}

/** Test S6 and its sister for tickets opened afterwards (rules U1 and U2), each with its own Benjamini and Hochberg over accounts. */
export async function accountExcesses(
  lake: Lake,
  options: DaysOf & { readonly accounts: readonly TestedAccount[] },
): Promise<readonly AccountExcess[]> {
  const { names, accounts } = options
  const nameOf = (account: number): string => names.accounts[account] ?? ''
  const teamOf = new Map(accounts.map((row) => [row.account, names.teams[row.team] ?? '']))
  const tickets = await lake.engine.rows<{ account: number; n: string; k: string }>(
    `SELECT account, toString(sum(c.own)) AS n, toString(sum(c.late)) AS k FROM ${countsRead} AS c
     GROUP BY account HAVING sum(c.own) > 0 ORDER BY account`,
    ofDays(options),
  )
  const found = [
    ...beyondPeers(
      accounts.map((row) => ({
        account: nameOf(row.account),
        team: teamOf.get(row.account) ?? '',
        n: row.reads,
        k: row.lacking,
      })),
    ).map((one) => ({ kind: 'many-without-reason' as const, ...one })),
    ...beyondPeers(
      tickets.map((row) => ({
        account: nameOf(row.account),
        team: teamOf.get(row.account) ?? '',
        n: Number(row.n),
        k: Number(row.k),
      })),
    ).map((one) => ({ kind: 'tickets-afterwards' as const, ...one })),
  ]
  return cited(lake, { ...options, found })
}

async function cited(
  lake: Lake,
  options: DaysOf & { readonly found: readonly Omit<AccountExcess, 'cites'>[] },
): Promise<AccountExcess[]> {
  const { found, names } = options
  const numbers = new Map(names.accounts.map((account, at) => [account, at]))
  const cites = new Map<string, readonly RecordOf[]>()
  for (const [kind, which] of [
    ['many-without-reason', 'grade < 2'],
    ['tickets-afterwards', 'late = 1'],
  ] as const) {
    const accounts = found.flatMap((one) => (one.kind === kind ? (numbers.get(one.account) ?? 0) : []))
    if (accounts.length === 0) continue
    const rows = await lake.engine.rows<{ account: number; cites: string[] }>(
      `SELECT account, groupArraySorted(20)(cite) AS cites FROM ${daysRead}
       WHERE ${which} AND account IN ({found:Array(UInt32)}) GROUP BY account`,
      { ...ofDays(options), found: accounts },
    )
    for (const row of rows)
      cites.set(
        `${kind} ${names.accounts[row.account]}`,
        row.cites.map((cite) => recordOf(names, cite)),
      )
  }
  return found.map((one) => ({ ...one, cites: cites.get(`${one.kind} ${one.account}`) ?? [] }))
}
