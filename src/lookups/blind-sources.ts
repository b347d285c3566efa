import { percent, unreachable } from '../base/index.ts'
import type { Lake } from '../store/index.ts'
import type { CiteOf } from './exhibit-cite.ts'
import type { Blindness } from './access-row.ts'
import type { LookupReview } from './review.ts'

/** Sources that log accesses without saying whose record was read: told with their number, never counted as zero (rule L3). */
export async function blindSources(
  lake: Lake,
  options: {
    readonly accesses: readonly string[]
    readonly names: ReadonlyMap<string, { readonly file: string }>
    readonly cite: CiteOf
  },
): Promise<LookupReview['notRecorded']> {
  // Records that do not say whose data was read name nobody: they stand together at the begin of the sorted table.
  const rows = await lake.engine.rows<{
    source: string
    blind: Exclude<Blindness, ''>
    c: string
    some: string[]
  }>(
    `SELECT source, blind, toString(uniqExact(n)) AS c, arrayMap(one -> toString(one), groupArraySorted(5)(n)) AS some
     FROM lookup_accesses WHERE load_id IN ({accesses:Array(UInt64)}) AND subscriber = '' AND blind != '' GROUP BY source, blind ORDER BY source, blind`,
    { accesses: options.accesses },
  )
  if (rows.length === 0) return []
  const wholes = await lake.engine.rows<{ source: string; whole: string }>(
    `SELECT toString(exhibit) AS source, toString(sum(records)) AS whole FROM lookup_extents WHERE load_id IN ({accesses:Array(UInt64)}) GROUP BY exhibit`,
    { accesses: options.accesses },
  )
  const wholeOf = new Map(wholes.map((row) => [row.source, Number(row.whole)]))
  return rows.map((row) => ({
    source: options.names.get(row.source)?.file ?? row.source,
    accesses: Number(row.c),
    share: percent(Number(row.c) / Math.max(1, wholeOf.get(row.source) ?? 0)),
    why: reason(row.blind),
    cites: row.some.map((n) => options.cite(row.source, Number(n))),
  }))
}

function reason(blind: Exclude<Blindness, ''>): string {
  switch (blind) {
    case 'bind-values-not-logged':
      return 'The statement names the subscriber by a bind value that is not in the log (pgaudit.log_parameter is off, or the value was suppressed).'
    case 'statement-not-logged':
      return 'The text of the statement is not in the log (pgaudit.log_statement_text is off).'
    case 'values-not-in-table':
      return 'The statement names the subscriber by a bind value that the table of statements does not hold.'
    case 'text-not-in-table':
      return 'The row leaves the text of the statement empty.'
    case 'no-identifier':
      return 'The record of the access leaves the subscriber empty.'
    case 'values-not-in-log':
      return 'The statement names the subscriber by a bind value that the log does not hold.'
    case 'statement-not-in-log':
      return 'The log holds the access without the text of its statement.'
    case 'object-only':
      return 'The log names the table or object that was read, not whose rows of it.'
    case 'file-of-many':
      return 'The log names a file, not the subscribers in it; no manifest says how many they are.'
    case 'not-in-request':
      return 'The request does not say whose record was asked for: the log holds no bodies of requests, or the identifier cannot be read.'
    case 'command-without-subscriber':
      return 'The command names no subscriber that can be read.'
    case 'query-without-subscriber':
      return 'The query holds no number that can be read.'
    case 'rows-of-a-report':
      return 'The event says how many rows a report or a query returned at most, not whose.'
    case 'record-number-only':
      return 'The event names a record by its number in that system; no table given says which subscriber it is (columns record_id and subscriber).'
    default:
      return unreachable(blind)
  }
}
