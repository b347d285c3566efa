import { fold } from './fold.ts'
import { mostWords, RowKey } from './row-key.ts'

/**
 * What a row holds: the hash of its key, the number of the next row in its chain, what holds it, how many texts it has, how many
 * words its key has; then the key itself when it is short and plain. A row is as long as a line of the processor's memory.
 */
const [nextAt, heldAt, widthAt, wordsAt, keyAt] = [1, 2, 3, 4, 5]
const stride = keyAt + mostWords

/** Ends of a chain, and rows that stand in no chain. */
const none = -1

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
  readonly #asked = new RowKey()
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
    return this.#asked.write(fields, names) ? this.numberOfKey(this.#asked) : none
  }

  /** The number of the row with this key. A new row is to be held at once. */
  numberOfKey(key: RowKey): number {
    const hash = key.hash()
    const rows = this.#rows
    let chain = 0
    for (let number = this.#heads[hash & (this.#heads.length - 1)] as number; number !== none; chain++) {
      const row = number * stride
      if (rows[row] === hash && this.#hasKey(number, key)) return number
      number = rows[row + nextAt] as number
    }
    if (this.#apart.size === 0 && chain < this.#longestChain) return this.#add(key, hash)
    const text = key.text()
    return this.#apart.get(text) ?? this.#add(key, hash, chain < this.#longestChain ? undefined : text)
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

  #hasKey(number: number, { width, words, length, texts }: RowKey): boolean {
    const row = number * stride
    const rows = this.#rows
    if (rows[row + widthAt] !== width || rows[row + wordsAt] !== length) return false
    for (let n = 0; n < length; n++) if (rows[row + keyAt + n] !== words[n]) return false
    if (length > 0 || width === 0) return true
    for (let n = 0; n < width; n++) {
      const text = (this.#texts[n] as string[])[number] as string
      const asked = texts[n] as string
      if (text !== asked && (text.length !== asked.length || fold(text) !== fold(asked))) return false
    }
    return true
  }

  #add(key: RowKey, hash: number, keyApart?: string): number {
    if (this.#size >= this.#heads.length) this.#spread()
    const number = this.#free.pop() ?? this.#count++
    this.#size++
    if ((number + 1) * stride > this.#rows.length) this.#rows = grown(this.#rows, (number + 1) * stride)
    if (this.#spelled || key.length === 0) this.#spell(number, key)
    const row = number * stride
    this.#rows[row] = hash
    this.#rows[row + heldAt] = 0
    this.#rows[row + widthAt] = key.width
    this.#rows[row + wordsAt] = key.length
    for (let n = 0; n < key.length; n++) this.#rows[row + keyAt + n] = key.words[n] as number
    if (keyApart === undefined) this.#chain(number)
    else {
      this.#apart.set(keyApart, number)
      this.#keysApart.set(number, keyApart)
    }
    return number
  }

  #spell(number: number, { width, texts: spelled }: RowKey): void {
    for (let n = 0; n < width; n++) {
      const texts = (this.#texts[n] ??= [])
      while (texts.length < number) texts.push('')
      texts[number] = spelled[n] as string
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

function grown(column: Int32Array<ArrayBuffer>, index: number): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(Math.max(column.length * 2, index + 1))
  longer.set(column)
  return longer
}
