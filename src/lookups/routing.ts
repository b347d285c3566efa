import type { Lake } from '../store/index.ts'
import { firstTeams, type Names } from './names.ts'
import type { Routing } from './reader-graph.ts'

/** Pairs of reads that what is usual counts for beside an account's own. */
const usualPairs = 20

/**
 * How reads are spread over accounts, from what is not under test: single unexplained days, and explained ones (rules R4 and R5). Subscribers read on
 * more than 20 days are left out where pairs of reads are counted: a few of them would make up most pairs.
 */
export async function routingOf(
  lake: Lake,
  options: {
    /** Load of `lookup_subscribers`, and the accounts with tested days, by number. */
    readonly subscribers: string
    readonly accounts: readonly number[]
    readonly names: Names
  },
): Promise<Routing> {
  const { names, subscribers } = options
  const single = await lake.engine.rows<{ account: number; c: string }>(
    `SELECT account, count() AS c FROM lookup_subscribers WHERE load_id = {subscribers:UInt64} AND lacking = 1 GROUP BY account`,
    { subscribers },
  )
  // One row for each read: how many of the subscriber's reads are by the same account, and by the same team.
  const pairs = await lake.engine.rows<{ account: number; again: string; mates: string; apart: string }>(
    `SELECT account, toString(sum(same - 1)) AS again, toString(sum(if(team = 0, 0, near - same))) AS mates, toString(sum(whole - same)) AS apart FROM (
       SELECT length(explained) AS whole, arrayMap(one -> {teamOf:Array(UInt32)}[one + 1], explained) AS teams,
         arrayJoin(arrayZip(explained, teams, arrayMap(one -> countEqual(explained, one), explained), arrayMap(one -> countEqual(teams, one), teams))) AS read,
         read.1 AS account, read.2 AS team, toInt64(read.3) AS same, toInt64(read.4) AS near
       FROM lookup_subscribers WHERE load_id = {subscribers:UInt64} AND notEmpty(explained)
     ) GROUP BY account`,
    { subscribers, teamOf: firstTeams(names) },
  )
  const accounts = options.accounts.map((account) => names.accounts[account] ?? '')
  const singleOf = new Map(single.map((row) => [row.account, Number(row.c)]))
  const singles = options.accounts.map((account) => singleOf.get(account) ?? 0)
  const byAccount = pairs.map((row) => ({ ...row, account: names.accounts[row.account] ?? '' }))
  const all = singles.reduce((sum, count) => sum + count, 0) + accounts.length / 2
  const shares = Float64Array.from(singles, (count) => (count + 0.5) / all)
  const numberOfTeam = new Map<number, number>()
  const teamOf = firstTeams(names)
  const own = options.accounts.map((account) => teamOf[account] ?? 0)
  for (const team of [...new Set(own)].filter((one) => one !== 0).sort((a, b) => a - b)) numberOfTeam.set(team, numberOfTeam.size)
  const teams = Int32Array.from(own, (team) => numberOfTeam.get(team) ?? -1)
  const [again, mates, apart] = (['again', 'mates', 'apart'] as const).map((what) =>
    pairs.reduce((sum, row) => sum + Number(row[what]), 0),
  ) as [number, number, number]
  return {
    accounts,
    numberOf: new Map(accounts.map((account, at) => [account, at])),
    shares,
    teams,
    again: againOf({ accounts, usual: Math.max((again + 1) / (again + apart + 2), ...shares), byAccount }),
    ...teamAffinity({ shares, teams, mates, apart }),
  }
}

/** By account, drawn towards that of all accounts as far as its own pairs are few. */
function againOf(given: {
  readonly accounts: readonly string[]
  readonly usual: number
  readonly byAccount: readonly { readonly account: string; readonly again: string; readonly apart: string }[]
}): Float64Array {
  const pairs = new Map(given.byAccount.map((row) => [row.account, row]))
  return Float64Array.from(given.accounts, (account) => {
    const row = pairs.get(account)
    const [again, apart] = [Number(row?.again ?? 0), Number(row?.apart ?? 0)]
    return (again + usualPairs * given.usual) / (again + apart + usualPairs)
  })
}

function teamAffinity(given: {
  shares: Float64Array
  teams: Int32Array
  mates: number
  apart: number
}): Pick<Routing, 'sameTeam' | 'otherTeam'> {
  const { shares, teams, mates, apart } = given
  const byTeam = new Map<number, number>()
  let squares = 0
  for (const [at, share] of shares.entries()) {
    squares += share * share
    const team = teams[at] ?? -1
    if (team !== -1) byTeam.set(team, (byTeam.get(team) ?? 0) + share)
  }
  if (byTeam.size < 2 || apart < 100) return { sameTeam: 1, otherTeam: 1 }
  let within = 0
  for (const share of byTeam.values()) within += share * share
  const inTeams = new Map<number, number>()
  for (const [at, share] of shares.entries()) {
    const team = teams[at] ?? -1
    if (team !== -1) inTeams.set(team, (inTeams.get(team) ?? 0) + share * share)
  }
  const own = [...inTeams.values()].reduce((sum, one) => sum + one, 0)
  const expected = Math.min(0.999, Math.max(1e-9, (within - own) / (1 - squares)))
  const met = mates / apart
  return { sameTeam: met / expected, otherTeam: (1 - met) / (1 - expected) }
}
