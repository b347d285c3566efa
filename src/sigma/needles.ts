const gramLength = 4
const filterBits = 16

interface Needle {
  readonly text: string
  /** Where the gram that stands for the needle starts in it. */
  readonly gramAt: number
  readonly rules: readonly number[]
}

/** ASCII letters in lower case; everything else as it is, by its low byte. */
const lowerOf = Uint8Array.from({ length: 256 }, (_, code) => (code >= 0x41 && code <= 0x5a ? code + 32 : code))

/**
 * Finds which of many texts stand in a value, in one pass: every needle is filed under its rarest run of four
 * characters; needles shorter than that are searched one by one.
 */
export class Needles {
  readonly #byGram = new Map<number, Needle[]>()
  readonly #filter = new Uint8Array(1 << filterBits)
  readonly #short: Needle[] = []
  /** Whether no needle has a character whose case differs outside ASCII. */
  readonly ascii: boolean

  /** `needles`: folded text -> the numbers of the rules that wait for it. */
  constructor(needles: ReadonlyMap<string, readonly number[]>) {
    this.ascii = needles.keys().every((text) => !beyondAscii.test(text))
    const frequency = new Map<number, number>()
    for (const text of needles.keys()) {
      for (let at = 0; at + gramLength <= text.length; at++) {
        const gram = gramOf(text, at)
        frequency.set(gram, (frequency.get(gram) ?? 0) + 1)
      }
    }
    for (const [text, rules] of needles) {
      if (text.length < gramLength) {
        this.#short.push({ text, gramAt: 0, rules })
        continue
      }
      const gramAt = rarestGram(text, frequency)
      const gram = gramOf(text, gramAt)
      const filed = this.#byGram.get(gram)
      if (filed === undefined) this.#byGram.set(gram, [{ text, gramAt, rules }])
      else filed.push({ text, gramAt, rules })
      this.#filter[slotOf(gram)] = 1
    }
  }

  /** Calls `hit` with the rules of every needle that stands in the folded value; may name a rule more than once. */
  find(value: string, hit: (rule: number) => void): void {
    for (const needle of this.#short) if (value.includes(needle.text)) needle.rules.forEach(hit)
    this.#scan(value, 0, value.length, hit)
  }

  /** The same for a stretch of text in either case; for needles and texts whose letters are ASCII. */
  findIn(text: string, from: number, to: number, hit: (rule: number) => void): void {
    for (const needle of this.#short) {
      for (let at = from; at + needle.text.length <= to; at++)
        if (standsAt(text, at, needle.text)) {
          needle.rules.forEach(hit)
          break
        }
    }
    this.#scan(text, from, to, hit)
  }

  #scan(text: string, from: number, to: number, hit: (rule: number) => void): void {
    if (this.#byGram.size === 0) return
    const filter = this.#filter
    let gram = 0
    const first = from + gramLength - 1
    for (let end = from; end < to; end++) {
      gram = (gram << 8) | (lowerOf[text.charCodeAt(end) & 0xff] as number)
      if (filter[slotOf(gram)] === 0 || end < first) continue
      const filed = this.#byGram.get(gram)
      if (filed === undefined) continue
      const at = end - gramLength + 1
      for (const needle of filed) {
        const start = at - needle.gramAt
        if (start >= from && start + needle.text.length <= to && standsAt(text, start, needle.text)) needle.rules.forEach(hit)
      }
    }
  }
}

const beyondAscii = /[^\u0000-\u007f]/

function standsAt(text: string, start: number, needle: string): boolean {
  for (let at = 0; at < needle.length; at++) {
    const code = text.charCodeAt(start + at)
    if (code !== needle.charCodeAt(at) && (code > 0x5a || code < 0x41 || code + 32 !== needle.charCodeAt(at))) return false
  }
  return true
}

/** The low bytes of four characters: texts that differ may share it, texts that are equal always do. */
function gramOf(text: string, at: number): number {
  let gram = 0
  for (let end = at; end < at + gramLength; end++) gram = (gram << 8) | (lowerOf[text.charCodeAt(end) & 0xff] as number)
  return gram
}

function slotOf(gram: number): number {
  return Math.imul(gram, 0x9e3779b1) >>> (32 - filterBits)
}

function rarestGram(text: string, frequency: ReadonlyMap<number, number>): number {
  let best = 0
  let least = Infinity
  for (let at = 0; at + gramLength <= text.length; at++) {
    const count = frequency.get(gramOf(text, at)) ?? 0
    if (count < least) {
      least = count
      best = at
    }
  }
  return best
}
