import { fold } from './fold.ts'

/** Words of 32 bits that a short key has at most. */
export const mostWords = 11

/** Ends a text in a key; no character of a plain key. */
const endOfText = 0x80

/** The texts of some fields of an event, told apart without the difference of upper and lower case; one object for many, in turn. */
export class RowKey {
  /** The texts as spelled; only the first `width` of them, and only after `write`. */
  readonly texts: string[] = []
  width = 0
  /** The key itself, when it is short and plain ASCII; 0 words otherwise: then the texts decide. */
  readonly words: Int32Array<ArrayBuffer> = new Int32Array(mostWords)
  length = 0

  /** Takes the fields with these names; false when one of them is absent. */
  write(fields: Readonly<Record<string, string>>, names: readonly string[]): boolean {
    const width = names.length
    for (let n = 0; n < width; n++) {
      const value: unknown = fields[names[n] as string]
      if (typeof value !== 'string') return false
      this.texts[n] = value
    }
    this.width = width
    if (!this.#pack(this.texts)) this.#packFolded()
    return true
  }

  /** A number for the key, the same for the same key. */
  hash(): number {
    if (this.length === 0) return this.#hashLong()
    let hash = this.width
    for (let n = 0; n < this.length; n++) {
      hash = Math.imul(hash ^ (this.words[n] as number), 0x9e3779b1)
      hash ^= hash >>> 15
    }
    return hash
  }

  /** The key as text, for what is kept apart. */
  text(): string {
    return JSON.stringify(this.#folded())
  }

  #folded(): string[] {
    return this.texts.slice(0, this.width).map(fold)
  }

  /** Packs texts into words, four characters to a word; false when they are too long or not ASCII. */
  #pack(texts: readonly string[]): boolean {
    const { words, width } = this
    let word = 0
    let bytes = 0
    for (let n = 0; n < width; n++) {
      const text = texts[n] as string
      const { length } = text
      if (bytes + length >= mostWords * 4) return false
      for (let at = 0; at < length; at++) {
        let code = text.charCodeAt(at)
        if (code >= 65 && code <= 90) code += 32
        else if (code > 127) return false
        word |= code << ((bytes & 3) * 8)
        if ((++bytes & 3) !== 0) continue
        words[(bytes >> 2) - 1] = word
        word = 0
      }
      word |= endOfText << ((bytes & 3) * 8)
      if ((++bytes & 3) !== 0) continue
      words[(bytes >> 2) - 1] = word
      word = 0
    }
    this.length = (bytes + 3) >> 2
    if ((bytes & 3) !== 0) words[this.length - 1] = word
    return true
  }

  /** Long texts, and those with characters beyond ASCII: folded, some have none any more. */
  #packFolded(): void {
    const folded = this.#folded()
    const long = folded.reduce((sum, text) => sum + text.length + 1, 0) > mostWords * 4
    if (long || !this.#pack(folded)) this.length = 0
  }

  #hashLong(): number {
    let hash = this.width
    for (const text of this.#folded()) {
      for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
      hash = Math.imul(hash ^ (hash >>> 15) ^ endOfText, 0x9e3779b1)
    }
    return hash ^ (hash >>> 15)
  }
}
