import { limits, type Fault } from '../../base/index.ts'
import type { CanonicalOptions } from '../../persons/index.ts'
import { inferColumns, type Column } from '../columns.ts'
import { profiled, type TableProfile } from '../profile.ts'
import { peeked } from '../record-table.ts'
import { comparableColumn } from './comparable.ts'
import type { DayOneQuestion } from './question.ts'

/** A sample in memory: every value as a number, the same for values that compare equal. Nothing of it is stored. */
export interface SampleCells {
  readonly total: number
  readonly read: number
  readonly columns: readonly Column[]
  /** Distinct rows; `ids[column]` is a value's number, 0 = no value. `numbers` are the rows of the source that are alike. */
  readonly rows: readonly { readonly ids: Int32Array; readonly numbers: readonly number[] }[]
  /** Number of a comparable text. */
  readonly numberOf: ReadonlyMap<string, number>
  /** Days of values in date columns, by number. */
  readonly days: ReadonlyMap<number, number>
  /** Columns whose values single out a row. */
  readonly identifying: readonly boolean[]
  /** Rows by the number of an identifying value. */
  readonly rowsOf: ReadonlyMap<number, readonly number[]>
  /** Distinct values per column. */
  readonly distinct: readonly ReadonlySet<number>[]
  readonly profile: TableProfile
  /** Values of phone columns in international digits, for the operators' ranges. */
  readonly phones: readonly string[]
  readonly faults: readonly Fault[]
}

/** An identifying value on more rows than this singles nobody out. */
const sharedBy = 100

/** Reads the sample for the questions of the first day; at most `limits.sampleRows` rows are compared. */
export async function readCells(question: DayOneQuestion): Promise<SampleCells> {
  const { key, country } = question
  const form: CanonicalOptions = country === undefined ? {} : { country }
  const passing = profiled(question.table, { key, ...form })
  const { first, rows: batches } = await peeked(passing.table)
  const columns = inferColumns({
    columns: question.table.columns,
    rows: first,
    ...form,
    ...(question.map === undefined ? {} : { map: question.map }),
  })
  const comparable = columns.map((column, at) =>
    comparableColumn(
      column,
      first.map((row) => row.values[at] ?? ''),
      form,
    ),
  )
  const numberOf = new Map<string, number>()
  const days = new Map<number, number>()
  const alike = new Map<string, { ids: Int32Array; numbers: number[] }>()
  const faults: Fault[] = []
  const phoneColumns = columns.flatMap(({ meaning }, at) =>
    meaning.kind === 'identifier' && meaning.identifier === 'msisdn' ? [at] : [],
  )
  const phones: string[] = []
  let read = 0
  let lost = 0
  for await (const batch of batches) {
    question.watch?.signal?.throwIfAborted()
    for (const fault of batch.faults) {
      lost += fault.lost ?? 0
      if (faults.length < limits.faultsKept) faults.push(fault)
    }
    for (const row of batch.records) {
      read += 1
      if (read > limits.sampleRows) continue
      const ids = new Int32Array(columns.length)
      for (const [at, { form: text, isDate }] of comparable.entries()) {
        const value = text(row.values[at] ?? '')
        if (value === '') continue
        const number = numberOf.get(value) ?? numberOf.size + 1
        numberOf.set(value, number)
        ids[at] = number
        if (isDate && /^\d{8}$/.test(value)) days.set(number, dayOf(value))
      }
      for (const at of phoneColumns) {
        const digits = comparable[at]?.form(row.values[at] ?? '') ?? ''
        if (/^\d{7,15}$/.test(digits)) phones.push(digits)
      }
      const mark = ids.join(',')
      const known = alike.get(mark)
      if (known === undefined) alike.set(mark, { ids, numbers: [row.n] })
      else known.numbers.push(row.n)
    }
  }
  const rows = [...alike.values()].filter((row) => row.ids.some((id) => id !== 0))
  const distinct = columns.map((_, at) => new Set(rows.map((row) => row.ids[at] ?? 0).filter((id) => id !== 0)))
  const identifying = columns.map((column, at) => isIdentifying(column, { at, rows, distinct: distinct[at]?.size ?? 0 }))
  return {
    total: read + lost,
    read,
    columns,
    rows,
    numberOf,
    days,
    identifying,
    rowsOf: byIdentifier(rows, identifying),
    distinct,
    profile: passing.profile(),
    phones,
    faults,
  }
}

function dayOf(digits: string): number {
  return Math.floor(Date.UTC(Number(digits.slice(0, 4)), Number(digits.slice(4, 6)) - 1, Number(digits.slice(6, 8))) / 86_400_000)
}

function isIdentifying(
  column: Column,
  { at, rows, distinct }: { readonly at: number; readonly rows: SampleCells['rows']; readonly distinct: number },
): boolean {
  const filled = rows.filter((row) => row.ids[at] !== 0).length
  if (distinct === 0) return false
  switch (column.meaning.kind) {
    case 'identifier':
      return distinct * 5 >= filled
    case 'field':
      // A code of nearly as many values as rows is a number of its own kind: an order, a port, a ticket.
      return column.meaning.form === 'code' && distinct >= 5 && distinct * 10 >= filled * 9 && isNumbered(column)
    default:
      return false
  }
}

/** Free text is distinct, too, and is compared as a value. */
function isNumbered(column: Column): boolean {
  return !/^(?:address|remark|note|comment|name|full-name)/.test(column.meaning.kind === 'field' ? column.meaning.field : '')
}

function byIdentifier(rows: SampleCells['rows'], identifying: readonly boolean[]): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, number[]>()
  for (const [index, row] of rows.entries())
    for (const [at, yes] of identifying.entries()) {
      const id = row.ids[at] ?? 0
      if (!yes || id === 0) continue
      const list = found.get(id)
      if (list === undefined) found.set(id, [index])
      else if (list.at(-1) !== index) list.push(index)
    }
  for (const [id, list] of found) if (list.length > sharedBy) found.delete(id)
  return found
}
