import { unreachable, type ByteSource, type Watch } from '../../base/index.ts'
import { openSqlDump } from '../sql-dump/sql-dump.ts'
import { openCredentials } from '../credentials/credentials.ts'
import { openFreeText } from '../free-text/free-text.ts'
import type { FormatKind } from '../identify.ts'
import { openParquet } from '../parquet/parquet.ts'
import { openXlsx } from '../xlsx/xlsx.ts'
import { openTable } from './csv.ts'
import { withDamage } from './damage.ts'
import { openJsonLines } from './json-lines.ts'
import type { TableReader } from './reader.ts'
import { markedTable } from './one-table.ts'

/** Formats that hold rows of named cells. */
export type RecordFormat = 'csv' | 'json-lines' | 'sql-dump' | 'xlsx' | 'parquet' | 'credentials' | 'free-text'

export interface RecordOptions {
  /** Delimited text: whether the first row names the columns, and the delimiter; sniffed when absent. */
  readonly header?: boolean
  readonly delimiter?: string
  /** SQL dumps: the table to read; the longest when absent. Workbooks: the sheet; the first with rows when absent. */
  readonly table?: string
  readonly watch?: Watch
}

/** The one door to tables of any format. The format is told by the caller, who knows it by content (`identify`). */
export async function openRecords(source: ByteSource, format: RecordFormat, options: RecordOptions = {}): Promise<TableReader> {
  const marked = options.table ?? markedTable(source)
  const table = await open(source, format, marked === undefined ? options : { ...options, table: marked })
  const { columns, tally, plain } = table
  const of = { file: source.name, columns, ...(tally === undefined ? {} : { tally }) }
  return { ...table, rows: withDamage(table.rows, of), ...(plain === undefined ? {} : { plain: withDamage(plain, of) }) }
}

function open(source: ByteSource, format: RecordFormat, options: RecordOptions): Promise<TableReader> {
  switch (format) {
    case 'csv':
      return openTable(source, options)
    case 'json-lines':
      return openJsonLines(source, options)
    case 'sql-dump':
      return openSqlDump(source, options)
    case 'xlsx':
      return openXlsx(source, options)
    case 'parquet':
      return openParquet(source, options)
    case 'credentials':
      return openCredentials(source, options)
    case 'free-text':
      return openFreeText(source, options)
    default:
      return unreachable(format)
  }
}

/** How the records of a file are read, by what it is; prose as free text, in which records are looked for. Undefined = it holds none. */
export function recordFormatOf(kind: FormatKind): RecordFormat | undefined {
  switch (kind) {
    case 'csv':
    case 'sql-dump':
    case 'xlsx':
    case 'parquet':
    case 'credentials':
      return kind
    case 'jsonl':
      return 'json-lines'
    case 'record-text':
    case 'text':
    case 'markdown':
      return 'free-text'
    default:
      return undefined
  }
}
