import type { Sentence } from '../evidence/index.ts'
import type { Lake } from '../store/index.ts'
import type { CiteOf } from './exhibit-cite.ts'

/** Sources whose own numbers of records leave some out (rule L18): what is missing may have been lost or taken out. */
export async function numberGaps(
  lake: Lake,
  options: { readonly accesses: readonly string[]; readonly cite: CiteOf; readonly fileOf: (source: string) => string },
): Promise<Sentence[]> {
  const rows = await lake.engine.rows<{
    source: string
    missing: string
    gaps: string
    widest: string
    before: string
    after: string
  }>(
    `SELECT source, toString(sum(step - 1)) AS missing, toString(count()) AS gaps, toString(max(step - 1)) AS widest,
       toString(argMax(n_before, step)) AS before, toString(argMax(n, step)) AS after
     FROM (
       SELECT source, n, seq - lagInFrame(seq, 1, seq) OVER by_number AS step, lagInFrame(n, 1, n) OVER by_number AS n_before
       FROM (SELECT source, seq, min(n) AS n FROM lookup_accesses WHERE load_id IN ({accesses:Array(UInt64)}) AND seq >= 0 GROUP BY source, seq)
       WINDOW by_number AS (PARTITION BY source ORDER BY seq ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
     ) WHERE step > 1 GROUP BY source ORDER BY source`,
    { accesses: options.accesses },
  )
  return rows.map((row) => ({
    text: `The record numbers of ${options.fileOf(row.source)} leave out ${row.missing} in ${row.gaps} places (${row.widest} at the widest): reads may be missing from this log.`,
    cites: [options.cite(row.source, Number(row.before)), options.cite(row.source, Number(row.after))],
  }))
}
