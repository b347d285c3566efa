import type { Lake } from '../store/index.ts'
import type { Routing } from './reader-graph.ts'

/** Subscribers read on more days than this are left out where pairs of reads are counted: a few of them would make up most pairs. */
const mostPaired = 20

/** Pairs of reads that what is usual counts for beside an account's own. */
const usualPairs = 20

/** How reads are spread over accounts, from what is not under test: single unexplained days, and explained ones (rules R4 and R5). */
export async function routingOf(lake: Lake, tested: string): Promise<Routing> {
  const named = await lake.engine.rows<{ account: string; team: string; single: string }>(
    `SELECT a.account AS account, a.team AS team, toString(s.c) AS single
     FROM (SELECT toString(account) AS account, toString(min(team)) AS team FROM lookup_tested WHERE load_id = {tested:UInt64} GROUP BY account) AS a
     LEFT JOIN (
       SELECT account, count() AS c FROM (
         SELECT toString(any(account)) AS account FROM lookup_tested WHERE load_id = {tested:UInt64} AND unexplained = 1 GROUP BY subscriber HAVING count() = 1
       ) GROUP BY account
     ) AS s ON s.account = a.account ORDER BY account`,
    { tested },
  )
  const [pairs] = await lake.engine.rows<{ again: string; mates: string; apart: string }>(
    `SELECT toString(sum(byAccount - whole)) AS again, toString(sum(byTeam - byAccount)) AS mates, toString(sum(whole * whole - byAccount)) AS apart FROM (
       SELECT sum(reads) AS whole, sum(if(team = '', squares, reads * reads)) AS byTeam, sum(squares) AS byAccount FROM (
         SELECT subscriber, team, sum(c) AS reads, sum(c * c) AS squares FROM (
           SELECT subscriber, team, account, count() AS c FROM lookup_tested WHERE load_id = {tested:UInt64} AND unexplained = 0 GROUP BY subscriber, team, account
         ) GROUP BY subscriber, team
       ) GROUP BY subscriber HAVING whole BETWEEN 2 AND {most:UInt32}
     )`,
    { tested, most: mostPaired },
  )
  const byAccount = await lake.engine.rows<{ account: string; again: string; apart: string }>(
    `SELECT account, toString(sum(c * (c - 1))) AS again, toString(sum(c * (whole - c))) AS apart FROM (
       SELECT subscriber, arrayJoin(accounts) AS one, one.1 AS account, one.2 AS c, whole FROM (
         SELECT subscriber, groupArray((toString(account), toInt64(n))) AS accounts, toInt64(sum(n)) AS whole FROM (
           SELECT subscriber, account, count() AS n FROM lookup_tested WHERE load_id = {tested:UInt64} AND unexplained = 0 GROUP BY subscriber, account
         ) GROUP BY subscriber HAVING whole BETWEEN 2 AND {most:UInt32}
       )
     ) GROUP BY account`,
    { tested, most: mostPaired },
  )
  const accounts = named.map((row) => row.account)
  const singles = named.map((row) => Number(row.single))
  const all = singles.reduce((sum, count) => sum + count, 0) + accounts.length / 2
  const shares = Float64Array.from(singles, (count) => (count + 0.5) / all)
  const names = [...new Set(named.map((row) => row.team).filter((team) => team !== ''))].sort()
  const numberOfTeam = new Map(names.map((team, at) => [team, at]))
  const teams = Int32Array.from(named, (row) => numberOfTeam.get(row.team) ?? -1)
  const [again, mates, apart] = [Number(pairs?.again ?? 0), Number(pairs?.mates ?? 0), Number(pairs?.apart ?? 0)]
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
