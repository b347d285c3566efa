import { fold } from './fold.ts'

/**
 * What a row holds: the hash of its key, the number of the next row in its chain, what holds it, how many texts it has, how many
 * words its key has; then the key itself when it is short and plain. A row is as long as a line of the processor's memory.
 */
const stride = 16
const [nextAt, heldAt, widthAt, wordsAt, keyAt] = [1, 2, 3, 4, 5]
const mostWords = stride - keyAt

/** Ends of a chain, and rows that stand in no chain. */
const none = -1

/** Ends a text in a key; no character of a plain key. */
const endOfText = 0x80

/** Rows searched one after the other; what hostile texts make longer is kept apart. */
const usualChain = 32

/**
 * Numbers for rows of texts, told apart without the difference of upper and lower case: groups, and values to count. A number is
 * free again when nothing holds it.
 */
export class GroupTable {
  #rows = new Int32Array(256 * stride)
  #heads = new Int32Array(256).fill(none)
  /** The texts as first spelled, by their place in the row and the number of the row; '' when a key says enough. */
  readonly #texts: string[][] = []
  readonly #free: number[] = []
  /** Numbers of rows that stand in no chain by their key, and back. */
  readonly #apart = new Map<string, number>()
  readonly #keysApart = new Map<number, string>()
  readonly #spelled: boolean
  readonly #longestChain: number
  /** The texts asked for, and their key: its words, 0 when it is not short and plain. */
  readonly #asked: string[] = []
  readonly #key = new Int32Array(mostWords)
  #words = 0
  #count = 0
  #size = 0

  /** `spelled`: whether the texts are asked for again; tests make `longestChain` small. */
  constructor({ spelled, longestChain = usualChain }: { readonly spelled: boolean; readonly longestChain?: number }) {
    this.#spelled = spelled
    this.#longestChain = longestChain
  }

  /** Rows that are held. */
  get size(): number {
    return this.#size
  }

