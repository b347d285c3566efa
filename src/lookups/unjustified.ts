import type { Lake } from '../store/index.ts'
import type { TestedAccount } from './aside.ts'
import { recordOf, type RecordOf } from './cites-of-days.ts'
import { logQValues } from './false-discovery.ts'
import { level } from './level.ts'
import { logBetaBinomialTail } from './negative-binomial.ts'
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

/** Peers below which a team is no group of its own, and trials below which an account is not judged. */
const [leastPeers, leastTrials] = [8, 10]

interface Row {
  readonly account: string
  readonly team: string
  readonly n: number
  readonly k: number
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
    ...excesses(
      'many-without-reason',
      accounts.map((row) => ({
        account: nameOf(row.account),
        team: teamOf.get(row.account) ?? '',
        n: row.reads,
        k: row.lacking,
      })),
    ),
    ...excesses(
      'tickets-afterwards',
      tickets.map((row) => ({
        account: nameOf(row.account),
        team: teamOf.get(row.account) ?? '',
        n: Number(row.n),
        k: Number(row.k),
      })),
    ),
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

function excesses(kind: AccountExcess['kind'], all: readonly Row[]): Omit<AccountExcess, 'cites'>[] {
  const rows = all.filter((row) => row.n > 0)
  const byTeam = Map.groupBy(rows, (row) => row.team)
  const groupOf = (team: string): readonly Counted[] => {
    const peers = byTeam.get(team) ?? []
    return team !== '' && peers.length >= leastPeers ? peers : rows
  }
  const everybody = concentrationOf(rows)
  const fits = new Map<string, number>([...byTeam.keys()].map((team) => [team, shareOf(groupOf(team))]))
  const found = rows
    .filter((row) => row.n >= leastTrials)
    .map((row) => {
      const share = fits.get(row.team) ?? 0
      return {
        ...row,
        expected: share * row.n,
        logP: logBetaBinomialTail({ n: row.n, share, concentration: everybody, k: row.k }),
      }
    })
  const logQ = logQValues(
    found.map((one) => ({ logP: one.logP, count: 1 })),
    found.length,
  )
  return found.flatMap(({ account, team, n, k, expected, logP }, at) => {
    const q = logQ[at] ?? 0
    return q > Math.log(level) ? [] : [{ kind, account, team, n, k, expected, logP, logQ: q }]
  })
}

interface Counted {
  readonly n: number
  readonly k: number
}

/** The share of the peers without the tenth of them that lies highest: those under test do not set their own measure. */
function shareOf(peers: readonly Counted[]): number {
  const order = peers.toSorted((a, b) => a.k / a.n - b.k / b.n)
  const kept = order.slice(0, Math.max(1, Math.ceil(order.length * 0.9)))
  const [k, n] = kept.reduce(([a, b], one) => [a + one.k, b + one.n], [0, 0])
  return (k + 0.5) / (n + 1)
}

/** Concentration of the shares of accounts about that of all, by moments; the highest twentieth is left out as the share of a peer is. */
function concentrationOf(rows: readonly Counted[]): number {
  if (rows.length < leastPeers) return 20
  const order = rows.toSorted((a, b) => a.k / a.n - b.k / b.n).slice(0, Math.max(leastPeers, Math.ceil(rows.length * 0.95)))
  const [k, n] = order.reduce(([a, b], one) => [a + one.k, b + one.n], [0, 0])
  const share = (k + 0.5) / (n + 1)
  const spread = share * (1 - share)
  // E (k - n share)^2 = n spread (1 + (n - 1) rho), summed over accounts; rho = 1 / (concentration + 1).
  const [met, whole] = order.reduce(
    ([a, b], one) => [a + (one.k - one.n * share) ** 2 - one.n * spread, b + one.n * (one.n - 1) * spread],
    [0, 0],
  )
  // What was left out lay high: the variance that is met is less than it is.
  const rho = Math.min(0.5, Math.max(1e-4, (1.5 * met) / whole))
  return 1 / rho - 1
}
