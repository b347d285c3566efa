import { limits } from '../base/index.ts'
import type { Sentence } from '../evidence/index.ts'
import type { Lake } from '../store/index.ts'
import type { AccountName } from './account-name.ts'
import type { CiteOf } from './exhibit-cite.ts'
import type { LookupReview } from './review.ts'
import { instant } from './instant.ts'

/** Rows of one access from which on it is a bulk read. */
export const bulkRows = 1_000

/** Days on which an account must have done the same for it to count as its habit, and how far above its median an access may lie. */
const habitDays = 10
const habitFactor = 3

interface BulkRow {
  readonly source: string
  readonly n: string
  readonly account: string
  readonly operation: string
  readonly at: string
  readonly rows: string
  readonly counted: string
  readonly from: string
  readonly until: string
  readonly habitual: string | number
}

/**
 * Accesses that returned many subscribers: over 1,000 rows, or a statement for rows of a table with subscribers that names none (rule L14).
 * What an account does on ten days or more, within three times its median, is told in one note an account and not in the list.
 */
export async function wideReads(
  lake: Lake,
  options: { readonly accesses: readonly string[]; readonly cite: CiteOf; readonly shown: AccountName },
): Promise<{ readonly bulk: LookupReview['bulk']; readonly notes: Sentence[] }> {
  const rows = await lake.engine.rows<BulkRow>(
    `WITH
       (SELECT groupUniqArrayArray(e.held) FROM lookup_extents AS e WHERE load_id IN ({accesses:Array(UInt64)})) AS held,
       wide AS (
         SELECT exhibit AS source, n, any(l.login) AS login, any(operation) AS act, any(time) AS happened, any(day) AS on_day, max(rows) AS most,
           any(counted) AS of, any(l.window_from) AS begins, any(l.window_to) AS ends
         FROM lookup_wide AS l
         WHERE load_id IN ({accesses:Array(UInt64)}) AND (rows >= ${bulkRows} OR (rows != 0 AND rows != 1 AND (names = 1 OR empty(tables) OR hasAny(tables, held))))
         GROUP BY exhibit, n
       ),
       habits AS (SELECT login, act, uniqExact(on_day) AS days, quantileExact(0.5)(most) AS median FROM wide GROUP BY login, act)
     SELECT w.source AS source, toString(w.n) AS n, w.login AS account, w.act AS operation, toString(w.happened) AS at, toString(w.most) AS rows,
       toString(w.of) AS counted, toString(w.begins) AS from, toString(w.ends) AS until,
       h.days >= {habit:UInt32} AND greatest(w.most, 0) <= {factor:UInt32} * greatest(h.median, 0) AS habitual
     FROM wide AS w INNER JOIN habits AS h ON h.login = w.login AND h.act = w.act
     ORDER BY w.happened, w.source, w.n`,
    { accesses: options.accesses, habit: habitDays, factor: habitFactor },
  )
  const habits = new Map<string, BulkRow[]>()
  const bulk: LookupReview['bulk'][number][] = []
  for (const row of rows)
    if (Number(row.habitual) === 1) {
      const key = `${row.account} ${row.operation}`
      habits.set(key, [...(habits.get(key)?.slice(0, limits.citesPerSentence) ?? []), row])
    } else
      bulk.push({
        account: options.shown(row.account),
        at: instant(row.at),
        rows: Number(row.rows),
        ...(row.operation.startsWith('read ') ? fileOf(row) : {}),
        cites: [options.cite(row.source, Number(row.n))],
      })
  const notes = [...habits.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, some]): Sentence => ({
      text: `The account ${options.shown(some[0]?.account ?? '')} reads in bulk as a habit (${some[0]?.operation ?? ''}); such reads are not listed one by one.`,
      cites: some.slice(0, limits.citesPerSentence).map((row) => options.cite(row.source, Number(row.n))),
    }))
  return { bulk, notes }
}

function fileOf(row: BulkRow): Pick<LookupReview['bulk'][number], 'file' | 'counted' | 'from' | 'until'> {
  return {
    file: row.operation.slice('read '.length),
    ...(row.counted === 'subscribers' ? { counted: row.counted } : {}),
    ...(Number(row.until) === 0 ? {} : { from: dayText(row.from), until: dayText(row.until) }),
  }
}

function dayText(seconds: string): string {
  return new Date(Number(seconds) * 1000).toISOString().slice(0, 10)
}
