const newline = 10

/** Lines whose beginnings are remembered. */
const remembered = 131_072

/** Where the lines of a stretch begin, for the last of them. */
export class LineOffsets {
  #starts: number[] = []
  /** Number of the first remembered line, from 1. */
  #first = 1

  /** Lines count on from `line`, of which `offset` is the first byte. */
  constructor(line: number, offset: number) {
    this.#first = line
    this.#starts.push(offset)
  }

  /** Takes the bytes that follow, of which `offset` is the first. */
  add(bytes: Uint8Array, offset: number): void {
    for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) this.#starts.push(offset + at + 1)
    if (this.#starts.length <= 2 * remembered) return
    const gone = this.#starts.length - remembered
    this.#starts = this.#starts.slice(gone)
    this.#first += gone
  }

  /** Offset of the first byte of a line; undefined for one that is forgotten. */
  of(line: number): number | undefined {
    return this.#starts[line - this.#first]
  }
}

/** Lines that end in the bytes. */
export function countLines(bytes: Uint8Array): number {
  let count = 0
  for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) count += 1
  return count
}

/** Most bytes of lines that name columns. */
const headerBytes = 65_536

/** The lines a later stretch of a log cannot be read without: those that name its columns; none for most logs. */
export function headerOf(before: Uint8Array, bytes: Uint8Array, cut: 'lines' | 'headed' | 'table'): Uint8Array {
  if (cut === 'lines' || (cut === 'table' && before.length > 0)) return before
  if (cut === 'table') return bytes.subarray(0, Math.min(headerBytes, bytes.indexOf(newline) + 1))
  // The last run of lines that begin with #.
  let header: Uint8Array = before
  let run = -1
  for (let from = 0; from < bytes.length;) {
    const end = bytes.indexOf(newline, from)
    const next = end < 0 ? bytes.length : end + 1
    const mark = bytes[from] === 0x23 || (from === 0 && bytes[0] === 0xef && bytes[3] === 0x23)
    if (mark && run < 0) run = from
    if (!mark) run = -1
    else if (next - run <= headerBytes) header = bytes.subarray(run, next)
    from = next
  }
  return Uint8Array.from(header)
}
