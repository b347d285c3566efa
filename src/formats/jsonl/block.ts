import { isAscii } from 'node:buffer'

/** Lines read at once, one byte a character, with what their rows share. */
export class Block {
  readonly text: string
  readonly bytes: Buffer
  readonly view: DataView
  readonly isAscii: boolean
  /** Where characters stand that are the same as a letter of ASCII but for case. */
  #foreign: Int32Array | undefined
  /** A stretch without an escape by number. */
  #clearFrom = 0
  #clearTo = 0

  constructor(bytes: Buffer) {
    this.bytes = bytes
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    this.text = bytes.toString('latin1')
    this.isAscii = isAscii(bytes)
  }

  /** Whether no character of ASCII is hidden by an escape by number, nor another one the same as a letter of it but for case. */
  isPlain(from: number, to: number): boolean {
    if (from >= this.#clearFrom && to <= this.#clearTo) return this.isAscii || this.#isNative(from, to)
    const { text } = this
    let at = text.indexOf('u', from)
    for (; at >= 0 && at < to; at = text.indexOf('u', at + 1)) if (isEscaped(text, at, from)) return false
    this.#clearFrom = from
    this.#clearTo = at < 0 ? text.length : at
    return this.isAscii || this.#isNative(from, to)
  }

  #isNative(from: number, to: number): boolean {
    const foreign = (this.#foreign ??= foreignPlaces(this.text))
    let low = 0
    let high = foreign.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((foreign[middle] as number) < from) low = middle + 1
      else high = middle
    }
    return low === foreign.length || (foreign[low] as number) >= to
  }
}

/** Whether an odd number of backslashes stands before a place, none of them before `from`. */
function isEscaped(text: string, at: number, from: number): boolean {
  let first = at
  while (first > from && text.charCodeAt(first - 1) === backslash) first -= 1
  return ((at - first) & 1) === 1
}

/** Kelvin sign and long s, as UTF-8 writes them. */
function foreignPlaces(text: string): Int32Array {
  const found: number[] = []
  for (const one of ['\u00e2\u0084\u00aa', '\u00c5\u00bf'])
    for (let at = text.indexOf(one); at >= 0; at = text.indexOf(one, at + 2)) found.push(at)
  return Int32Array.from(found).sort()
}

const backslash = 0x5c
