const gramLength = 4

interface Needle {
  readonly text: Uint8Array
  /** Where the gram under which it is filed starts in it. */
  readonly gramAt: number
  readonly rules: readonly number[]
}

/**
 * Finds which of many ASCII texts stand in a stretch of bytes, letters in either case. Four bytes are looked at at once, and only
 * as often as the shortest text makes needful: of the grams of a text as many follow each other in the table as are passed over.
 */
export class ByteNeedles {
  readonly #filter: Int32Array
  readonly #shift: number
  readonly #stride: number
  readonly #byGram = new Map<number, Needle[]>()
  /** Texts too short for a gram. */
  readonly #short: Needle[] = []

  /** `needles`: folded text -> the numbers of the rules that wait for it. Undefined when one of them is not ASCII. */
  static of(needles: ReadonlyMap<string, readonly number[]>): ByteNeedles | undefined {
    for (const text of needles.keys()) if (text === '' || beyondAscii.test(text)) return undefined
    return new ByteNeedles(needles)
  }

  private constructor(needles: ReadonlyMap<string, readonly number[]>) {
    const long = [...needles].filter(([text]) => text.length >= gramLength)
    this.#stride = long.reduce((least, [text]) => Math.min(least, text.length), 256) - gramLength + 1
    const bits = Math.min(20, Math.max(12, Math.ceil(Math.log2(1 + long.length * this.#stride)) + 6))
    this.#shift = 32 - bits
    this.#filter = new Int32Array(1 << (bits - 5))
    const grams = long.reduce((sum, [text]) => sum + text.length, 0)
    const frequency = new Uint32Array(1 << Math.min(16, Math.max(6, Math.ceil(Math.log2(1 + grams)) + 2)))
    const written = long.map(([text, rules]) => ({ text: lower(text), rules }))
    for (const { text } of written)
      for (let at = 0; at + gramLength <= text.length; at += 1) {
        const place = placeOf(gramOf(text, at), frequency)
        frequency[place] = (frequency[place] as number) + 1
      }
    for (const { text, rules } of written) {
      const first = rarestRun(text, this.#stride, frequency)
      for (let gramAt = first; gramAt < first + this.#stride; gramAt += 1)
        this.#file(gramOf(text, gramAt), { text, gramAt, rules })
    }
    for (const [text, rules] of needles) if (text.length < gramLength) this.#short.push({ text: lower(text), gramAt: 0, rules })
  }

  /** Adds the rules of every needle that stands between `from` and `to`; may add a rule more than once. */
  find(bytes: DataView, from: number, to: number, found: number[]): void {
    if (this.#short.length > 0) this.#findShort(bytes, from, to, found)
    const filter = this.#filter
    const shift = this.#shift
    const stride = this.#stride
    for (let at = from; at + gramLength <= to; at += stride) {
      const gram = bytes.getInt32(at) | lowerBits
      const slot = Math.imul(gram, spread) >>> shift
      if (((filter[slot >>> 5] as number) & (1 << (slot & 31))) !== 0) this.#tryGram(gram, { bytes, at, from, to }, found)
    }
  }

  #tryGram(
    gram: number,
    { bytes, at, from, to }: { readonly bytes: DataView; readonly at: number; readonly from: number; readonly to: number },
    found: number[],
  ): void {
    const filed = this.#byGram.get(gram)
    if (filed === undefined) return
    for (const { text, gramAt, rules } of filed) {
      const start = at - gramAt
      if (start >= from && start + text.length <= to && standsAt(bytes, start, text)) found.push(...rules)
    }
  }

  #findShort(bytes: DataView, from: number, to: number, found: number[]): void {
    for (const { text, rules } of this.#short) {
      const first = (text[0] as number) | 0x20
      for (let at = from; at + text.length <= to; at += 1)
        if ((bytes.getUint8(at) | 0x20) === first && standsAt(bytes, at, text)) {
          found.push(...rules)
          break
        }
    }
  }

  #file(gram: number, needle: Needle): void {
    const filed = this.#byGram.get(gram)
    if (filed === undefined) this.#byGram.set(gram, [needle])
    else filed.push(needle)
    const slot = Math.imul(gram, spread) >>> this.#shift
    this.#filter[slot >>> 5] = (this.#filter[slot >>> 5] as number) | (1 << (slot & 31))
  }
}

const beyondAscii = /[^\u0000-\u007f]/
/** Makes letters lower case, and some other characters the same as others: a gram only says where to look. */
const lowerBits = 0x20202020
const spread = 0x9e3779b1

function lower(text: string): Uint8Array {
  return Buffer.from(text.toLowerCase(), 'latin1')
}

function gramOf(text: Uint8Array, at: number): number {
  return (
    ((text[at] as number) << 24) |
    ((text[at + 1] as number) << 16) |
    ((text[at + 2] as number) << 8) |
    (text[at + 3] as number) |
    lowerBits
  )
}

function standsAt(bytes: DataView, start: number, text: Uint8Array): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const byte = bytes.getUint8(start + at)
    const wanted = text[at] as number
    if (byte !== wanted && (byte > 0x5a || byte < 0x41 || byte + 32 !== wanted)) return false
  }
  return true
}

/** Where a gram is counted; few share a place. */
function placeOf(gram: number, { length }: Uint32Array): number {
  return (Math.imul(gram, spread) >>> 16) & (length - 1)
}

/** Where the run of grams begins of which the most frequent one stands in the fewest texts. */
function rarestRun(text: Uint8Array, run: number, frequency: Uint32Array): number {
  let best = 0
  let least = Infinity
  for (let first = 0; first + run + gramLength - 1 <= text.length; first += 1) {
    let worst = 0
    for (let at = first; at < first + run && worst < least; at += 1)
      worst = Math.max(worst, frequency[placeOf(gramOf(text, at), frequency)] as number)
    if (worst < least) {
      least = worst
      best = first
    }
  }
  return best
}
