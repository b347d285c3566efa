import type { Lake } from '../store/index.ts'
import type { CiteOf } from './exhibit-cite.ts'
import { numbersInRun } from './keep-accesses.ts'
import { numberings } from './numbering.ts'
import type { NumbersLeftOut } from './review.ts'

/** What is left out of the numbers of one source, by the first of its exhibits: how many in how many places, and the records before and after the widest of them. */
interface LeftOut {
  readonly source: string
  readonly missing: string
  readonly gaps: string
  readonly widest: string
  /** The number after the widest. */
  readonly number: string
  readonly before: string
  readonly after: string
  readonly before_in: string
  readonly after_in: string
}

/**
 * Sources whose own numbers of records leave some out (rule L18): what is missing may have been lost or taken out. Numbers were counted in runs when they
 * were loaded: between runs the ends tell; single records are looked at only in runs that leave some out, or that several exhibits or loads share. Exhibits that
 * one counter numbers are followed from one to the next.
 */
export async function numberGaps(
  lake: Lake,
  options: { readonly accesses: readonly string[]; readonly cite: CiteOf; readonly fileOf: (source: string) => string },
): Promise<NumbersLeftOut[]> {
  const { accesses, fileOf } = options
  const all = await numberings(lake, options)
  const several = all.filter((one) => one.length > 1)
  const bound = { accesses, parts: several.flat(), wholes: several.flatMap((one) => one.map(() => one[0] ?? '')) }
  const between = await lake.engine.rows<LeftOut>(betweenSql, bound)
  const within = await lake.engine.rows<LeftOut>(withinSql, bound)
  return [...Map.groupBy([...between, ...within], (one) => one.source)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([source, parts]) => {
      const sum = (of: 'missing' | 'gaps'): bigint => parts.reduce((all, one) => all + BigInt(one[of]), 0n)
      const [widest] = parts.toSorted(
        (a, b) => Number(BigInt(b.widest) - BigInt(a.widest)) || Number(BigInt(a.number) - BigInt(b.number)),
      )
      const files = (several.find((one) => one[0] === source) ?? [source]).map(fileOf)
      const [first = '', last = ''] = [files[0], files.at(-1)]
      const sides = [fileOf(widest?.before_in ?? ''), fileOf(widest?.after_in ?? '')]
      const where = sides[0] === sides[1] ? '' : `, between ${sides[0]} and ${sides[1]}`
      const of =
        files.length === 1 ? first : `${first} to ${last} (${files.length} files, one counter by names, numbers and times)`
      const sentence = {
        text: `The record numbers of ${of} leave out ${sum('missing')} in ${sum('gaps')} places (${widest?.widest ?? ''} at the widest${where}): reads may be missing from ${files.length === 1 ? 'this log' : 'these logs'}.`,
        cites: [
          options.cite(widest?.before_in ?? '', Number(widest?.before)),
          options.cite(widest?.after_in ?? '', Number(widest?.after)),
        ],
      }
      return {
        missing: Number(sum('missing')),
        places: Number(sum('gaps')),
        widest: Number(widest?.widest ?? 0),
        files: files.length,
        sentence,
      }
    })
}

/** The exhibit that stands for all of its counter. */
const wholeOf = (column: string): string =>
  `transform(toString(${column}), {parts:Array(String)}, {wholes:Array(String)}, toString(${column}))`

/** Sums up rows of `whole`, `low`, `step` from the number before, and the records on both sides. */
function leftOut(steps: string): string {
  return `
    SELECT whole AS source, toString(sum(step - 1)) AS missing, toString(count()) AS gaps, toString(max(step) - 1) AS widest,
      (argMin((record_before, record_after, low), (-step, low)) AS around).1.1 AS before_in, toString(around.1.2) AS before,
      around.2.1 AS after_in, toString(around.2.2) AS after, toString(around.3) AS number
    FROM (${steps}) WHERE step > 1 GROUP BY whole ORDER BY whole`
}

const runsSql = `
  SELECT ${wholeOf('exhibit')} AS whole, run, count() AS loads, sum(r.many) AS many, min(r.low) AS low, max(r.high) AS high,
    argMin((toString(exhibit), r.n_low), (r.low, r.at_low, r.n_low)) AS at_low, argMin((toString(exhibit), r.n_high), (-r.high, r.at_high, r.n_high)) AS at_high
  FROM lookup_numbered AS r WHERE load_id IN ({accesses:Array(UInt64)}) GROUP BY whole, run`

const betweenSql = leftOut(`
  SELECT whole, low, low - lagInFrame(high, 1, low) OVER by_run AS step, lagInFrame(at_high, 1, at_low) OVER by_run AS record_before, at_low AS record_after
  FROM (${runsSql}) WINDOW by_run AS (PARTITION BY whole ORDER BY run ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)`)

const withinSql = leftOut(`
  SELECT whole, seq AS low, seq - lagInFrame(seq, 1, seq) OVER by_number AS step, lagInFrame(first, 1, first) OVER by_number AS record_before, first AS record_after
  FROM (
    SELECT ${wholeOf('source')} AS whole, seq, min((toString(source), n)) AS first FROM lookup_accesses
    WHERE load_id IN ({accesses:Array(UInt64)}) AND seq >= 0
      AND (whole, intDiv(seq, ${numbersInRun})) IN (SELECT whole, run FROM (${runsSql}) WHERE loads > 1 OR many != high - low + 1)
    GROUP BY whole, seq
  ) WINDOW by_number AS (PARTITION BY whole, intDiv(seq, ${numbersInRun}) ORDER BY seq ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)`)
