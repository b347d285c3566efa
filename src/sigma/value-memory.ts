/** Rules that a value makes candidates, remembered by the value as written. */
export interface KnownValues {
  get(value: string): readonly number[] | undefined
  set(value: string, rules: readonly number[]): void
}

/** Longest value worth remembering, and characters held by all the fields of a rule set together. */
const longest = 1_024
const mostChars = 32 * 1024 * 1024

/** What a rule set remembers about values; logs repeat them often. Forgets everything when full: hostile logs do not repeat. */
export class ValueMemory {
  readonly #fields: Map<string, readonly number[]>[] = []
  #chars = 0

  /** Memory for the values of one field. */
  open(): KnownValues {
    const known = new Map<string, readonly number[]>()
    this.#fields.push(known)
    return {
      get: (value) => known.get(value),
      set: (value, rules) => {
        if (value.length > longest) return
        // An entry costs more than its text.
        this.#chars += value.length + 64
        if (this.#chars > mostChars) this.#forget()
        // A cut text would keep alive the block it was cut from.
        known.set(Buffer.from(value).toString(), rules)
      },
    }
  }

  #forget(): void {
    for (const field of this.#fields) field.clear()
    this.#chars = 0
  }
}
