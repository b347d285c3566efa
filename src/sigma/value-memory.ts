import type { Stretch } from '../formats/index.ts'
import { KnownBytes } from './known-bytes.ts'

/** Longest value worth remembering, and characters held by all the fields of a rule set together. */
const longest = 1_024
const mostChars = 32 * 1024 * 1024

/** Rules that a value makes candidates, remembered by its text. */
export interface KnownTexts {
  get(value: string): readonly number[] | undefined
  set(value: string, rules: readonly number[]): void
}

/** The same by the bytes in which it is written. */
export interface KnownWritten {
  get(value: Stretch): readonly number[] | undefined
  set(value: Stretch, rules: readonly number[]): void
}

/** What a rule set remembers about values; logs repeat them often. Forgets everything when full: hostile logs do not repeat. */
export class ValueMemory {
  readonly #fields: { clear(): void }[] = []
  #chars = 0

  /** Memory for the values of one field. */
  texts(): KnownTexts {
    const known = new Map<string, readonly number[]>()
    this.#fields.push(known)
    return {
      get: (value) => known.get(value),
      set: (value, rules) => {
        // A cut text would keep alive the block it was cut from.
        if (this.#hasRoom(value.length)) known.set(Buffer.from(value).toString(), rules)
      },
    }
  }

  written(): KnownWritten {
    const known = new KnownBytes()
    this.#fields.push(known)
    return {
      get: ({ bytes, from, to }) => (to - from > longest ? undefined : known.get(bytes, from, to)),
      set: ({ bytes, from, to }, rules) => {
        if (this.#hasRoom(to - from)) known.set(bytes, from, to, rules)
      },
    }
  }

  /** Whether a value of so many characters is to be remembered; forgets the others when there are too many. */
  #hasRoom(length: number): boolean {
    if (length > longest) return false
    // An entry costs more than its text.
    this.#chars += length + 64
    if (this.#chars > mostChars) {
      for (const field of this.#fields) field.clear()
      this.#chars = 0
    }
    return true
  }
}
