/** Length of the runs of characters that decide how far to skip, and shortest text for which skipping pays. */
const run = 2
const shortest = 4
const tableBits = 16

interface Needle {
  readonly text: string
  readonly rules: readonly number[]
}

/**
 * Finds which of many ASCII texts stand in a stretch of text whose letters may be in either case, passing over most of its
 * characters (Wu and Manber, "A fast algorithm for multi-pattern searching", 1994).
 */
export class SkipSearch {
  /** How far the window may move on, by the run of characters at its end; 0: a needle may end its head here. */
  readonly #skip: Uint8Array
  readonly #byTail = new Map<number, Needle[]>()
  readonly #window: number

  /** Undefined when a needle is too short to skip by, or not ASCII. */
  static of(needles: ReadonlyMap<string, readonly number[]> | undefined): SkipSearch | undefined {
    const texts = [...(needles?.keys() ?? [])]
    if (needles === undefined || texts.length === 0 || texts.some((text) => text.length < shortest || notAscii.test(text)))
      return undefined
    return new SkipSearch(needles)
  }

  private constructor(needles: ReadonlyMap<string, readonly number[]>) {
    this.#window = Math.min(255, ...[...needles.keys()].map((text) => text.length))
    this.#skip = new Uint8Array(1 << tableBits).fill(this.#window - run + 1)
    for (const [text, rules] of needles) {
      const lower = text.toLowerCase()
      for (let end = run; end <= this.#window; end += 1) {
        const left = this.#window - end
        for (const slot of slotsOf(lower, end)) this.#skip[slot] = Math.min(this.#skip[slot] as number, left)
      }
      const tail = keyOf(lower.charCodeAt(this.#window - 2), lower.charCodeAt(this.#window - 1))
      const filed = this.#byTail.get(tail)
      if (filed === undefined) this.#byTail.set(tail, [{ text: lower, rules }])
      else filed.push({ text: lower, rules })
    }
  }

  /** Calls `hit` with the rules of every needle that stands between `from` and `to`; may name a rule more than once. */
  find(text: string, from: number, to: number, hit: (rule: number) => void): void {
    const skip = this.#skip
    for (let end = from + this.#window; end <= to;) {
      const a = text.charCodeAt(end - 2)
      const b = text.charCodeAt(end - 1)
      const step = skip[((a & 0xff) << 8) | (b & 0xff)] as number
      if (step > 0) {
        end += step
        continue
      }
      const start = end - this.#window
      for (const needle of this.#byTail.get(keyOf(lowerCode(a), lowerCode(b))) ?? []) {
        if (start + needle.text.length <= to && standsAt(text, start, needle.text)) needle.rules.forEach(hit)
      }
      end += 1
    }
  }
}

const notAscii = /[^\u0000-\u007f]/

function keyOf(a: number, b: number): number {
  return (a << 8) | b
}

/** The table's places for a run in all its cases. */
function slotsOf(lower: string, end: number): readonly number[] {
  const cases = (c: number): readonly number[] => (c >= 0x61 && c <= 0x7a ? [c, c - 32] : [c])
  const first = cases(lower.charCodeAt(end - 2))
  const second = cases(lower.charCodeAt(end - 1))
  return first.flatMap((a) => second.map((b) => (a << 8) | b))
}

function lowerCode(code: number): number {
  return code >= 0x41 && code <= 0x5a ? code + 32 : code
}

function standsAt(text: string, start: number, lower: string): boolean {
  for (let at = 0; at < lower.length; at += 1) if (lowerCode(text.charCodeAt(start + at)) !== lower.charCodeAt(at)) return false
  return true
}
