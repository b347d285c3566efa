import { isAscii } from 'node:buffer'
import type { RecordRow, RowLayout, Stretch } from '../row.ts'
import type { JsonObject } from './json-value.ts'
import { parseJson } from './parse-json.ts'

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

/** Lines read at once, one byte a character, with what their rows share. */
export class Block {
  readonly text: string
  readonly bytes: Buffer
  readonly #ascii: boolean
  /** Where escapes stand that hide a plain character (`\\u0041`, `\\/`). */
  #hiding: Int32Array | undefined
  #next = 0

  constructor(bytes: Buffer) {
    this.bytes = bytes
    this.text = bytes.toString('latin1')
    this.#ascii = isAscii(bytes)
  }

  isPlain(from: number, to: number): boolean {
    const hiding = (this.#hiding ??= hidingPlaces(this.text, this.#ascii))
    if (this.#next > 0 && (hiding[this.#next - 1] as number) >= from) this.#next = 0
    while (this.#next < hiding.length && (hiding[this.#next] as number) < from) this.#next += 1
    return this.#next === hiding.length || (hiding[this.#next] as number) >= to
  }
}

/** Beside escapes, the two characters outside ASCII that are the same as a letter of ASCII but for case: Kelvin sign and long s. */
function hidingPlaces(text: string, ascii: boolean): Int32Array {
  const found: number[] = []
  for (const one of ascii ? ['\\u'] : ['\\u', '\u00e2\u0084\u00aa', '\u00c5\u00bf'])
    for (let at = text.indexOf(one); at >= 0; at = text.indexOf(one, at + 2)) found.push(at)
  return Int32Array.from(found).sort()
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
  readonly #bounds: Int32Array
  readonly #first: number
  readonly #from: number
  readonly #to: number

  constructor(options: {
    readonly n: number
    readonly line: number
    readonly layout: RowLayout
    readonly block: Block
    readonly bounds: Int32Array
    readonly first: number
    readonly from: number
    readonly to: number
  }) {
    this.n = options.n
    this.line = options.line
    this.layout = options.layout
    this.#block = options.block
    this.#bounds = options.bounds
    this.#first = options.first
    this.#from = options.from
    this.#to = options.to
  }

  raw(at: number): string {
    const place = this.#first + at * 2
    return this.#block.text.substring(this.#bounds[place] as number, this.#bounds[place + 1])
  }

  isString(at: number): boolean {
    const from = this.#bounds[this.#first + at * 2] as number
    return (
      this.#block.text.charCodeAt(from - 1) === 0x22 &&
      this.#block.text.charCodeAt(this.#bounds[this.#first + at * 2 + 1] as number) === 0x22
    )
  }

  mostUtf8(at: number): number {
    const place = this.#first + at * 2
    return (this.#bounds[place + 1] as number) - (this.#bounds[place] as number)
  }

  writeUtf8(at: number, into: Buffer, put: number): number {
    const { bytes } = this.#block
    const place = this.#first + at * 2
    const from = this.#bounds[place] as number
    const to = this.#bounds[place + 1] as number
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

  isRaw(at: number, raw: string): boolean {
    const place = this.#first + at * 2
    const from = this.#bounds[place] as number
    return (this.#bounds[place + 1] as number) - from === raw.length && this.#block.text.startsWith(raw, from)
  }

  stretch(at: number): Stretch | undefined {
    const place = this.#first + at * 2
    const from = this.#bounds[place] as number
    const to = this.#bounds[place + 1] as number
    return this.#block.isPlain(from, to) ? { text: this.#block.text, from, to } : undefined
  }

  written(): readonly Stretch[] | undefined {
    const { text } = this.#block
    return this.#block.isPlain(this.#from, this.#to) ? [{ text, from: this.#from, to: this.#to }] : undefined
  }

  text(at: number): string {
    const raw = this.raw(at)
    return this.isString(at) ? unescaped(raw) : wordText(raw)
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

const special = /[\\\u0080-\u00ff]/

function unescaped(raw: string): string {
  if (!special.test(raw)) return raw
  const text = asText(raw)
  if (!text.includes('\\')) return text
  try {
    return (JSON.parse(`"${text}"`) as string).toWellFormed()
  } catch {
    return text
  }
}

function asText(bytes: string): string {
  return special.test(bytes) ? Buffer.from(bytes, 'latin1').toString('utf8') : bytes
}

function wordText(raw: string): string {
  if (raw === 'null') return ''
  if (!raw.startsWith('[')) return raw
  const parsed = parseJson(asText(raw))
  return parsed.ok && Array.isArray(parsed.value) ? parsed.value.map((one) => (one === null ? '' : String(one))).join('\n') : raw
}
