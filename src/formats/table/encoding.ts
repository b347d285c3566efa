import { fault, type ByteSource, type Fault, type Watch } from '../../base/index.ts'

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/** Bytes at the head of a source that decide encoding and dialect. */
export const headBytes = 256 * 1024

/**
 * Encoding of text by its head: byte order mark, else zero bytes on one side of every pair (UTF-16 without mark),
 * else UTF-8 when the head is well-formed UTF-8 (a character cut at the end is allowed), else Windows-1252, in which every byte has a meaning.
 */
export function sniffEncoding(head: Uint8Array): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  const sample = head.subarray(0, 4096)
  let evenZeros = 0
  let oddZeros = 0
  for (let at = 0; at + 1 < sample.length; at += 2) {
    if (sample[at] === 0) evenZeros += 1
    if (sample[at + 1] === 0) oddZeros += 1
  }
  const pairs = sample.length >> 1
  if (oddZeros > pairs * 0.6 && evenZeros < pairs * 0.1) return 'utf-16le'
  if (evenZeros > pairs * 0.6 && oddZeros < pairs * 0.1) return 'utf-16be'
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return 'utf-8'
  } catch {
    return 'windows-1252'
  }
}

/** Lines outside ASCII by the encoding they were read in, counted while a source is decoded. */
export interface EncodingTally {
  utf8: number
  windows1252: number
  /** First line of each kind, from 1. */
  utf8Line: number
  windows1252Line: number
}

/** A tally with nothing counted. */
export function newTally(): EncodingTally {
  return { utf8: 0, windows1252: 0, utf8Line: 0, windows1252Line: 0 }
}

/** What is said once of a source whose lines have several encodings; undefined when they have one. */
export function mixedFault(tally: EncodingTally, file: string): Fault | undefined {
  if (tally.utf8 === 0 || tally.windows1252 === 0) return undefined
  const less = tally.utf8 < tally.windows1252 ? tally.utf8Line : tally.windows1252Line
  return fault(
    'table-mixed-encodings',
    `The lines have two encodings: ${tally.utf8} are UTF-8, ${tally.windows1252} are not and were read as Windows-1252.`,
    { file, line: less },
    'Check names and places of those lines against the original.',
    0,
  )
}

/**
 * The source as text, chunk by chunk, without a byte order mark. UTF-8 and Windows-1252 are told apart line by line, since files are joined from
 * several sources: a line that is no UTF-8 is Windows-1252, in which every byte has a meaning. What UTF-16 cannot decode becomes U+FFFD.
 */
export async function* decoded(
  source: ByteSource,
  encoding: Encoding,
  watch?: Watch,
  tally: EncodingTally = newTally(),
): AsyncIterable<string> {
  const decoder = encoding === 'utf-16le' || encoding === 'utf-16be' ? new TextDecoder(encoding) : new LineDecoder(tally)
  let done = 0
  for await (const chunk of source.stream()) {
    watch?.signal?.throwIfAborted()
    done += chunk.length
    const text = decoder.decode(chunk, { stream: true })
    if (text !== '') yield text
    watch?.report?.({ step: `reading ${source.name}`, done, total: source.size, unit: 'bytes' })
  }
  const rest = decoder.decode()
  if (rest !== '') yield rest
}

/** Longest piece without a line end that is held back for its rest. */
const heldBytes = 256 * 1024

/** `decoded` for UTF-8 and Windows-1252, piece by piece; `decode()` ends it. */
export class LineDecoder {
  readonly #tally: EncodingTally
  readonly #strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  readonly #western = new TextDecoder('windows-1252')
  #held: Uint8Array[] = []
  #heldBytes = 0
  #line = 1
  #started = false

  constructor(tally: EncodingTally) {
    this.#tally = tally
  }

  decode(chunk?: Uint8Array, _options?: { readonly stream: boolean }): string {
    if (chunk === undefined) return this.#text(this.#take(new Uint8Array()))
    const end = Math.max(chunk.lastIndexOf(10), chunk.lastIndexOf(13)) + 1
    if (end > 0) {
      const bytes = this.#take(chunk.subarray(0, end))
      this.#hold(chunk.subarray(end))
      return this.#text(bytes)
    }
    this.#hold(chunk)
    if (this.#heldBytes < heldBytes) return ''
    // No line end in sight: cut behind the last character that is one byte.
    const bytes = this.#take(new Uint8Array())
    let cut = bytes.length
    while (cut > 0 && bytes.length - cut < 1024 && (bytes[cut - 1] ?? 0) >= 0x80) cut -= 1
    if (bytes.length - cut >= 1024) cut = bytes.length
    this.#hold(bytes.subarray(cut))
    return this.#text(bytes.subarray(0, cut))
  }

  /** Counts lines that were read otherwise, `utf8` of them outside ASCII, the first of those on line `first` of them (from 0). */
  pass(lines: number, utf8: number, first: number): void {
    this.#started = true
    this.#tally.utf8 += utf8
    if (utf8 > 0 && this.#tally.utf8Line === 0) this.#tally.utf8Line = this.#line + first
    this.#line += lines
  }

  #hold(bytes: Uint8Array): void {
    if (bytes.length === 0) return
    this.#held.push(Uint8Array.from(bytes))
    this.#heldBytes += bytes.length
  }

  #take(bytes: Uint8Array): Uint8Array {
    const all = this.#held.length === 0 ? bytes : Buffer.concat([...this.#held, bytes])
    this.#held = []
    this.#heldBytes = 0
    return all
  }

  /** Whole lines: in one go where they are UTF-8 throughout. */
  #text(bytes: Uint8Array): string {
    let from = 0
    if (!this.#started && bytes.length > 0) {
      this.#started = true
      if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) from = 3
    }
    const rest = from === 0 ? bytes : bytes.subarray(from)
    const whole = this.#utf8(rest)
    // Pure ASCII needs no look at its lines.
    if (whole === undefined || whole.length !== rest.length) return this.#lines(rest)
    for (let at = rest.indexOf(10); at !== -1; at = rest.indexOf(10, at + 1)) this.#line += 1
    return whole
  }

  #lines(bytes: Uint8Array): string {
    const parts: string[] = []
    for (let from = 0; from < bytes.length;) {
      const found = bytes.indexOf(10, from)
      const end = found === -1 ? bytes.length : found + 1
      const line = bytes.subarray(from, end)
      const text = this.#utf8(line)
      parts.push(text ?? this.#western.decode(line))
      if (text === undefined) {
        this.#tally.windows1252 += 1
        if (this.#tally.windows1252Line === 0) this.#tally.windows1252Line = this.#line
      } else if (text.length !== line.length) {
        this.#tally.utf8 += 1
        if (this.#tally.utf8Line === 0) this.#tally.utf8Line = this.#line
      }
      if (found !== -1) this.#line += 1
      from = end
    }
    return parts.join('')
  }

  #utf8(bytes: Uint8Array): string | undefined {
    try {
      return this.#strict.decode(bytes)
    } catch {
      return undefined
    }
  }
}
