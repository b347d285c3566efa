/** A column of a block: its values, in the order they were put. */
interface NativeColumn {
  readonly type: string
  /** Bytes it takes by now, about. */
  readonly size: number
  /** What stands before the values, and the values (Native format of ClickHouse: a column as its part of a table's file would be). */
  parts(): readonly Uint8Array[]
  clear(): void
}

/** Bytes that are sooner copied one by one than by a call. */
const fewBytes = 24

/** Texts, each behind its length. */
export class TextColumn implements NativeColumn {
  readonly type = 'String'
  bytes: Buffer = Buffer.allocUnsafe(1 << 16)
  size = 0

  put(text: string): void {
    // No character takes more than three bytes for each of its UTF-16 units.
    this.open(text.length * 3)
    this.close(this.size + this.bytes.write(text, this.size))
  }

  #head = 0
  #headBytes = 0

  /** Begins a value of at most `most` bytes: they are written to `bytes` from `size` on, and ended with `close`. */
  open(most: number): void {
    const head = most < 0x80 ? 1 : most < 0x4000 ? 2 : most < 0x20_0000 ? 3 : 5
    this.#room(head + most)
    this.#head = this.size
    this.#headBytes = head
    this.size += head
  }

  /** Puts whole values again that stand in `bytes` already. */
  copy(from: number, to: number): void {
    const length = to - from
    this.#room(length)
    const { bytes, size } = this
    if (length > fewBytes) bytes.copyWithin(size, from, to)
    else for (let at = 0; at < length; at += 1) bytes[size + at] = bytes[from + at] as number
    this.size = size + length
  }

  #room(more: number): void {
    if (this.bytes.length - this.size >= more) return
    const larger = Buffer.allocUnsafe(this.bytes.length * 2 + more)
    this.bytes.copy(larger, 0, 0, this.size)
    this.bytes = larger
  }

  /** Ends the value at `end`. Its length takes the bytes that were kept for it: a length may have zeros in front. */
  close(end: number): void {
    let length = end - this.size
    let at = this.#head
    for (const last = at + this.#headBytes - 1; at < last; at += 1) {
      this.bytes[at] = (length & 0x7f) | 0x80
      length >>>= 7
    }
    this.bytes[at] = length
    this.size = end
  }

  parts(): readonly Uint8Array[] {
    return [this.bytes.subarray(0, this.size)]
  }

  clear(): void {
    this.size = 0
  }
}

/** Numbers of one width; those of eight bytes hold integers up to 2^53. */
export class NumberColumn implements NativeColumn {
  readonly type: string
  readonly #width: 1 | 2 | 4 | 8
  #numbers: Uint8Array | Uint16Array | Uint32Array
  #count = 0

  constructor(type: string) {
    this.type = type
    this.#width = /^(?:Bool|U?Int8)$/.test(type) ? 1 : type.endsWith('16') ? 2 : type.endsWith('32') ? 4 : 8
    this.#numbers = numbersOf(this.#width, 1 << 12)
  }

  get size(): number {
    return this.#count * this.#numbers.BYTES_PER_ELEMENT
  }

