import type { Batch, ByteSource, Watch } from '../../base/index.ts'
import { chooseSyntax } from './choose-syntax.ts'
import { columnNames, headLines, sniffRows } from './dialect.ts'
import { decoded, headBytes, newTally, sniffEncoding } from './encoding.ts'
import { commonWidth, findHeader } from './header.ts'
import { otherHeader } from './other-header.ts'
import { readPlain } from './plain-table.ts'
import { ColumnForms } from './realign.ts'
import type { Row, TableReader } from './reader.ts'
import { LineQueue, type OpenTable } from './row-queue.ts'
import { textLines, type TextLine } from './text-lines.ts'

export interface TableOptions {
  /** Whether the first row names the columns; sniffed when absent. */
  readonly header?: boolean
  /** One character; sniffed when absent. */
  readonly delimiter?: string
  readonly watch?: Watch
}

/**
 * Opens delimited text (comma, tab, semicolon, bar; RFC 4180 quotes; UTF-8, UTF-16, Windows-1252, also line by line) as a stream of rows.
 * Titles above the header and repetitions of it are no rows. A wrong quote costs its own line only: reading goes on at the next line. A row with cells too
 * many or too few is put back into its columns where one way alone fits what they hold, else it is a fault and not kept; empty cells beyond the last column
 * are dropped. Lines above `limits.lineBytes` are never held.
 */
export async function openTable(source: ByteSource, options: TableOptions = {}): Promise<TableReader> {
  const head = await source.slice(0, headBytes)
  const encoding = sniffEncoding(head)
  const text = new TextDecoder(encoding).decode(head, { stream: true }).replaceAll(/[\0\uFEFF]/g, '')
  const first200 = headLines(text, source.size > head.length)
  const { syntax, faults } = chooseSyntax(first200, { file: source.name, given: options.delimiter })
  const rows = sniffRows(first200, syntax)
  const found =
    options.header === false
      ? undefined
      : options.header === true
        ? { at: 0, cells: rows[0] ?? [], titles: true }
        : (findHeader(rows) ?? otherHeader(first200[0] ?? '', { rows, syntax, faults, file: source.name }))
  const columns = columnNames(found?.cells ?? Array.from({ length: commonWidth(rows) }, () => ''))
  const ending = !text.includes('\n') && text.includes('\r') ? '\r' : '\n'
  const tally = newTally()
  const lines = textLines(decoded(source, encoding, options.watch, tally), ending)
  const width = columns.length
  const table: OpenTable = {
    file: source.name,
    syntax,
    width,
    header: found,
    faults,
    tally,
    forms: new ColumnForms(found?.titles === true ? rows.slice(found.at + 1) : rows, { width, delimiter: syntax.delimiter }),
  }
  const { delimiter, quote } = syntax
  const lined = ending === '\n' && (encoding === 'utf-8' || encoding === 'windows-1252')
  return {
    dialect: { delimiter, quote, encoding, header: found !== undefined },
    columns,
    rows: readRows(lines, table),
    ...(lined ? { plain: readPlain(source, table, options.watch) } : {}),
  }
}

async function* readRows(lines: AsyncIterable<TextLine[]>, table: OpenTable): AsyncIterable<Batch<Row>> {
  const reader = new LineQueue(table)
  for (const one of table.faults) reader.out.fault(one)
  for await (const some of lines) {
    reader.add(some)
    while (reader.read(false)) yield reader.out.take()
  }
  while (reader.read(true)) yield reader.out.take()
  reader.end()
  if (!reader.out.empty) yield reader.out.take()
}
