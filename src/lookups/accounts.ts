import { limits } from '../base/index.ts'
import type { Sentence } from '../evidence/index.ts'
import type { Lake } from '../store/index.ts'
import { dayDetailSql } from './day-detail.ts'
import type { AccountName } from './account-name.ts'
import type { CiteOf } from './exhibit-cite.ts'
import { logQValues, probabilityText } from './false-discovery.ts'
import { level } from './level.ts'
import { isNetworkAccount } from './location.ts'
import { logPoissonTail } from './poisson.ts'
import { countsRead, ofDays, type DaysOf } from './read-days.ts'
import type { LookupReview, WatchedSubscriber } from './review.ts'
import type { TakeOver } from './take-over.ts'
import type { Routing } from './reader-graph.ts'

/**
 * Accounts that read watched subscribers without a recorded reason, most of them first, each with the p of reading as many by its share of all
 * reads (rule R8). Accounts are logins, not persons: signs of a take-over stand beside.
 */
export async function accountsOf(
  lake: Lake,
  options: DaysOf & {
    /** Loads of accesses and reasons. */
    readonly accesses: readonly string[]
    readonly reasons: readonly string[]
    readonly watched: readonly WatchedSubscriber[]
    readonly routing: Routing | undefined
    readonly takeOvers: readonly TakeOver[]
    readonly cite: CiteOf
    readonly shown: AccountName
  },
): Promise<LookupReview['accounts']> {
  const { watched, routing } = options
  if (watched.length === 0) return []
  const seen = await lake.engine.rows<{ account: string; watched: string; cites: [string, string][] }>(
    `SELECT toString(account) AS account, toString(uniqExact(subscriber)) AS watched,
       arraySlice(arraySort(arrayFlatten(groupArray(cites))), 1, {most:UInt32}) AS cites
     FROM (${dayDetailSql}) WHERE grade < 2 GROUP BY account ORDER BY toUInt64(watched) DESC, account`,
    {
      accesses: options.accesses,
      reasons: options.reasons,
      subscribers: watched.map((one) => one.subscriber).toSorted(),
      most: limits.citesPerSentence,
    },
  )
  const { names } = options
  const counted = await lake.engine.rows<{ account: number; unexplained: string; read: string }>(
    `SELECT account, toString(sum(c.lacking)) AS unexplained, toString(sum(c.reads)) AS read FROM ${countsRead} AS c GROUP BY account`,
    ofDays(options),
  )
  const countsOf = new Map(counted.map((row) => [names.accounts[row.account] ?? '', row]))
  const rows = seen.map((row) => ({
    ...row,
    unexplained: countsOf.get(row.account)?.unexplained ?? '0',
    read: countsOf.get(row.account)?.read ?? '0',
  }))
  // Each watched subscriber gives as many chances as it has accounts.
  const chances = watched.reduce((sum, one) => sum + one.accounts.length, 0)
  const logP = rows.map((row) => {
    const share = routing?.shares[routing.numberOf.get(row.account) ?? -1]
    return share === undefined ? 0 : logPoissonTail(chances * share, Number(row.watched))
  })
  const logQ = logQValues(
    logP.map((log) => ({ logP: log, count: 1 })),
    routing?.accounts.length ?? rows.length,
  )
  return rows.map((row, at) => {
    const cites = row.cites.map(([source, n]) => options.cite(source, Number(n)))
    const grounds: Sentence[] = [
      { text: `This account read ${row.watched} of the ${watched.length} watched subscribers without a recorded reason.`, cites },
      { text: `Of its ${row.read} subscriber-days of reading, ${row.unexplained} have no recorded reason.`, cites },
    ]
    const strange = options.takeOvers.find((one) => one.account === row.account)
    if (strange !== undefined)
      grounds.push({
        text: `${strange.strange} of its ${strange.unexplained} days of reading without a reason came from machines that none of its explained reads came from (${strange.hosts.join(', ')}): consistent with use by somebody else.`,
        cites: strange.cites.map(([source, n]) => options.cite(source, Number(n))),
      })
    return {
      account: options.shown(row.account),
      watched: Number(row.watched),
      unexplained: Number(row.unexplained),
      kind: isNetworkAccount(row.account) ? 'network' : 'read-watched-subscribers',
      p: probabilityText(logP[at] ?? 0),
      qValue: probabilityText(logQ[at] ?? 0),
      beyondChance: (logQ[at] ?? 0) <= Math.log(level),
      grounds,
      cites,
    }
  })
}
