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

// What a byte means to the scan; 0 is part of a cell.
const stop = 1
const high = 2
const exponent = 3
const never = 4

/** Room for cells to begin with; it doubles. */
const firstCells = 4_096

const newline = 10
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
  const bare = signs([delimiter, newline, carriageReturn])
  const quoted = signs([quote])
  quoted[newline] = never
  quoted[carriageReturn] = never

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

  return (bytes, from) => {
    const last = bytes.lastIndexOf(newline)
    let cells = new Int32Array(firstCells)
    let used = 0
    let rows = 0
    let utf8 = 0
    let firstUtf8 = 0
    let end = from
    // The line end at `last` ends every loop: no byte is read beyond it.
    lines: while (end <= last) {
      if (used + 2 * width > cells.length) {
        const more = new Int32Array(cells.length * 2 + 2 * width)
        more.set(cells)
        cells = more
      }
      let here = end
      let put = used
      let ascii = true
      for (let column = 1; ; column += 1) {
        const inQuotes = bytes[here] === quote
        const signs = inQuotes ? quoted : bare
        if (inQuotes) here += 1
        const start = here
        let number = false
        for (;;) {
          const meaning = signs[bytes[here] as number]
          if (meaning === 0) here += 1
          else if (meaning === stop) break
          else {
            if (meaning === high) ascii = false
            else if (meaning !== exponent) break lines
            else if (isDigit(bytes[here - 1]) && (bytes[here + 1] === 43 || isDigit(bytes[here + 1]))) number = true
            here += 1
          }
        }
        if (number && isScientific(bytes.toString('utf8', start, here))) break lines
        cells[put] = start
        cells[put + 1] = here
        put += 2
        if (inQuotes) here += 1
        const next = bytes[here]
        here += 1
        if (next === delimiter) {
          if (column === width) break lines
          continue
        }
        if (column !== width) break lines
        if (next === newline) break
        if (next !== carriageReturn || bytes[here] !== newline) break lines
        here += 1
        break
      }
      if (width === 1 && cells[used] === end && cells[used + 1] === end) break
      if (!ascii && !isPlainText(bytes, end, here)) break
      if (name !== '' && repeats(bytes, cells, used, ascii)) break
      if (!ascii) {
        if (utf8 === 0) firstUtf8 = rows
        utf8 += 1
      }
      used = put
      rows += 1
      end = here
    }
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

function signs(stops: readonly number[]): Uint8Array {
  const table = new Uint8Array(256)
  table.fill(high, 128)
  for (const letter of 'eE') table[letter.charCodeAt(0)] = exponent
  table[0] = never
  for (const byte of stops) table[byte] = stop
  return table
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 48 && byte <= 57
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
