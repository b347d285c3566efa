import type { CellRows } from './cell-rows.ts'

/** Lines of delimited text that hold rows one by one: the engine reads them itself. */
export interface RawLines {
  readonly delimiter: string
  readonly quote: string
  /** Cells of a line, and those that are raw columns, in their order behind the number of the row. */
  readonly width: number
  readonly at: readonly number[]
  /** The lines in stretches about as long as each other, which can be read beside each other. */
  readonly lanes: readonly RawLane[]
}

/** Lines that follow each other: the number of the first row, from which the others count on, and the text piece by piece. */
export interface RawLane {
  readonly n: number
  readonly text: readonly Uint8Array[]
}

/** Rows cell by cell that follow each other, gathered as the lines they are written in. */
export interface LineRun {
  readonly rows: number
  /** Bytes of the lines, and with what says where their cells stand. */
  readonly bytes: number
  readonly held: number
  /** Do these rows go on where the run ends, or is it empty? */
  takes(rows: CellRows): boolean
  add(rows: CellRows): void
  /** Empties the run: its lines in two lanes, or one where it has no more than one piece. */
  lines(): { readonly rows: number; readonly lines: RawLines }
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
  let batches: CellRows[] = []
  let rows = 0
  let bytes = 0
  let cells = 0
  const taken = (): CellRows[] => {
    const all = batches
    batches = []
    rows = bytes = cells = 0
    return all
  }
  return {
    get rows() {
      return rows
    },
    get bytes() {
      return bytes
    },
    get held() {
      return bytes + cells
    },
    takes(next) {
      const first = batches[0]
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
      batches.push(next)
      rows += next.rows
      bytes += textOf(next).length
      cells += next.cells.byteLength
    },
    lines() {
      const [count, half] = [rows, bytes / 2]
      const all = taken()
      const { width = 0, at = [], lines } = all[0] ?? {}
      const { delimiter = ',', quote = '"' } = lines ?? {}
      let before = 0
      const cut = all.findIndex((batch) => (before += textOf(batch).length) >= half) + 1
      const lanes = [all.slice(0, cut), all.slice(cut)].flatMap((batches) =>
        batches[0] === undefined ? [] : [{ n: batches[0].n, text: batches.map(textOf) }],
      )
      return { rows: count, lines: { delimiter, quote, width, at, lanes } }
    },
    cells: taken,
  }
}

function textOf({ bytes, lines }: CellRows): Uint8Array {
  return bytes.subarray(lines?.from, lines?.to)
}
