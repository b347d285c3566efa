import { limits } from '../base/index.ts'
import type { Sentence } from '../evidence/index.ts'
import type { Lake } from '../store/index.ts'
import type { CiteOf } from './exhibit-cite.ts'
import { probabilityText } from './false-discovery.ts'
import type { WatchedSubscriber } from './review.ts'

export interface WatchedQuery {
  /** Load of `lookup_days`, and loads of the accesses behind it. */
  readonly days: string
  readonly accesses: readonly string[]
  /** Days from the first access of all to the last. */
  readonly period: number
  readonly cite: CiteOf
}

interface DetailRow {
  readonly subscriber: string
  readonly masked: string
  readonly x: string
  readonly u: string
  readonly accounts: readonly string[]
  readonly first: string
  readonly last: string
  readonly cites: readonly (readonly [string, string])[]
}

/** The subscribers of the flagged cells (`X/U`) with what is known of them, most striking first. */
export async function watchedSubscribers(
  lake: Lake,
  options: WatchedQuery & { readonly flagged: ReadonlyMap<string, { readonly logP: number; readonly logQ: number }> },
): Promise<WatchedSubscriber[]> {
  const { flagged } = options
  if (flagged.size === 0) return []
  const rows = await lake.engine.rows<DetailRow>(
    `SELECT d.subscriber AS subscriber, m.masked AS masked, d.x AS x, d.u AS u, d.accounts AS accounts, d.first AS first, d.last AS last, d.cites AS cites
     FROM (
       SELECT subscriber, toString(uniqExactIf(day, grade >= 2)) AS x, toString(uniqExactIf(day, grade < 2)) AS u,
         arraySort(groupUniqArrayIf(toString(account), grade < 2)) AS accounts,
         toString(minIf(first, grade < 2)) AS first, toString(maxIf(last, grade < 2)) AS last,
         arraySlice(arraySort(arrayFlatten(groupArrayIf(cites, grade < 2))), 1, {most:UInt32}) AS cites
       FROM lookup_days WHERE load_id = {days:UInt64} GROUP BY subscriber
       HAVING has({flagged:Array(String)}, concat(x, '/', u))
     ) AS d
     INNER JOIN (
       SELECT subscriber, min(masked) AS masked FROM lookup_accesses WHERE load_id IN ({accesses:Array(UInt64)}) AND subscriber != '' GROUP BY subscriber
     ) AS m ON m.subscriber = d.subscriber`,
    { days: options.days, accesses: options.accesses, flagged: [...flagged.keys()].sort(), most: limits.citesPerSentence },
  )
  const read = rows.map((row) => ({ row, test: flagged.get(`${row.x}/${row.u}`) ?? { logP: 0, logQ: 0 } }))
  read.sort((a, b) => a.test.logP - b.test.logP || (a.row.subscriber < b.row.subscriber ? -1 : 1))
  return read.map(({ row, test }) => describe(row, { ...test, period: options.period, cite: options.cite }))
}

function describe(row: DetailRow, about: { logP: number; logQ: number; period: number; cite: CiteOf }): WatchedSubscriber {
  const days = Number(row.u)
  const explainedDays = Number(row.x)
  const cites = row.cites.map(([source, n]) => about.cite(source, Number(n)))
  const accounts = row.accounts.length === 1 ? 'one account' : `${row.accounts.length} accounts`
  const grounds: Sentence[] = [
    { text: `Read without a recorded reason on ${days} of ${about.period} days; ${explainedDays} with one.`, cites },
    {
      text: `The reads without a recorded reason came from ${accounts}: ${row.accounts.slice(0, 20).join(', ')}${row.accounts.length > 20 ? ', ...' : ''}.`,
      cites,
    },
    {
      text: `If this subscriber were read like the others, as many days without a reason would be met with probability ${probabilityText(about.logP)} (q ${probabilityText(about.logQ)} over all subscribers).`,
      cites,
    },
  ]
  return {
    subscriber: row.subscriber,
    masked: row.masked,
    p: probabilityText(about.logP),
    qValue: probabilityText(about.logQ),
    tests: ['S1'],
    accounts: row.accounts,
    days,
    explainedDays,
    first: instant(row.first),
    last: instant(row.last),
    grounds,
    cites,
  }
}

/** `2026-03-04 05:06:07.000000` of the engine as our fixed-width text. */
export function instant(text: string): string {
  return `${text.replace(' ', 'T')}Z`
}
