import type { TokenKey } from '../persons/index.ts'
import { profileColumn, type ColumnProfile } from './profile-column.ts'
import { headerStyle, nullToken, type HeaderStyle } from './profile-shapes.ts'
import { seenRows, type RecordBatch, type RecordTable, type SeenRows } from './record-table.ts'

/** A description of a table without any personal value: names, spellings, vocabularies as tokens. Plain JSON, the same for the same rows. */
export interface TableProfile {
  readonly version: 1
  /** Rows that passed, rows looked at: every `stride`-th. */
  readonly rows: number
  readonly looked: number
  readonly stride: number
  readonly header: HeaderStyle
  /** How the file is written, where its reader knows. */
  readonly written: Written
  readonly columns: readonly ColumnProfile[]
  /** Position of the column the rows stand in ascending order of. */
  readonly sortedBy?: number
}

/** Signs of the writing program; absent = not known. `delimiter` and `quote` are '' in formats that have none. */
export interface Written {
  readonly delimiter?: string
  readonly quote?: string
  readonly encoding?: string
  readonly lineEnd?: string
  /** False when the column names were made up by the reader. */
  readonly header?: boolean
}

/** Rows looked at, and cells held in memory while they are. */
const mostLooked = 50_000
const mostCells = 4_000_000
/** Columns described; further ones are named by nothing. */
const mostColumns = 400

/** Takes rows as they pass and gives the profile at the end. */
interface TableProfiler {
  feed(rows: SeenRows): void
  finish(): TableProfile
}

/**
 * A profiler for a table: rows are fed in batches of any size, in order. Every row is looked at until 50,000 are held, then
 * every second, fourth, … one; the values are let go of at the end. `table.dialect` is used when it is there.
 */
function profileTable(options: {
  readonly table: Pick<RecordTable, 'columns'> & { readonly dialect?: Written }
  readonly key: TokenKey
  readonly country?: string
}): TableProfiler {
  const { table, key, country } = options
  const names = table.columns.slice(0, mostColumns)
  const most = Math.max(1_000, Math.min(mostLooked, Math.floor(mostCells / Math.max(1, names.length))))
  let held: (readonly string[])[] = []
  let stride = 1
  let rows = 0
  return {
    feed(batch) {
      for (let at = 0; at < batch.count; at += 1) {
        if (rows % stride === 0) {
          held.push(batch.values(at))
          if (held.length >= most) {
            held = held.filter((_, at) => at % 2 === 0)
            stride *= 2
          }
        }
        rows += 1
      }
    },
    finish() {
      const written = writtenOf(table.dialect)
      const sortedBy = names.findIndex((_, at) => isAscending(held, at))
      return {
        version: 1,
        rows,
        looked: held.length,
        stride,
        header: headerStyle(names, written.header ?? true),
        written,
        columns: names.map((name, at) =>
          profileColumn({
            name,
            among: names.length,
            values: held.map((row) => row[at] ?? ''),
            key,
            ...(country === undefined ? {} : { country }),
          }),
        ),
        ...(sortedBy < 0 ? {} : { sortedBy }),
      }
    },
  }
}

/** A table whose rows are profiled as somebody else reads them; `profile` is to be called when they have all passed. */
export function profiled<Table extends RecordTable & { readonly dialect?: Written }>(
  table: Table,
  options: { readonly key: TokenKey; readonly country?: string },
): { readonly table: RecordTable; readonly profile: () => TableProfile } {
  const profiler = profileTable({ table, ...options })
  const passing = async function* <B extends RecordBatch>(batches: AsyncIterable<B>): AsyncGenerator<B> {
    for await (const batch of batches) {
      profiler.feed(seenRows(batch))
      yield batch
    }
  }
  const { rows, plain } = table
  return {
    table: { ...table, rows: passing(rows), ...(plain === undefined ? {} : { plain: passing(plain) }) },
    profile: () => profiler.finish(),
  }
}

function writtenOf(dialect: Written | undefined): Written {
  if (dialect === undefined) return {}
  const { delimiter, quote, encoding, lineEnd, header } = dialect
  return {
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(quote === undefined ? {} : { quote }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(lineEnd === undefined ? {} : { lineEnd }),
    ...(header === undefined ? {} : { header }),
  }
}

/** Do the rows stand in ascending order of a column that is mostly filled and changes? Numbers as numbers, else as text. */
function isAscending(rows: readonly (readonly string[])[], at: number): boolean {
  if (rows.length < 20) return false
  let last: string | undefined
  let steps = 0
  let falls = 0
  let missing = 0
  for (const row of rows) {
    const value = (row[at] ?? '').trim()
    if (nullToken(value) !== undefined) {
      missing += 1
      continue
    }
    if (last !== undefined && value !== last) {
      steps += 1
      if (!inOrder(last, value)) falls += 1
      if (falls * 500 > rows.length) return false
    }
    last = value
  }
  return missing * 10 < rows.length && steps * 5 >= rows.length && falls * 500 <= steps
}

function inOrder(before: string, after: string): boolean {
  if (/^\d{1,30}$/.test(before) && /^\d{1,30}$/.test(after) && before.length !== after.length) return before.length < after.length
  return before <= after
}
