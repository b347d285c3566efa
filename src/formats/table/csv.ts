import { fault, limits, type Batch, type ByteSource, type Fault, type Watch } from '../../base/index.ts'
import { columnNames, headLines, looksLikeHeader, sniffDialect, sniffRows } from './dialect.ts'
import { decoded, headBytes, sniffEncoding } from './encoding.ts'
import { RowBatch, type Row, type TableReader } from './reader.ts'
import { readRow, type RowStep } from './row-syntax.ts'
import { textLines, type TextLine } from './text-lines.ts'

export interface TableOptions {
  /** Whether the first row names the columns; sniffed when absent. */
  readonly header?: boolean
  /** One character; sniffed when absent. */
  readonly delimiter?: string
  readonly watch?: Watch
}

/** Lines and characters that one quoted row may run over before its opening quote is taken for wrong. */
const openRowLines = 1_000
const openRowChars = 1024 * 1024

/**
 * Opens delimited text (comma, tab, semicolon, bar; RFC 4180 quotes; UTF-8, UTF-16, Windows-1252) as a stream of rows.
 * A wrong quote costs its own line only: reading goes on at the next line. Rows with too few cells, or with text beyond the
 * last column, are faults and not kept; empty cells beyond the last column are dropped. Lines above `limits.lineBytes` are never held.
 */
export async function openTable(source: ByteSource, options: TableOptions = {}): Promise<TableReader> {
  const head = await source.slice(0, headBytes)
  const encoding = sniffEncoding(head)
  const text = new TextDecoder(encoding).decode(head, { stream: true })
  const first200 = headLines(text, source.size > head.length)
  const syntax = sniffDialect(first200, options.delimiter)
  const rows = sniffRows(first200, syntax)
  const header = options.header ?? looksLikeHeader(rows)
  const first = rows[0] ?? []
  const width = header ? first.length : commonWidth(rows)
  const columns = header ? columnNames(first) : columnNames(Array.from({ length: width }, () => ''))
  const ending = !text.includes('\n') && text.includes('\r') ? '\r' : '\n'
  const lines = textLines(decoded(source, encoding, options.watch), ending)
  const table: OpenTable = { file: source.name, syntax, width: columns.length, header }
  return { dialect: { ...syntax, encoding, header }, columns, rows: readRows(lines, table) }
}

interface OpenTable {
  readonly file: string
  readonly syntax: { readonly delimiter: string; readonly quote: string }
  readonly width: number
  readonly header: boolean
}

async function* readRows(lines: AsyncIterable<TextLine[]>, table: OpenTable): AsyncIterable<Batch<Row>> {
  const reader = new LineQueue(table)
  for await (const some of lines) {
    reader.add(some)
    while (reader.read(false)) yield reader.out.take()
  }
  while (reader.read(true)) yield reader.out.take()
  if (!reader.out.empty) yield reader.out.take()
}

/** Lines not yet turned into rows: a row may need lines that have not arrived, and a wrong quote gives its lines back. */
class LineQueue {
  readonly out = new RowBatch()
  readonly #table: OpenTable
  #queue: TextLine[] = []
  #head = 0
  #n = 0
  #headerDue: boolean
  #undecodable = false

  constructor(table: OpenTable) {
    this.#table = table
    this.#headerDue = table.header
  }

  add(lines: readonly TextLine[]): void {
    this.#queue = this.#queue.slice(this.#head)
    this.#head = 0
    for (const line of lines) this.#queue.push(line)
  }

  /** Reads until the batch is full (true) or more lines are needed (false). */
  read(atEnd: boolean): boolean {
    for (;;) {
      const line = this.#queue[this.#head]
      if (line === undefined) return false
      if (line.text === '' && !line.tooLong) {
        this.#head += 1
        continue
      }
      const step = this.#row(atEnd)
      if (step === undefined) return false
      this.#emit(line, step)
      if (this.out.full) return true
    }
  }

  /** Takes one row off the queue; undefined = more lines needed. */
  #row(atEnd: boolean): RowStep | undefined {
    const first = this.#queue[this.#head]
    if (first === undefined || first.tooLong) {
      this.#head += 1
      return { kind: 'too-many-cells' }
    }
    let step = readRow(first.text, this.#table.syntax)
    let next = this.#head + 1
    let chars = first.text.length
    while (step.kind === 'open') {
      const line = this.#queue[next]
      if (line === undefined && !atEnd && next - this.#head < openRowLines) return undefined
      if (line === undefined || line.tooLong || next - this.#head >= openRowLines || chars + line.text.length > openRowChars) {
        step = { kind: 'wrong-quote' }
        break
      }
      chars += line.text.length
      step = readRow(line.text, this.#table.syntax, step.row)
      next += 1
    }
    // A row over several lines with the wrong number of cells: its opening quote swallowed its neighbours.
    const swallowed =
      next > this.#head + 1 && (step.kind !== 'row' || trimmed(step.cells, this.#table.width).length !== this.#table.width)
    this.#head = swallowed || step.kind !== 'row' ? this.#head + 1 : next
    return swallowed ? { kind: 'wrong-quote' } : step
  }

  #emit(line: TextLine, step: RowStep): void {
    if (this.#headerDue) {
      this.#headerDue = false
      if (step.kind === 'row') return
    }
    this.#n += 1
    const problem = this.#problem(line, step)
    if (problem !== undefined) return this.out.fault(problem)
    if (step.kind !== 'row') return
    if (!this.#undecodable && line.text.includes('\uFFFD')) {
      this.#undecodable = true
      this.out.fault(
        fault(
          'table-undecodable',
          'The line holds bytes that the encoding of the file does not know (told once).',
          this.#place(line),
          'Save the file as UTF-8, or accept U+FFFD in these cells.',
          0,
        ),
      )
    }
    this.out.row({ n: this.#n, line: line.line, values: trimmed(step.cells, this.#table.width) })
  }

  #problem(line: TextLine, step: RowStep): Fault | undefined {
    const place = this.#place(line)
    if (line.tooLong)
      return fault(
        'table-line-too-long',
        `The line is longer than ${limits.lineBytes} characters and was skipped.`,
        place,
        'Check that the file is a table; split the line if it holds several rows.',
        1,
      )
    switch (step.kind) {
      case 'open':
      case 'wrong-quote':
        return fault(
          'table-wrong-quote',
          'A quote on this line is not closed where a cell ends.',
          place,
          'Correct the quote; the lines after it were read.',
          1,
        )
      case 'too-many-cells':
        return fault(
          'table-too-many-columns',
          `The line has more than ${limits.columns} cells.`,
          place,
          'Check the delimiter.',
          1,
        )
      case 'row': {
        const width = trimmed(step.cells, this.#table.width).length
        if (width === this.#table.width) return undefined
        return fault(
          'table-ragged-row',
          `The row has ${step.cells.length} cells where the table has ${this.#table.width} columns.`,
          place,
          'Correct the row; it was left out because its cells cannot be told apart.',
          1,
        )
      }
    }
  }

  #place(line: TextLine): Fault['where'] {
    return { file: this.#table.file, line: line.line, record: this.#n }
  }
}

/** The cells without empty ones beyond the last column. */
function trimmed(cells: string[], width: number): string[] {
  if (cells.length <= width) return cells
  return cells.slice(width).every((cell) => cell.trim() === '') ? cells.slice(0, width) : cells
}

function commonWidth(rows: readonly (readonly string[])[]): number {
  const counts = new Map<number, number>()
  for (const row of rows) counts.set(row.length, (counts.get(row.length) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0
}
