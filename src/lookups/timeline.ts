import { limits } from '../base/index.ts'
import type { Cite } from '../evidence/index.ts'
import type { Lake } from '../store/index.ts'
import type { AccountName } from './account-name.ts'
import { dayDetailSql } from './day-detail.ts'
import type { CiteOf } from './exhibit-cite.ts'
import { instant } from './instant.ts'
import type { TimelineDay } from './review.ts'

/** Days of a subscriber that are listed. */
const mostDays = 200

/** What the log holds of one subscriber. */
export interface SubscriberReads {
  readonly masked: string
  readonly x: number
  readonly u: number
  readonly accounts: readonly string[]
  /** First and last read without a reason. */
  readonly first: string
  readonly last: string
  readonly cites: readonly Cite[]
  readonly timeline: readonly TimelineDay[]
  readonly timelineMore: number
  readonly fields: readonly string[]
  readonly askedFrom: string
  readonly askedTo: string
}

interface Row {
  readonly subscriber: string
  readonly masked: string
  readonly x: string
  readonly u: string
  readonly accounts: readonly string[]
  readonly begun: string
  readonly ended: string
  readonly cited: readonly (readonly [string, string])[]
  readonly days: readonly (readonly [
    day: string,
    account: string,
    grade: number,
    late: number,
    reads: number,
    cites: readonly (readonly [string, string])[],
  ])[]
  readonly many: string
  readonly named: readonly string[]
  readonly asked: readonly (readonly [from: string, to: string])[]
}

/** All reads of some subscribers, by token: the days tested and those set aside. */
export async function readsOf(
  lake: Lake,
  options: {
    readonly accesses: readonly string[]
    readonly reasons: readonly string[]
    readonly subscribers: readonly string[]
    readonly cite: CiteOf
    readonly shown: AccountName
  },
): Promise<ReadonlyMap<string, SubscriberReads>> {
  if (options.subscribers.length === 0) return new Map()
  const rows = await lake.engine.rows<Row>(
    `SELECT d.*, m.masked AS masked FROM (
       SELECT subscriber, toString(uniqExactIf(day, grade >= 2)) AS x, toString(uniqExactIf(day, grade < 2)) AS u,
         arraySort(groupUniqArrayIf(toString(account), grade < 2)) AS accounts,
         toString(minIf(first, grade < 2)) AS begun, toString(maxIf(last, grade < 2)) AS ended,
         arraySlice(arraySort(arrayFlatten(groupArrayIf(cites, grade < 2))), 1, {most:UInt32}) AS cited,
         arraySlice(arraySort(groupArray((toString(day), toString(account), least(grade, 2), late, accesses, cites))), 1, {shown:UInt32}) AS days,
         toString(count()) AS many, arraySort(groupUniqArrayArrayIf(arrayMap(one -> toString(one), fields), grade < 2)) AS named,
         arrayMap(one -> (toString(toDate32(toDateTime64(one.2, 0))), toString(toDate32(toDateTime64(one.3, 0)))), arraySlice(arraySort(groupArrayArrayIf(windows, grade < 2)), 1, 1000)) AS asked
       FROM (${dayDetailSql}) GROUP BY subscriber
     ) AS d LEFT JOIN (
       SELECT subscriber, min(masked) AS masked FROM lookup_accesses
       WHERE load_id IN ({accesses:Array(UInt64)}) AND subscriber IN ({subscribers:Array(String)}) GROUP BY subscriber
     ) AS m ON m.subscriber = d.subscriber`,
    {
      accesses: options.accesses,
      reasons: options.reasons,
      subscribers: options.subscribers.toSorted(),
      most: limits.citesPerSentence,
      shown: mostDays,
    },
  )
  const citesOf = (some: readonly (readonly [string, string])[]): Cite[] =>
    some.map(([source, n]) => options.cite(source, Number(n)))
  return new Map(
    rows.map((row) => {
      const asked = row.asked.filter(([from]) => from > '1970-01-02')
      return [
        row.subscriber,
        {
          masked: row.masked,
          x: Number(row.x),
          u: Number(row.u),
          accounts: row.accounts.map(options.shown).sort(),
          first: instant(row.begun),
          last: instant(row.ended),
          cites: citesOf(row.cited),
          timeline: row.days.map(([day, account, grade, late, reads, cites]) => ({
            day,
            account: options.shown(account),
            reads,
            explained: grade >= 2 ? 'explained' : grade === 0 ? 'none' : late === 1 ? 'ticket-afterwards' : 'own-ticket',
            cites: citesOf(cites),
          })),
          timelineMore: Math.max(0, Number(row.many) - mostDays),
          fields: [...new Set(row.named.flatMap((names) => names.split(/[\s;,|]+/)))].filter((name) => name !== '').sort(),
          askedFrom: asked.map(([from]) => from).sort()[0] ?? '',
          askedTo:
            asked
              .map(([, to]) => to)
              .sort()
              .at(-1) ?? '',
        },
      ]
    }),
  )
}
