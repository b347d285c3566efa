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
