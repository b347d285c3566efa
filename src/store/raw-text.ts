import { setImmediate } from 'node:timers/promises'
import type { CellRows } from './cell-rows.ts'
import { haveLines, lineRun, type RawLines } from './raw-lines.ts'

/** The formats raw rows travel in: tab-separated where all columns are scalar, else JSON lines. */
export type RawFormat = 'TabSeparated' | 'JSONCompactEachRow'

/** The format that fits the types of raw columns; a tab-separated row of one empty text would be no row. */
export function rawFormat(raw: Readonly<Record<string, string>>): RawFormat {
  const types = Object.values(raw)
  const scalar = types.every((type) => /^(?:U?Int(?:8|16|32|64)|Float64|String)$/.test(type))
  return scalar && types.length > 1 ? 'TabSeparated' : 'JSONCompactEachRow'
}

/** A batch of rows: objects by column name, arrays in the order of the columns, or cells of a text. */
export type RawBatch = readonly object[] | CellRows

// Large blocks leave few parts to merge. Text is moved out of the heap a little at a time: long strings are dear to collect.
const blockRows = 200_000
const blockBytes = 48 * 1024 * 1024
const heldChars = 64 * 1024
const cellRowsAtOnce = 1_000

/** Bytes of lines that are handed over as they stand, at least: fewer are not worth a statement of their own. */
const worthLines = 1024 * 1024
/** Lines that are handed over at once, and the bytes they may hold meanwhile: nothing is read while they are waited for. */
const lineRows = 1_000_000
/** The first of them are fewer: the engine has nothing to do before they come. */
const firstLineRows = 260_000
const lineBytes = 192 * 1024 * 1024

/** A block of rows, a row to a line: in a raw format, or as lines of delimited text. */
export type RawBlock = { readonly rows: number } & ({ readonly text: Uint8Array } | { readonly lines: RawLines })

/**
 * Batches as blocks of text, a row to a line. Cells of a text go into tab-separated text alone; the lines they stand in are handed over as they
 * are where `takesLines` gives true, in an order of their own: rows are known by their numbers.
 */
export async function* rawBlocks(
  batches: AsyncIterable<RawBatch> | Iterable<RawBatch>,
  options: { readonly columns: readonly string[]; readonly format: RawFormat; readonly takesLines: () => Promise<boolean> },
): AsyncGenerator<RawBlock> {
  const { columns, format, takesLines } = options
  const line = format === 'TabSeparated' ? tabSeparated : (values: readonly unknown[]): string => JSON.stringify(values)
  let bytes = Buffer.allocUnsafe(heldChars * 16)
  let size = 0
  let held = ''
  let rows = 0
  const room = (more: number): void => {
    if (bytes.length - size >= more) return
    const larger = Buffer.allocUnsafe(bytes.length * 2 + more)
    bytes.copy(larger, 0, 0, size)
    bytes = larger
  }
  const move = (): void => {
    // No character takes more than three bytes for each of its UTF-16 units.
    room(held.length * 3)
    size += bytes.write(held, size)
    held = ''
  }
  const taken = (): { readonly text: Uint8Array; readonly rows: number } => {
    const block = { text: bytes.subarray(0, size), rows }
    bytes = Buffer.allocUnsafe(bytes.length)
    size = 0
    rows = 0
    return block
  }
  const run = lineRun()
  function* written(batch: CellRows): Generator<RawBlock> {
    move()
    for (let from = 0; from < batch.rows;) {
      const to = Math.min(batch.rows, from + blockRows - rows, from + cellRowsAtOnce)
      room(mostBytes(batch, from, to))
      size = writeCells(batch, { from, to, into: bytes, size })
      rows += to - from
      from = to
      if (rows >= blockRows || size >= blockBytes) yield taken()
    }
  }
  let handed = 0
  async function* ended(): AsyncGenerator<RawBlock> {
    if (run.bytes >= worthLines && (await takesLines())) {
      handed += 1
      yield run.lines()
    }
    for (const batch of run.cells()) yield* written(batch)
  }
  for await (const batch of batches) {
    if ('cells' in batch) {
      if (format !== 'TabSeparated') throw new Error(`internal error: cells of a text cannot be written as ${format}`)
      if (haveLines(batch)) {
        if (!run.takes(batch)) yield* ended()
        run.add(batch)
        if (run.rows >= (handed === 0 ? firstLineRows : lineRows) || run.held >= lineBytes) yield* ended()
      } else yield* written(batch)
      // The engine's answers are heard here too.
      await setImmediate()
      continue
    }
    for (const row of batch) {
      const cells = Array.isArray(row) ? (row as unknown[]) : columns.map((name) => (row as Record<string, unknown>)[name])
      held += `${line(cells)}\n`
      rows += 1
      if (held.length >= heldChars) {
        move()
        // The engine's answers are heard: the next block would else wait for the end of this one.
        await setImmediate()
      }
      if (rows >= blockRows || size >= blockBytes) {
        move()
        yield taken()
      }
    }
  }
  yield* ended()
  if (rows === 0) return
  move()
  yield { text: bytes.subarray(0, size), rows }
}

function tabSeparated(values: readonly unknown[]): string {
  let line = ''
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at]
    line += `${at === 0 ? '' : '\t'}${typeof value === 'string' ? (special.test(value) ? escaped(value) : value) : String(value)}`
  }
  return line
}

function escaped(text: string): string {
  return text.replace(/[\\\t\n\r\0]/g, (character) => escapes[character] ?? character)
}

const special = /[\\\t\n\r\0]/
const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r', '\0': '\\0' }

/** Bytes that some rows take at most: every byte may need an escape, every row its number. */
function mostBytes({ cells, width }: CellRows, from: number, to: number): number {
  const start = cells[2 * width * from] ?? 0
  const end = cells[2 * width * to - 1] ?? 0
  return 2 * (end - start) + (to - from) * (width + 12)
}

/** Writes rows as tab-separated lines; gives where they end. */
function writeCells(
  { bytes, cells, width, at, n }: CellRows,
  { from, to, into, size }: { readonly from: number; readonly to: number; readonly into: Uint8Array; readonly size: number },
): number {
  let put = size
  for (let row = from; row < to; row += 1) {
    let scale = 1
    for (let rest = n + row; rest >= 10; rest = Math.floor(rest / 10)) scale *= 10
    for (let rest = n + row; scale >= 1; scale /= 10) {
      const digit = Math.floor(rest / scale)
      rest -= digit * scale
      into[put] = 48 + digit
      put += 1
    }
    const first = 2 * width * row
    for (const column of at) {
      into[put] = 9
      put += 1
      const end = cells[first + 2 * column + 1] ?? 0
      for (let here = cells[first + 2 * column] ?? 0; here < end; here += 1) {
        const byte = bytes[here] as number
        const escape = escapeBytes[byte]
        if (escape === 0) into[put] = byte
        else {
          into[put] = 92
          put += 1
          into[put] = escape as number
        }
        put += 1
      }
    }
    into[put] = 10
    put += 1
  }
  return put
}

/** The letter behind the backslash, for bytes that need one. */
const escapeBytes = Uint8Array.from({ length: 256 }, (_, byte) => escapes[String.fromCharCode(byte)]?.charCodeAt(1) ?? 0)
