/**
 * Seeded random numbers (sfc32). The same seed and labels give the same sequence on every machine;
 * every artefact draws from its own labelled sequence, so that one more draw here changes nothing there.
 */
export class Random {
  #a: number
  #b: number
  #c: number
  #d: number

  /** `labels` name the sequence: text and integers. */
  constructor(seed: number, ...labels: readonly (string | number)[]) {
    let hash = (seed ^ 0x9e3779b9) | 0
    for (const label of labels) {
      if (typeof label === 'number') hash = mix(hash ^ mix(label | 0))
      else for (let at = 0; at < label.length; at++) hash = Math.imul(hash ^ label.charCodeAt(at), 0x01000193)
      hash = mix(hash)
    }
    this.#a = hash
    this.#b = mix(hash + 0x6d2b79f5)
    this.#c = mix(hash + 0x3c6ef372)
    this.#d = 1
    for (let round = 0; round < 6; round++) this.uint()
  }

  /** 32 random bits, 0 <= n < 2^32. */
  uint(): number {
    const sum = (this.#a + this.#b + this.#d) | 0
    this.#d = (this.#d + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0
    return sum >>> 0
  }

  /** 0 <= x < 1. */
  unit(): number {
    return this.uint() / 4_294_967_296
  }

  /** Integer 0 <= n < end. */
  below(end: number): number {
    return Math.floor(this.unit() * end)
  }

  /** Integer from <= n <= to. */
  between(from: number, to: number): number {
    return from + this.below(to - from + 1)
  }

  chance(probability: number): boolean {
    return this.unit() < probability
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)]
    if (item === undefined) throw new Error('internal error: pick from an empty list')
    return item
  }

  /** Exponential waiting time with the given mean. */
  wait(mean: number): number {
    return -Math.log(1 - this.unit()) * mean
  }

  /** Standard normal (Box-Muller, one of the pair). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.unit())) * Math.cos(2 * Math.PI * this.unit())
  }

  /** Poisson count by multiplication; for means below a few hundred. */
  poisson(mean: number): number {
    const floor = Math.exp(-mean)
    let count = 0
    for (let product = this.unit(); product > floor; product *= this.unit()) count += 1
    return count
  }

  /** Hexadecimal digits. */
  hex(digits: number): string {
    let text = ''
    while (text.length < digits) text += this.uint().toString(16).padStart(8, '0')
    return text.slice(0, digits)
  }

  /** A new list in random order (Fisher-Yates). */
  shuffled<T>(items: readonly T[]): T[] {
    const list = [...items]
    for (let at = list.length - 1; at > 0; at--) {
      const other = this.below(at + 1)
      const held = list[at] as T
      list[at] = list[other] as T
      list[other] = held
    }
    return list
  }
}

/** Draws items in proportion to their weights; without weights by Zipf's law in the order given. */
export function skewed<T>(items: readonly T[], weights?: readonly number[]): (random: Random) => T {
  let sum = 0
  const upTo = items.map((_, at) => (sum += weights?.[at] ?? 1 / (at + 1) ** 0.9))
  return (random) => {
    const target = random.unit() * sum
    let low = 0
    let high = items.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((upTo[middle] as number) > target) high = middle
      else low = middle + 1
    }
    return items[low] as T
  }
}

function mix(value: number): number {
  let hash = value | 0
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}
