import { agreeing } from '../agreeing.ts'
import type { ChunkBytes } from './chunk-bytes.ts'
import { valueType } from './value.ts'

/** The substitution array of one template instance. */
export class Values {
  readonly count: number
  readonly #bytes: ChunkBytes
  readonly #table: number
  readonly #places: Int32Array
  readonly #first: number

  constructor(options: {
    readonly bytes: ChunkBytes
    readonly table: number
    readonly count: number
    readonly places: Int32Array
    readonly first: number
  }) {
    this.#bytes = options.bytes
    this.#table = options.table
    this.count = options.count
    this.#places = options.places
    this.#first = options.first
  }

  /** Type of a value; null for one that the array does not have. */
  type(index: number): number {
    return index < this.count ? (this.#bytes.bytes[this.#table + index * 4 + 2] as number) : valueType.null
  }

  size(index: number): number {
    const at = this.#table + index * 4
    return index < this.count ? (this.#bytes.bytes[at] as number) | ((this.#bytes.bytes[at + 1] as number) << 8) : 0
  }

  at(index: number): number {
    return index < this.count ? (this.#places[this.#first + index] as number) : 0
  }

  /** Whether a value is the same, byte by byte and by its type, as another record's; both in one chunk. */
  isAsIn(other: Values, index: number): boolean {
    if (this.type(index) !== other.type(index)) return false
    const size = this.size(index)
    if (size !== other.size(index)) return false
    const { view } = this.#bytes
    return agreeing(view, this.at(index), view, other.at(index), size) === size
  }

  /** Whether a value is a FILETIME of the years 1991 to 2198. */
  isTime(index: number): boolean {
    if (this.type(index) !== 0x11 || this.size(index) !== 8) return false
    const high = this.#bytes.view.getUint32(this.at(index) + 4, true)
    return high >= firstTime && high < endOfTimes
  }

  /** Whether a value is a text of ASCII. */
  isAscii(index: number): boolean {
    if (this.type(index) !== valueType.string) return false
    const { view } = this.#bytes
    let at = this.at(index)
    const end = at + (this.size(index) & ~1)
    for (; at + 4 <= end; at += 4) if ((view.getInt32(at) & 0x80ff80ff) !== 0) return false
    return at === end || (view.getUint16(at) & 0x80ff) === 0
  }
}

/** The upper halves of FILETIMEs (100 ns since 1601): 1991-01-01, and 2199-01-01. */
const firstTime = highHalf(390)
const endOfTimes = highHalf(598)

function highHalf(years: number): number {
  return Math.floor((years * 365.2425 * 86_400 * 1e7) / 2 ** 32)
}
