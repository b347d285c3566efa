import { fault, limits, type Fault } from '../../base/index.ts'
import type { Syntax } from './choose-syntax.ts'
import { delimiters } from './dialect.ts'
import { mixedFault, type EncodingTally } from './encoding.ts'
import { raggedFault, repeatedHeaderFault, titlesFault } from './grid.ts'
import { repeatsHeader, type FoundHeader } from './header.ts'
import type { ColumnForms } from './realign.ts'
import { RowBatch } from './reader.ts'
import { readRow, type RowStep } from './row-syntax.ts'
import type { TextLine } from './text-lines.ts'

/** What the head of a delimited table told of it. */
export interface OpenTable {
  readonly file: string
  readonly syntax: Syntax
  readonly width: number
  readonly header: FoundHeader | undefined
  readonly faults: readonly Fault[]
  readonly tally: EncodingTally
  readonly forms: ColumnForms
}

/** Lines and characters that one quoted row may run over before its opening quote is taken for wrong. */
const openRowLines = 1_000
const openRowChars = 1024 * 1024

/** Lines not yet turned into rows: a row may need lines that have not arrived, and a wrong quote gives its lines back. */
export class LineQueue {
  readonly out = new RowBatch()
  readonly #table: OpenTable
  #queue: TextLine[] = []
  #head = 0
  #n = 0
  #headerDue: boolean
  #titles = 0
  #headers = 0
  #headerLine = 0
  #undecodable = false
  readonly #told = { realigned: { rows: 0, line: 0 }, delimiters: { rows: 0, line: 0 }, zeros: { rows: 0, line: 0 } }

  constructor(table: OpenTable) {
    this.#table = table
    this.#headerDue = table.header?.titles === true
  }

  add(lines: readonly TextLine[]): void {
    this.#queue = this.#queue.slice(this.#head)
    this.#head = 0
    for (const line of lines) this.#queue.push(this.#clean(line))
  }

  /** No line waits, and the next one is no title: rows may be read otherwise from here on. */
  get idle(): boolean {
    return this.#head === this.#queue.length && !this.#headerDue
  }

  /** Counts rows that were read otherwise; gives the number of the first. */
  pass(rows: number): number {
    this.#n += rows
    return this.#n - rows + 1
  }

  /** Zero bytes and byte order marks of joined files are no part of a value. */
  #clean(line: TextLine): TextLine {
    let { text } = line
    if (text.charCodeAt(0) === 0xfeff) text = text.slice(1)
    if (text.includes('\0')) {
      text = text.replaceAll('\0', '')
      this.#count('zeros', line.line)
    }
    return text === line.text ? line : { ...line, text }
  }

  #count(what: 'realigned' | 'delimiters' | 'zeros', line: number): void {
    const told = this.#told[what]
    told.rows += 1
    if (told.line === 0) told.line = line
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

  /** Says once what was met, with counts. */
  end(): void {
    const { file, header } = this.#table
    const once = (code: string, what: string, at: { rows: number; line: number }, todo: string): void => {
      if (at.rows > 0) this.out.fault(fault(code, what, { file, line: at.line }, todo, 0))
    }
    const { realigned, delimiters: others, zeros } = this.#told
    if (header !== undefined && this.#headers > (header.titles ? 0 : 1))
      this.out.fault(repeatedHeaderFault({ file, line: this.#headerLine }, this.#headers))
    if (this.#titles > 0) this.out.fault(titlesFault({ file, line: 1 }, this.#titles))
    once(
      'table-row-realigned',
      `${realigned.rows} rows had a cell too many or too few and were put back into the columns that alone fit.`,
      realigned,
      'Compare one of them with the original.',
    )
    once(
      'table-several-delimiters',
      `${others.rows} rows are written with another delimiter and were read with it.`,
      others,
      'Nothing, if files were joined.',
    )
    once(
      'table-zero-bytes',
      `${zeros.rows} lines hold zero bytes, which were left out.`,
      zeros,
      'Get the file again if it was cut.',
    )
    const mixed = mixedFault(this.#table.tally, file)
    if (mixed !== undefined) this.out.fault(mixed)
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

  #emit(line: TextLine, read: RowStep): void {
    const names = this.#table.header?.cells
    if (
      names !== undefined &&
      read.kind === 'row' &&
      (repeatsHeader(read.cells, names) || (this.#headerDue && this.#table.header?.at === 0))
    ) {
      if (this.#headerDue) this.#headerDue = false
      else {
        this.#headers += 1
        if (this.#headers === 1) this.#headerLine = line.line
      }
      return
    }
    if (this.#headerDue) {
      this.#titles += 1
      // A header that was found in the first lines does not come any more.
      if (this.#titles > 1_000) this.#headerDue = false
      return
    }
    const step = this.#fitted(line, read)
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

  /** A row of another width as one of this table, where that is beyond doubt. */
  #fitted(line: TextLine, step: RowStep): RowStep {
    const { width, forms, syntax } = this.#table
    if (step.kind !== 'row' || trimmed(step.cells, width).length === width || width < 2) return step
    if (step.cells.length < width)
      for (const delimiter of delimiters) {
        if (delimiter === syntax.delimiter || !line.text.includes(delimiter)) continue
        const other = readRow(line.text, { ...syntax, delimiter })
        if (other.kind !== 'row' || trimmed(other.cells, width).length !== width || !forms.fits(trimmed(other.cells, width)))
          continue
        this.#count('delimiters', line.line)
        return other
      }
    const cells = forms.realigned(step.cells)
    if (cells === undefined) return step
    this.#count('realigned', line.line)
    return { kind: 'row', cells }
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
        return raggedFault(place, { cells: step.cells.length, width: this.#table.width })
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