  /** The number of the row with these fields; -1 when one of them is absent. A new row is to be held at once. */
  numberOf(fields: Readonly<Record<string, string>>, names: readonly string[]): number {
    const width = names.length
    const asked = this.#asked
    for (let n = 0; n < width; n++) {
      const value: unknown = fields[names[n] as string]
      if (typeof value !== 'string') return none
      asked[n] = value
    }
    const hash = this.#ask(width)
    const rows = this.#rows
    let chain = 0
    for (let number = this.#heads[hash & (this.#heads.length - 1)] as number; number !== none; chain++) {
      const row = number * stride
      if (rows[row] === hash && rows[row + widthAt] === width && this.#isAsked(number, width)) return number
      number = rows[row + nextAt] as number
    }
    if (this.#apart.size === 0 && chain < this.#longestChain) return this.#add(hash, width)
    const key = keyOf(asked, width)
    return this.#apart.get(key) ?? this.#add(hash, width, chain < this.#longestChain ? undefined : key)
  }

  /** The texts of a row as first spelled. */
  values(number: number): readonly string[] {
    const width = this.#rows[number * stride + widthAt] ?? 0
    return this.#texts.slice(0, width).map((texts) => texts[number] ?? '')
  }

  hold(number: number): void {
    const at = number * stride + heldAt
    this.#rows[at] = (this.#rows[at] as number) + 1
  }

  release(number: number): void {
    const at = number * stride + heldAt
    const left = (this.#rows[at] as number) - 1
    this.#rows[at] = left
    if (left <= 0) this.#remove(number)
  }

  /** Writes the key of the texts asked for; gives their hash. */
  #ask(width: number): number {
    const key = this.#key
    let word = 0
    let bytes = 0
    for (let n = 0; n < width; n++) {
      const text = this.#asked[n] as string
      const { length } = text
      if (bytes + length >= mostWords * 4) return this.#askLong(width)
      for (let at = 0; at <= length; at++) {
        let code = at === length ? endOfText : text.charCodeAt(at)
        if (code >= 65 && code <= 90) code += 32
        else if (code > 127 && at < length) return this.#askLong(width)
        word |= code << ((bytes & 3) * 8)
        if ((++bytes & 3) !== 0) continue
        key[(bytes >> 2) - 1] = word
        word = 0
      }
    }
    const words = (bytes + 3) >> 2
    if ((bytes & 3) !== 0) key[words - 1] = word
    this.#words = words
    let hash = width
    for (let n = 0; n < words; n++) {
      hash = Math.imul(hash ^ (key[n] as number), 0x9e3779b1)
      hash ^= hash >>> 15
    }
    return hash
  }

  /** The same for long texts, and for those with characters beyond ASCII: folded, some have none any more. */
  #askLong(width: number): number {
    const folded = this.#asked.slice(0, width).map(fold)
    const length = folded.reduce((sum, text) => sum + text.length + 1, 0)
    if (length <= mostWords * 4 && folded.every((text) => !/[^\u0000-\u007f]/.test(text))) {
      const spelled = this.#asked.slice(0, width)
      folded.forEach((text, n) => (this.#asked[n] = text))
      const hash = this.#ask(width)
      spelled.forEach((text, n) => (this.#asked[n] = text))
      return hash
    }
    this.#words = 0
    let hash = width
    for (const text of folded) {
      for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
      hash = Math.imul(hash ^ (hash >>> 15) ^ endOfText, 0x9e3779b1)
    }
    return hash ^ (hash >>> 15)
  }

  #isAsked(number: number, width: number): boolean {
    const row = number * stride
    const words = this.#words
    if (this.#rows[row + wordsAt] !== words) return false
    for (let n = 0; n < words; n++) if (this.#rows[row + keyAt + n] !== this.#key[n]) return false
    if (words > 0 || width === 0) return true
    for (let n = 0; n < width; n++) {
      const text = (this.#texts[n] as string[])[number] as string
      const asked = this.#asked[n] as string
      if (text !== asked && (text.length !== asked.length || fold(text) !== fold(asked))) return false
    }
    return true
  }

  #add(hash: number, width: number, keyApart?: string): number {
    if (this.#size >= this.#heads.length) this.#spread()
    const number = this.#free.pop() ?? this.#count++
    this.#size++
    if ((number + 1) * stride > this.#rows.length) this.#rows = grown(this.#rows, (number + 1) * stride)
    if (this.#spelled || this.#words === 0) this.#spell(number, width)
    const row = number * stride
    this.#rows[row] = hash
    this.#rows[row + heldAt] = 0
    this.#rows[row + widthAt] = width
    this.#rows[row + wordsAt] = this.#words
    for (let n = 0; n < this.#words; n++) this.#rows[row + keyAt + n] = this.#key[n] as number
    if (keyApart === undefined) this.#chain(number)
    else {
      this.#apart.set(keyApart, number)
      this.#keysApart.set(number, keyApart)
    }
    return number
  }

  #spell(number: number, width: number): void {
    for (let n = 0; n < width; n++) {
      const texts = (this.#texts[n] ??= [])
      while (texts.length < number) texts.push('')
      texts[number] = this.#asked[n] as string
    }
  }

  #chain(number: number): void {
    const row = number * stride
    const home = (this.#rows[row] as number) & (this.#heads.length - 1)
    this.#rows[row + nextAt] = this.#heads[home] as number
    this.#heads[home] = number
  }

  #remove(number: number): void {
    const rows = this.#rows
    const row = number * stride
    const home = (rows[row] as number) & (this.#heads.length - 1)
    let before = none
    let at = this.#heads[home] as number
    while (at !== none && at !== number) {
      before = at
      at = rows[at * stride + nextAt] as number
    }
    const next = rows[row + nextAt] as number
    if (at === none) {
      this.#apart.delete(this.#keysApart.get(number) ?? '')
      this.#keysApart.delete(number)
    } else if (before === none) this.#heads[home] = next
    else rows[before * stride + nextAt] = next
    if (this.#spelled || rows[row + wordsAt] === 0)
      for (let n = 0; n < (rows[row + widthAt] as number); n++) (this.#texts[n] as string[])[number] = ''
    this.#free.push(number)
    this.#size--
  }

  /** Twice as many chains. */
  #spread(): void {
    const before = this.#heads
    this.#heads = new Int32Array(before.length * 2).fill(none)
    for (const head of before) {
      for (let number = head; number !== none;) {
        const next = this.#rows[number * stride + nextAt] as number
        this.#chain(number)
        number = next
      }
    }
  }
}

function keyOf(texts: readonly string[], width: number): string {
  return JSON.stringify(texts.slice(0, width).map(fold))
}

function grown(column: Int32Array<ArrayBuffer>, index: number): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(Math.max(column.length * 2, index + 1))
  longer.set(column)
  return longer
}
