import type { Sentence } from '../evidence/index.ts'
import type { Lake } from '../store/index.ts'
import type { CiteOf } from './exhibit-cite.ts'
import { numbersInRun } from './keep-accesses.ts'

/** What is left out of the numbers of one source: how many in how many places, and the records before and after the widest of them. */
interface LeftOut {
  readonly source: string
  readonly missing: string
  readonly gaps: string
  readonly widest: string
  /** The number after the widest. */
  readonly number: string
  readonly before: string
  readonly after: string
}

/**
 * Sources whose own numbers of records leave some out (rule L18): what is missing may have been lost or taken out. Numbers were counted in runs when they
 * were loaded: between runs the ends tell; single records are looked at only in runs that leave some out, or that several loads share.
 */
export async function numberGaps(
  lake: Lake,
  options: { readonly accesses: readonly string[]; readonly cite: CiteOf; readonly fileOf: (source: string) => string },
): Promise<Sentence[]> {
  const { accesses } = options
  const between = await lake.engine.rows<LeftOut>(betweenSql, { accesses })
  const within = await lake.engine.rows<LeftOut>(withinSql, { accesses })
  return [...Map.groupBy([...between, ...within], (one) => one.source)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([source, parts]) => {
      const sum = (of: 'missing' | 'gaps'): bigint => parts.reduce((all, one) => all + BigInt(one[of]), 0n)
      const [widest] = parts.toSorted(
        (a, b) => Number(BigInt(b.widest) - BigInt(a.widest)) || Number(BigInt(a.number) - BigInt(b.number)),
      )
      return {
        text: `The record numbers of ${options.fileOf(source)} leave out ${sum('missing')} in ${sum('gaps')} places (${widest?.widest ?? ''} at the widest): reads may be missing from this log.`,
        cites: [options.cite(source, Number(widest?.before)), options.cite(source, Number(widest?.after))],
      }
    })
}

/** Sums up rows of `exhibit`, `low`, `step` from the number before, and the records on both sides. */
function leftOut(steps: string): string {
  return `
    SELECT toString(exhibit) AS source, toString(sum(step - 1)) AS missing, toString(count()) AS gaps, toString(max(step) - 1) AS widest,
      toString((argMin((n_before, n_after, low), (-step, low)) AS around).1) AS before, toString(around.2) AS after, toString(around.3) AS number
    FROM (${steps}) WHERE step > 1 GROUP BY exhibit ORDER BY exhibit`
}

const runsSql = `
  SELECT exhibit, run, count() AS loads, sum(r.many) AS many, min(r.low) AS low, max(r.high) AS high,
    argMin(r.n_low, (r.low, r.n_low)) AS n_low, argMin(r.n_high, (-r.high, r.n_high)) AS n_high
  FROM lookup_numbered AS r WHERE load_id IN ({accesses:Array(UInt64)}) GROUP BY exhibit, run`

const betweenSql = leftOut(`
  SELECT exhibit, low, low - lagInFrame(high, 1, low) OVER by_run AS step, lagInFrame(n_high, 1, n_low) OVER by_run AS n_before, n_low AS n_after
  FROM (${runsSql}) WINDOW by_run AS (PARTITION BY exhibit ORDER BY run ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)`)

const withinSql = leftOut(`
  SELECT source AS exhibit, seq AS low, seq - lagInFrame(seq, 1, seq) OVER by_number AS step, lagInFrame(first, 1, first) OVER by_number AS n_before, first AS n_after
  FROM (
    SELECT source, seq, min(n) AS first FROM lookup_accesses
    WHERE load_id IN ({accesses:Array(UInt64)}) AND seq >= 0
      AND (source, intDiv(seq, ${numbersInRun})) IN (SELECT exhibit, run FROM (${runsSql}) WHERE loads > 1 OR many != high - low + 1)
    GROUP BY source, seq
  ) WINDOW by_number AS (PARTITION BY source, intDiv(seq, ${numbersInRun}) ORDER BY seq ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)`)
