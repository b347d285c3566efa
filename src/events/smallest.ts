/**
 * A map that keeps the entries with the smallest keys, so that what is left of too many does not depend on the order in which
 * they came. It may hold up to twice `most` for a while.
 */
export class Smallest<Value> {
  readonly #most: number
  #entries = new Map<string, Value>()
  /** True when entries were left out. */
  cut = false

  constructor(most: number) {
    this.#most = most
  }

  get(key: string): Value | undefined {
    return this.#entries.get(key)
  }

  set(key: string, value: Value): void {
    this.#entries.set(key, value)
    if (this.#entries.size >= this.#most * 2) this.#trim()
  }

  /** Entries in the order of their keys. */
  sorted(): readonly (readonly [string, Value])[] {
    this.#trim()
    return [...this.#entries].sort(([a], [b]) => (a < b ? -1 : 1))
  }

  #trim(): void {
    if (this.#entries.size <= this.#most) return
    this.cut = true
    this.#entries = new Map([...this.#entries].sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, this.#most))
  }
}
