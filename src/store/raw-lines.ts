import type { CellRows } from './cell-rows.ts'

/** Lines of delimited text that hold rows one by one: the engine reads them itself. */
export interface RawLines {
  readonly delimiter: string
  readonly quote: string
  /** Cells of a line, and those that are raw columns, in their order behind the number of the row. */
  readonly width: number
  readonly at: readonly number[]
  /** Number of the first row; the others count on from it. */
  readonly n: number
}

/** Rows cell by cell that follow each other, gathered as the lines they are written in. */
export interface LineRun {
  readonly rows: number
  readonly bytes: number
  /** Do these rows go on where the run ends, or is it empty? */
  takes(rows: CellRows): boolean
  add(rows: CellRows): void
  /** Empties the run: its lines as one text. */
  lines(): { readonly text: Uint8Array; readonly rows: number; readonly lines: RawLines }
  /** Empties the run: its rows as they came. */
  cells(): readonly CellRows[]
}

/** Delimiters and quotes that the engine reads as the reader of tables does. */
const delimiters = [',', '\t', ';', '|']
const quotes = ['"', "'"]

/** Can these rows be handed over as lines? Not those of a wide table of which little is wanted: the engine would read all of it. */
export function haveLines({ lines, width, at }: CellRows): boolean {
  return lines !== undefined && delimiters.includes(lines.delimiter) && quotes.includes(lines.quote) && width <= 2 * at.length + 8
}

/** An empty run, for rows that `haveLines`. */
export function lineRun(): LineRun {
  let held: CellRows[] = []
  let rows = 0
  let bytes = 0
  const taken = (): CellRows[] => {
    const all = held
    held = []
    rows = bytes = 0
    return all
  }
  const textOf = ({ bytes, lines }: CellRows): Uint8Array => bytes.subarray(lines?.from, lines?.to)
  return {
    get rows() {
      return rows
    },
    get bytes() {
      return bytes
    },
    takes(next) {
      const first = held[0]
      if (first === undefined) return true
      return (
        next.n === first.n + rows &&
        next.width === first.width &&
        next.at.join() === first.at.join() &&
        next.lines?.delimiter === first.lines?.delimiter &&
        next.lines?.quote === first.lines?.quote
      )
    },
    add(next) {
      held.push(next)
      rows += next.rows
      bytes += textOf(next).length
    },
    lines() {
      const count = rows
      const all = taken()
      const { width = 0, at = [], n = 1, lines } = all[0] ?? {}
      const { delimiter = ',', quote = '"' } = lines ?? {}
      return { text: Buffer.concat(all.map(textOf)), rows: count, lines: { delimiter, quote, width, at, n } }
    },
    cells: taken,
  }
}
