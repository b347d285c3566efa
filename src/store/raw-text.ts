import { setImmediate } from 'node:timers/promises'

/** The formats raw rows travel in: tab-separated where all columns are scalar, else JSON lines. */
export type RawFormat = 'TabSeparated' | 'JSONCompactEachRow'

/** The format that fits the types of raw columns; a tab-separated row of one empty text would be no row. */
export function rawFormat(raw: Readonly<Record<string, string>>): RawFormat {
  const types = Object.values(raw)
  const scalar = types.every((type) => /^(?:U?Int(?:8|16|32|64)|Float64|String)$/.test(type))
  return scalar && types.length > 1 ? 'TabSeparated' : 'JSONCompactEachRow'
}

// Large blocks leave few parts to merge. Text is moved out of the heap a little at a time: long strings are dear to collect.
const blockRows = 200_000
const blockBytes = 48 * 1024 * 1024
const heldChars = 64 * 1024

/** Rows (objects by column name, or arrays in the order of the columns) as blocks of text in a format, a line each. */
export async function* rawBlocks(
  batches: AsyncIterable<readonly object[]> | Iterable<readonly object[]>,
  columns: readonly string[],
  format: RawFormat,
): AsyncGenerator<{ readonly text: Uint8Array; readonly rows: number }> {
  const line = format === 'TabSeparated' ? tabSeparated : (values: readonly unknown[]): string => JSON.stringify(values)
  let bytes = Buffer.allocUnsafe(heldChars * 16)
  let size = 0
  let held = ''
  let rows = 0
  const move = (): void => {
    // No character takes more than three bytes for each of its UTF-16 units.
    if (bytes.length - size < held.length * 3) {
      const larger = Buffer.allocUnsafe(bytes.length * 2 + held.length * 3)
      bytes.copy(larger, 0, 0, size)
      bytes = larger
    }
    size += bytes.write(held, size)
    held = ''
  }
  for await (const batch of batches) {
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
        yield { text: bytes.subarray(0, size), rows }
        bytes = Buffer.allocUnsafe(bytes.length)
        size = 0
        rows = 0
      }
    }
  }
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
