import type { RecordRow, RowLayout, Stretch } from '../row.ts'
import type { Block } from './block.ts'
import type { JsonObject } from './json-value.ts'
import { parseJson } from './parse-json.ts'
import { perValue } from './precedent.ts'

/**
 * One JSON object of a line. Where the text of a value is never looked at, faults inside it (a lone surrogate, a bad escape)
 * are not met.
 */
export interface JsonRow extends RecordRow {
  readonly kind: 'json-row'
  /** As in `JsonRecord`. */
  readonly n: number
  readonly line: number
  readonly unit: 'line'
  /** The whole object, read with care; undefined when a value turns out to be ill-formed. */
  value(): JsonObject | undefined
}

/** A line by the places of its values in a block. */
export class Row implements JsonRow {
  readonly kind = 'json-row'
  readonly writing = 'json'
  readonly unit = 'line'
  readonly n: number
  readonly line: number
  readonly layout: RowLayout
  readonly #block: Block
  readonly #table: Int32Array
  readonly #first: number
  readonly #from: number
  readonly #to: number

  constructor(options: {
    readonly n: number
    readonly line: number
    readonly layout: RowLayout
    readonly block: Block
    readonly table: Int32Array
    readonly first: number
    readonly from: number
    readonly to: number
  }) {
    this.n = options.n
    this.line = options.line
    this.layout = options.layout
    this.#block = options.block
    this.#table = options.table
    this.#first = options.first
    this.#from = options.from
    this.#to = options.to
  }

  raw(at: number): string {
    const place = this.#first + at * perValue
    return this.#block.text.substring(this.#table[place] as number, this.#table[place + 1])
  }

  isString(at: number): boolean {
    const from = this.#table[this.#first + at * perValue] as number
    return (
      this.#block.text.charCodeAt(from - 1) === 0x22 &&
      this.#block.text.charCodeAt(this.#table[this.#first + at * perValue + 1] as number) === 0x22
    )
  }

  mostUtf8(at: number): number {
    const place = this.#first + at * perValue
    return (this.#table[place + 1] as number) - (this.#table[place] as number)
  }

  writeUtf8(at: number, into: Buffer, put: number): number {
    const { bytes } = this.#block
    const place = this.#first + at * perValue
    const from = this.#table[place] as number
    const to = this.#table[place + 1] as number
    if (bytes[from - 1] !== quote) return put + into.write(this.text(at), put)
    let end = put
    for (let here = from; here < to; here += 1) {
      let byte = bytes[here] as number
      if (byte === backslash) {
        here += 1
        byte = unescapedBytes[bytes[here] as number] as number
        // An escape by number, or none at all.
        if (byte === 0) return put + into.write(this.text(at), put)
      }
      into[end] = byte
      end += 1
    }
    return end
  }

  version(at: number): number {
    return this.#table[this.#first + at * perValue + 2] as number
  }

  changes(known: Int32Array, changed: Int32Array): number {
    const table = this.#table
    const values = this.layout.names.length
    let count = 0
    for (let at = 0, place = this.#first + 2; at < values; at += 1, place += perValue) {
      const version = table[place] as number
      if (known[at] === version) continue
      known[at] = version
      changed[count] = at
      count += 1
    }
    return count
  }

  written(at: number): Stretch {
    const place = this.#first + at * perValue
    return { bytes: this.#block.view, from: this.#table[place] as number, to: this.#table[place + 1] as number }
  }

  isNumeric(): boolean {
    return false
  }

  isAscii(at: number): boolean {
    return this.#block.isAscii && this.isPlain(at)
  }

  isPlain(at: number): boolean {
    const place = this.#first + at * perValue
    return this.#block.isPlain(this.#table[place] as number, this.#table[place + 1] as number)
  }

  text(at: number): string {
    const raw = this.raw(at)
    return this.isString(at) ? unescaped(raw, this.#block.isAscii) : wordText(raw)
  }

  value(): JsonObject | undefined {
    const parsed = parseJson(asText(this.#block.text.slice(this.#from, this.#to)))
    return parsed.ok ? (parsed.value as JsonObject) : undefined
  }
}

const quote = 0x22
const backslash = 0x5c
/** What the letter behind a backslash stands for, where it is one byte; 0 elsewhere. */
const unescapedBytes = new Uint8Array(256)
for (const [letter, byte] of Object.entries({ '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }))
  unescapedBytes[letter.charCodeAt(0)] = byte.charCodeAt(0)

const beyondAscii = /[\u0080-\u00ff]/

/** `ascii`: whether the bytes surely are ASCII. */
function unescaped(raw: string, ascii: boolean): string {
  const text = ascii ? raw : asText(raw)
  if (!text.includes('\\')) return text
  try {
    const read = JSON.parse(`"${text}"`) as string
    return read.isWellFormed() ? read : read.toWellFormed()
  } catch {
    return text
  }
}

function asText(bytes: string): string {
  return beyondAscii.test(bytes) ? Buffer.from(bytes, 'latin1').toString('utf8') : bytes
}

function wordText(raw: string): string {
  if (raw === 'null') return ''
  if (!raw.startsWith('[')) return raw
  const parsed = parseJson(asText(raw))
  return parsed.ok && Array.isArray(parsed.value) ? parsed.value.map((one) => (one === null ? '' : String(one))).join('\n') : raw
}
