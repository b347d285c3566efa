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

  /** `needles`: folded text -> the numbers of the rules that wait for it. */
  constructor(needles: ReadonlyMap<string, readonly number[]>) {
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

  /** Adds the rules of every needle that stands in the folded value; may add a rule more than once. */
  find(value: string, found: number[]): void {
    for (const needle of this.#short) if (value.includes(needle.text)) found.push(...needle.rules)
    if (this.#byGram.size === 0) return
    const filter = this.#filter
    let gram = 0
    for (let end = 0; end < value.length; end++) {
      gram = (gram << 8) | (lowerOf[value.charCodeAt(end) & 0xff] as number)
      if (filter[slotOf(gram)] === 0 || end < gramLength - 1) continue
      const filed = this.#byGram.get(gram)
      if (filed === undefined) continue
      const at = end - gramLength + 1
      for (const needle of filed) if (value.startsWith(needle.text, at - needle.gramAt)) found.push(...needle.rules)
    }
  }
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
