import type { RowKey } from './row-key.ts'

/** Short keys in the order they came, one after the other; those that came first are let go first. */
export class KeyRing {
  /** Of each key how many words and texts it has, then the words. */
  #words = new Int32Array(4_096)
  #first = 0
  #next = 0

  /** Takes the words of a key; gives its place. */
  push({ words, length, width }: RowKey): number {
    const place = this.#next
    if (place + length + 1 - this.#first > this.#words.length) this.#grow()
    const mask = this.#words.length - 1
    this.#words[place & mask] = (width << 8) | length
    for (let n = 0; n < length; n++) this.#words[(place + 1 + n) & mask] = words[n] as number
    this.#next = place + 1 + length
    return place
  }

  /** Writes the words of the key at a place. */
  read(place: number, key: RowKey): void {
    const mask = this.#words.length - 1
    const head = this.#words[place & mask] as number
    key.width = head >> 8
    key.length = head & 0xff
    for (let n = 0; n < key.length; n++) key.words[n] = this.#words[(place + 1 + n) & mask] as number
  }

  /** Lets the keys before a place go. */
  forget(before: number): void {
    this.#first = before
  }

  #grow(): void {
    const before = this.#words
    const mask = before.length - 1
    this.#words = new Int32Array(before.length * 2)
    const longer = this.#words.length - 1
    for (let place = this.#first; place < this.#next; place++) this.#words[place & longer] = before[place & mask] as number
  }
}
