import { unreachable, type ByteSource, type Watch } from '../../base/index.ts'
import { openSqlDump } from '../sql-dump/sql-dump.ts'
import { openTable } from './csv.ts'
import { openJsonLines } from './json-lines.ts'
import type { TableReader } from './reader.ts'

/** Formats that hold rows of named cells. */
export type RecordFormat = 'csv' | 'json-lines' | 'sql-dump'

export interface RecordOptions {
  /** Delimited text: whether the first row names the columns, and the delimiter; sniffed when absent. */
  readonly header?: boolean
  readonly delimiter?: string
  /** SQL dumps: the table to read; the longest when absent. */
  readonly table?: string
  readonly watch?: Watch
}

/** The one door to tables of any format. The format is told by the caller, who knows it by content (`identify`). */
export function openRecords(source: ByteSource, format: RecordFormat, options: RecordOptions = {}): Promise<TableReader> {
  switch (format) {
    case 'csv':
      return openTable(source, options)
    case 'json-lines':
      return openJsonLines(source, options)
    case 'sql-dump':
      return openSqlDump(source, options)
    default:
      return unreachable(format)
  }
}