  put(value: number): void {
    if (this.#numbers.length - this.#count < 2) {
      const larger = numbersOf(this.#width, this.#numbers.length * 2)
      larger.set(this.#numbers)
      this.#numbers = larger
    }
    if (this.#width === 8) {
      // The lower half, and the upper one; both are cut to 32 bits as they are put.
      this.#numbers[this.#count] = value % 0x1_0000_0000
      this.#numbers[this.#count + 1] = Math.floor(value / 0x1_0000_0000)
      this.#count += 2
    } else {
      this.#numbers[this.#count] = value
      this.#count += 1
    }
  }

  parts(): readonly Uint8Array[] {
    return [new Uint8Array(this.#numbers.buffer, 0, this.size)]
  }

  clear(): void {
    this.#count = 0
  }
}

/** Room for numbers; those of eight bytes are two halves. */
function numbersOf(width: 1 | 2 | 4 | 8, count: number): Uint8Array | Uint16Array | Uint32Array {
  return width === 1 ? new Uint8Array(count) : width === 2 ? new Uint16Array(count) : new Uint32Array(count)
}

/** Texts of which many are the same: each once, and for every row which one. */
export class WordColumn implements NativeColumn {
  readonly type = 'LowCardinality(String)'
  readonly #known = new Map<string, number>()
  readonly #words = new TextColumn()
  #rows = new Uint32Array(1 << 12)
  #count = 0

  get size(): number {
    return this.#words.size + this.#count * 4
  }

  /** The number of a word, which `putAll` takes. It holds until the block is cleared. */
  wordOf(text: string): number {
    const known = this.#known.get(text)
    if (known !== undefined) return known
    const word = this.#known.size
    this.#known.set(text, word)
    this.#words.put(text)
    return word
  }

  put(text: string): void {
    this.putWord(this.wordOf(text))
  }

  putWord(word: number): void {
    if (this.#rows.length === this.#count) this.#room(1)
    this.#rows[this.#count] = word
    this.#count += 1
  }

  putAll(words: Uint32Array): void {
    this.#room(words.length)
    this.#rows.set(words, this.#count)
    this.#count += words.length
  }

  #room(more: number): void {
    if (this.#rows.length - this.#count >= more) return
    const larger = new Uint32Array(this.#rows.length * 2 + more)
    larger.set(this.#rows.subarray(0, this.#count))
    this.#rows = larger
  }

  /** The version of the form, which stands before all other parts of the column it belongs to. */
  static readonly head: Uint8Array = longs([1])

  /** Without the head. Additional keys (0x200) that stand for the whole dictionary (0x400), numbers of four bytes (2). */
  body(): readonly Uint8Array[] {
    const rows = this.#rows.subarray(0, this.#count)
    return [
      longs([0x602, this.#known.size]),
      ...this.#words.parts(),
      longs([this.#count]),
      new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength),
    ]
  }

  parts(): readonly Uint8Array[] {
    return this.#count === 0 ? [] : [WordColumn.head, ...this.body()]
  }

  clear(): void {
    this.#known.clear()
    this.#words.clear()
    this.#count = 0
  }
}

/** Maps of texts; `keys` and `values` take what belongs to a row, `put` ends the row. */
export class MapColumn implements NativeColumn {
  readonly type = 'Map(LowCardinality(String), String)'
  readonly keys = new WordColumn()
  readonly values = new TextColumn()
  readonly #ends = new NumberColumn('UInt64')
  #pairs = 0

  get size(): number {
    return this.keys.size + this.values.size + this.#ends.size
  }

  put(pairs: number): void {
    this.#pairs += pairs
    this.#ends.put(this.#pairs)
  }

  parts(): readonly Uint8Array[] {
    const ends = this.#ends.parts()
    if (this.#ends.size === 0) return []
    return [WordColumn.head, ...ends, ...(this.#pairs === 0 ? [] : this.keys.body()), ...this.values.parts()]
  }

  clear(): void {
    this.keys.clear()
    this.values.clear()
    this.#ends.clear()
    this.#pairs = 0
  }
}

/** Rows as ClickHouse's Native format writes them, and what it takes to read them. */
export interface NativeRows {
  readonly columns: Readonly<Record<string, string>>
  readonly rows: number
  /** One after the other; they stand in the columns' own memory. */
  readonly parts: readonly Uint8Array[]
}

/** The block of some columns with `rows` values each. It holds until a column is changed. */
export function nativeRows(columns: Readonly<Record<string, NativeColumn>>, rows: number): NativeRows {
  const named = Object.entries(columns)
  const parts: Uint8Array[] = [lengthBytes(named.length), lengthBytes(rows)]
  for (const [name, column] of named) {
    for (const text of [name, column.type]) parts.push(lengthBytes(Buffer.byteLength(text)), Buffer.from(text))
    parts.push(...column.parts())
  }
  return {
    columns: Object.fromEntries(named.map(([name, column]) => [name, column.type])),
    rows,
    parts,
  }
}

function lengthBytes(value: number): Uint8Array {
  const bytes: number[] = []
  let rest = value
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80)
  return Uint8Array.from([...bytes, rest])
}

function longs(values: readonly number[]): Uint8Array {
  const bytes = Buffer.alloc(values.length * 8)
  for (const [at, value] of values.entries()) bytes.writeBigUInt64LE(BigInt(value), at * 8)
  return bytes
}
