import { isUtf8 } from 'node:buffer'
import { isScientific } from './damage.ts'
import { repeatsHeader } from './header.ts'
import type { PlainRows } from './reader.ts'
import type { OpenTable } from './row-queue.ts'

/** Plain rows at the head of some bytes, and what else is to be counted of them. */
export interface PlainLines extends Pick<PlainRows, 'bytes' | 'cells' | 'width' | 'rows'> {
  /** Where the first line starts that is not plain, or has no end. */
  readonly end: number
  /** Rows outside ASCII, and the first of them, from 0. */
  readonly utf8: number
  readonly firstUtf8: number
}

/** Room for cells at the least; it doubles. */
const firstCells = 4_096

const newline = 10
/** Also the last of the bytes that may mean anything where neither delimiter nor quote does. */
const carriageReturn = 13

/**
 * Finds plain rows in bytes: lines of the table's width whose quotes hold no quote and no line end, in well-formed UTF-8, of which no reader has
 * anything to say. Every other line is left to the reader of lines. Undefined for a table that has no such lines.
 */
export function plainScanner(table: OpenTable): ((bytes: Buffer, from: number) => PlainLines) | undefined {
  const { syntax, width, header } = table
  const [delimiter, quote] = [syntax.delimiter, syntax.quote].map((sign) => (/^[\t -~]$/.test(sign) ? sign.charCodeAt(0) : -1))
  // A repeated header is told by one of its names; names of another script are left to the reader of lines.
  const named = header === undefined ? 0 : header.cells.findIndex((name) => /^[!-~]+$/.test(name.trim()))
  if (delimiter === undefined || delimiter < 0 || quote === undefined || quote < 0 || named < 0 || width === 0) return undefined
  if (syntax.cut === true) return undefined
  const name = header?.cells[named]?.trim() ?? ''
  const cellsOf = (bytes: Buffer, cells: Int32Array, at: number): string[] =>
    Array.from({ length: width }, (_, column) => bytes.toString('utf8', cells[at + 2 * column], cells[at + 2 * column + 1]))

  /** Is the line whose cells stand at `at` the header again? The cell under one name is looked at first. */
  const repeats = (bytes: Buffer, cells: Int32Array, at: number, ascii: boolean): boolean => {
    const start = cells[at + 2 * named] ?? 0
    const end = cells[at + 2 * named + 1] ?? 0
    if (end - start < name.length) return false
    const first = bytes[start] ?? 0
    const last = bytes[end - 1] ?? 0
    // A cell in ASCII that begins otherwise, or is longer, is another name; what trimming or another script may change is compared in full.
    if (first > 32 && first < 128 && (first | 32) !== (name.charCodeAt(0) | 32)) return false
    if (ascii && first > 32 && last > 32 && end - start !== name.length) return false
    return repeatsHeader(cellsOf(bytes, cells, at), header?.cells ?? [])
  }

  /** All bits of the bytes of the line that was read last. */
  let bits = 0

  /**
   * Puts where the cells of a line begin and end at `put`; gives where the next line begins, or -1 when this one is not plain. A line end stands
   * somewhere behind `from`: it ends every loop.
   */
  const readLine = (bytes: Buffer, from: number, cells: Int32Array, put: number): number => {
    let here = from
    let at = put
    let seen = 0
    for (let column = 1; column <= width; column += 1) {
      let byte = bytes[here] as number
      const inQuotes = byte === quote
      if (inQuotes) {
        here += 1
        byte = bytes[here] as number
      }
      const start = here
      const close = inQuotes ? quote : delimiter
      while (byte !== close && byte > carriageReturn) {
        seen |= byte
        here += 1
        byte = bytes[here] as number
      }
      if (byte !== close && (inQuotes || (byte !== newline && byte !== carriageReturn))) {
        const behind = endBehind(bytes, here, close)
        for (; here < behind; here += 1) seen |= bytes[here] as number
        if (behind === -1 || (inQuotes && bytes[behind] !== close)) return -1
      }
      const tail = bytes[here - 1] as number
      if (tail >= 48 && tail <= 57 && here - start >= 5) {
        // `1.5E+10`: a digit at the end, and the sign of an exponent three to five bytes before it.
        const may =
          ((bytes[here - 3] as number) | 32) === 101 ||
          ((bytes[here - 4] as number) | 32) === 101 ||
          ((bytes[here - 5] as number) | 32) === 101
        if (may && isScientific(bytes.toString('utf8', start, here))) return -1
      }
      cells[at] = start
      cells[at + 1] = here
      at += 2
      if (inQuotes) here += 1
      const next = bytes[here] as number
      here += 1
      if (column < width) {
        if (next !== delimiter) return -1
      } else if (next !== newline) {
        if (next !== carriageReturn || bytes[here] !== newline) return -1
        here += 1
      }
    }
    bits = seen
    return here
  }

  /** Cells to be expected for a byte, as of the bytes before. */
  let dense = 0
  return (bytes, from) => {
    const last = bytes.lastIndexOf(newline)
    let cells = new Int32Array(Math.max(firstCells, Math.ceil((last - from) * dense)))
    let used = 0
    let rows = 0
    let utf8 = 0
    let firstUtf8 = 0
    let end = from
    while (end <= last) {
      if (used + 2 * width > cells.length) {
        const more = new Int32Array(cells.length * 2 + 2 * width)
        more.set(cells)
        cells = more
      }
      const next = readLine(bytes, end, cells, used)
      if (next === -1 || (width === 1 && cells[used] === end && cells[used + 1] === end)) break
      const ascii = bits < 128
      if (!ascii && !isPlainText(bytes, end, next)) break
      if (name !== '' && repeats(bytes, cells, used, ascii)) break
      if (!ascii) {
        if (utf8 === 0) firstUtf8 = rows
        utf8 += 1
      }
      used += 2 * width
      rows += 1
      end = next
    }
    if (end > from) dense = (1.05 * used) / (end - from)
    return { bytes, cells: cells.subarray(0, used), width, rows, end, utf8, firstUtf8 }
  }
}

/** Texts of a row of plain rows, from 0. */
export function plainValues(plain: Pick<PlainRows, 'bytes' | 'cells' | 'width'>, row: number): string[] {
  const { buffer, byteOffset, byteLength } = plain.bytes
  const bytes = Buffer.from(buffer, byteOffset, byteLength)
  const values: string[] = []
  for (let at = 2 * plain.width * row; values.length < plain.width; at += 2)
    values.push(bytes.toString('utf8', plain.cells[at], plain.cells[at + 1]))
  return values
}

/** Where a cell ends in which a control character stands at `from`; -1 for one that no plain row holds. */
function endBehind(bytes: Uint8Array, from: number, close: number): number {
  for (let here = from; ; here += 1) {
    const byte = bytes[here]
    if (byte === close || byte === newline || byte === carriageReturn) return here
    if (byte === 0) return -1
  }
}

/** Well-formed UTF-8 without U+FFFD, and no byte order mark at the start. */
function isPlainText(bytes: Buffer, from: number, to: number): boolean {
  const text = bytes.subarray(from, to)
  if (!isUtf8(text)) return false
  for (let at = text.indexOf(0xef); at !== -1; at = text.indexOf(0xef, at + 1)) {
    if (text[at + 1] === 0xbf && text[at + 2] === 0xbd) return false
    if (at === 0 && text[1] === 0xbb && text[2] === 0xbf) return false
  }
  return true
}
