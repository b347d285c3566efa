import { canonicalJson, sha256 } from '../base/index.ts'
import type { Lake } from '../store/index.ts'
import { keepReasons } from './keep-reasons.ts'
import { keptOfReasons } from './kept-tables.ts'
import { loadKey } from './load.ts'
import { lookupReasons } from './tables.ts'
import { tokenText } from './token-sql.ts'

/** Stands in no log: every load of this kind holds a row of it for each week, so that all weeks are graded anew, and none at all looks and lasts like some. */
const nobody = '0'.repeat(32)

/**
 * Loads reasons by which every access to some subscribers is explained as an ordinary contact explains it (rule D1). Gives the load id.
 * The tokens are no part of the key, only their hash is.
 */
export async function loadExplained(
  lake: Lake,
  options: { readonly accesses: readonly string[]; readonly subscribers: readonly string[] },
): Promise<string> {
  const { accesses } = options
  const subscribers = options.subscribers.toSorted()
  const key = loadKey('explained', { accesses: [...accesses].sort(), subscribers: sha256(canonicalJson(subscribers)) })
  const { id } = await lake.load({ key, tables: [lookupReasons, ...keptOfReasons] }, async (writer) => {
    const times = await lake.engine.rows<{ subscriber: string; time: string }>(
      `SELECT DISTINCT subscriber, toString(time) AS time FROM lookup_accesses
       WHERE load_id IN ({accesses:Array(UInt64)}) AND subscriber IN ({subscribers:Array(String)}) ORDER BY subscriber, time`,
      { accesses, subscribers },
    )
    const weeks = await lake.engine.rows<{ time: string }>(
      `SELECT DISTINCT toString(toDateTime64(toUInt32(week) * 604800 + 259200, 6, 'UTC')) AS time FROM lookup_logins AS l
       WHERE load_id IN ({accesses:Array(UInt64)}) AND l.days > 0 ORDER BY time`,
      { accesses },
    )
    await writer.insert(lookupReasons, [
      [{ time: '1970-01-02 00:00:00' }, ...weeks]
        .map(({ time }) => ({ subscriber: nobody, time }))
        .concat(times)
        .map((one, at) => ({
          source: '',
          n: at + 1,
          time: one.time,
          subscriber: one.subscriber,
          kind: 'customer',
          account: '',
          team: '',
        })),
    ])
    await keepReasons(lake, writer.loadId)
  })
  return id
}

/** The subscribers with most days without a reason, then fewest with one: whoever could be flagged is among them. */
export async function likeliest(
  lake: Lake,
  options: { readonly days: readonly string[]; readonly most: number },
): Promise<readonly string[]> {
  const rows = await lake.engine.rows<{ subscriber: string }>(
    `SELECT ${tokenText('number')} AS subscriber, u, x FROM (
       SELECT subscriber AS number, uniqExactIf(day, grade < 2) AS u, uniqExactIf(day, grade >= 2) AS x FROM lookup_days
       WHERE load_id IN ({days:Array(UInt64)}) GROUP BY number HAVING u >= 2 ORDER BY u DESC, x, number LIMIT {most:UInt32}
     ) ORDER BY u DESC, x, number`,
    options,
  )
  return rows.map((row) => row.subscriber)
}
