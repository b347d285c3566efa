import type { Lake } from '../store/index.ts'
import { loadKey } from './load.ts'
import { lookupRests, lookupSubscribers } from './review-tables.ts'
import { keepRests } from './superseded.ts'
import { inRange, tokenRanges } from './token-sql.ts'

/** Rows under test: days of loads of `lookup_days` without what is set aside, or a permutation of them. */
export interface TestedRows {
  /** Identifies the rows. */
  readonly key: string
  /** Query of subscriber, account, day, unexplained, place (packed cite; 0 in a permutation) and kept (0 = set aside), and what it wants bound. */
  readonly sql: string
  readonly params: Readonly<Record<string, unknown>>
  readonly rows: number
  /** The weeks of days that the rows come from. */
  readonly days: readonly string[]
  /** First day since 1970, and how many days the log spans. */
  readonly first: number
  readonly period: number
}

/** Days of subscribers that one pass takes. */
const rowsPerPass = 2_000_000

/** Most words of 64 days for which days are counted as bits; above them one by one. */
const mostWords = 12

/** Passes over ranges of tokens for so many rows. */
export function passesFor(rows: number): ReturnType<typeof tokenRanges> {
  return tokenRanges(Math.min(1024, Math.max(1, Math.ceil(rows / rowsPerPass))))
}

/** Counts explained and unexplained days by subscriber. Gives the load of `lookup_subscribers`. */
export async function loadSubscribers(lake: Lake, tested: TestedRows): Promise<string> {
  const { id } = await lake.load(
    { key: loadKey('days:subscribers', { tested: tested.key }), tables: [lookupSubscribers, lookupRests] },
    async (writer) => {
      await keepRests(lake, [{ load: writer.loadId, week: 0, on: tested.days }])
      const words = Math.max(1, Math.ceil(tested.period / 64))
      const at = '(toUInt16(day) - {first:UInt16})'
      const days = (which: string): string =>
        words > mostWords
          ? `uniqExactIf(day, kept AND ${which})`
          : Array.from(
              { length: words },
              (_one, word) =>
                `bitCount(groupBitOrIf(bitShiftLeft(toUInt64(1), ${at} % 64), kept AND ${which} AND intDiv(${at}, 64) = ${word}))`,
            ).join(' + ')
      for (const range of passesFor(tested.rows))
        await lake.engine.run(
          `INSERT INTO lookup_subscribers (load_id, subscriber, x, u, lacking, account, explained)
         SELECT {load:UInt64}, subscriber, x, u, lacking, one, if(length(read) BETWEEN 2 AND 20, read, []) FROM (
           SELECT subscriber, toUInt32(${days('unexplained = 0')}) AS x, toUInt32(${days('unexplained = 1')}) AS u,
             toUInt32(countIf(kept AND unexplained = 1)) AS lacking, anyIf(account, kept AND unexplained = 1) AS one,
             groupArrayIf(21)(account, kept AND unexplained = 0) AS read
           FROM (${tested.sql}) WHERE ${inRange} GROUP BY subscriber
         ) SETTINGS max_threads = 2`,
          { ...tested.params, ...range, load: writer.loadId, first: tested.first },
        )
    },
  )
  return id
}
