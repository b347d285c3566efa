import { canonicalJson, sha256 } from '../base/index.ts'
import type { Lake } from '../store/index.ts'
import { loadKey } from './load.ts'
import { lookupReasons } from './tables.ts'
import { tokenText } from './token-sql.ts'

/** Stands in no log: every load of this kind holds a row, so that none at all looks and lasts like some. */
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
  const { id } = await lake.load({ key, tables: [lookupReasons] }, async (writer) => {
    const times = await lake.engine.rows<{ subscriber: string; time: string }>(
      `SELECT DISTINCT subscriber, toString(time) AS time FROM lookup_accesses
       WHERE load_id IN ({accesses:Array(UInt64)}) AND subscriber IN ({subscribers:Array(String)}) ORDER BY subscriber, time`,
      { accesses, subscribers },
    )
    await writer.insert(lookupReasons, [
      [{ subscriber: nobody, time: '1970-01-02 00:00:00' }, ...times].map((one, at) => ({
        source: '',
        n: at + 1,
        time: one.time,
        subscriber: one.subscriber,
        kind: 'customer',
        account: '',
        team: '',
      })),
    ])
  })
  return id
}

/** The subscribers with most days without a reason, then fewest with one: whoever could be flagged is among them. */
export async function likeliest(
  lake: Lake,
  options: { readonly days: string; readonly most: number },
): Promise<readonly string[]> {
  const rows = await lake.engine.rows<{ subscriber: string }>(
    `SELECT ${tokenText('number')} AS subscriber, u, x FROM (
       SELECT subscriber AS number, uniqExactIf(day, grade < 2) AS u, uniqExactIf(day, grade >= 2) AS x FROM lookup_days
       WHERE load_id = {days:UInt64} GROUP BY number HAVING u >= 2 ORDER BY u DESC, x, number LIMIT {most:UInt32}
     ) ORDER BY u DESC, x, number`,
    options,
  )
  return rows.map((row) => row.subscriber)
}
