import { limits } from '../../base/index.ts'
import type { RecordRow, RowLayout, Stretch } from '../row.ts'
import type { ChunkBytes } from './chunk-bytes.ts'
import { valueText, valueType } from './value.ts'

/** A record of a Windows event log by the places of its values; see `EvtxRecord` for names and numbers. */
export interface EvtxRow extends RecordRow {
  readonly kind: 'evtx-row'
  readonly n: number
  readonly recordId: string
  readonly offset: number
}

/** Where the text of a field comes from. */
export type Slot =
  | { readonly kind: 'value'; readonly instance: number; readonly index: number }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'pieces'; readonly pieces: readonly Slot[] }
  /** Values of one name: those that are not empty, one per line. */
  | { readonly kind: 'lines'; readonly slots: readonly Slot[] }

/** The fields of the records of one template (and of those inside it). */
export interface RowPlan {
  readonly layout: RowLayout
  readonly slots: readonly Slot[]
}

/** Places of the values of the records of a chunk, and which of them belong to which template instance. */
export class Row implements EvtxRow {
  readonly kind = 'evtx-row'
  readonly writing = 'text'
  readonly n: number
  readonly recordId: string
  readonly offset: number
  readonly #plan: RowPlan
  readonly #bytes: ChunkBytes
  readonly #values: readonly Values[]
  readonly #from: number
  readonly #to: number
  readonly #searchable: boolean

  constructor(options: {
    readonly n: number
    readonly recordId: string
    readonly offset: number
    readonly plan: RowPlan
    readonly bytes: ChunkBytes
    readonly values: readonly Values[]
    readonly from: number
    readonly to: number
    readonly searchable: boolean
  }) {
    this.n = options.n
    this.recordId = options.recordId
    this.offset = options.offset
    this.#plan = options.plan
    this.#bytes = options.bytes
    this.#values = options.values
    this.#from = options.from
    this.#to = options.to
    this.#searchable = options.searchable
  }

  get layout(): RowLayout {
    return this.#plan.layout
  }

  raw(at: number): string {
    return this.text(at)
  }

  text(at: number): string {
    const slot = this.#plan.slots[at]
    const text = slot === undefined ? '' : this.#slotText(slot)
    return text.length > limits.fieldChars ? text.slice(0, limits.fieldChars).toWellFormed() : text
  }

  isString(): boolean {
    return true
  }

  mostUtf8(at: number): number {
    const slot = this.#plan.slots[at]
    const values = slot?.kind === 'value' ? this.#values[slot.instance] : undefined
    // Two bytes of UTF-16 make three of UTF-8 at most.
    return slot?.kind === 'value' && values?.type(slot.index) === valueType.string
      ? Math.min(values.size(slot.index) * 1.5, limits.fieldChars * 3)
      : this.text(at).length * 3
  }

  writeUtf8(at: number, into: Buffer, put: number): number {
    const slot = this.#plan.slots[at]
    const values = slot?.kind === 'value' ? this.#values[slot.instance] : undefined
    if (slot?.kind !== 'value' || values?.type(slot.index) !== valueType.string) return put + into.write(this.text(at), put)
    const { bytes } = this.#bytes
    const from = values.at(slot.index)
    const to = from + Math.min(values.size(slot.index) & ~1, limits.fieldChars * 2)
    let end = put
    for (let place = from; place < to; place += 2) {
      const low = bytes[place] as number
      // Anything but plain ASCII is decoded with care.
      if (low === 0 || low >= 0x80 || bytes[place + 1] !== 0) return put + into.write(this.text(at), put)
      into[end] = low
      end += 1
    }
    return end
  }

  isRaw(at: number, raw: string): boolean {
    const slot = this.#plan.slots[at]
    if (slot?.kind !== 'value') return this.text(at) === raw
    const values = this.#values[slot.instance]
    if (values === undefined || values.type(slot.index) !== valueType.string) return this.text(at) === raw
    const size = values.size(slot.index) & ~1
    const { bytes } = this.#bytes
    const from = values.at(slot.index)
    if (size < raw.length * 2) return false
    for (let i = 0; i < raw.length; i += 1) {
      const place = from + i * 2
      if (((bytes[place] as number) | ((bytes[place + 1] as number) << 8)) !== raw.charCodeAt(i)) return false
    }
    for (let place = from + raw.length * 2; place < from + size; place += 1) if (bytes[place] !== 0) return false
    return true
  }

  written(): readonly Stretch[] | undefined {
    if (!this.#searchable) return undefined
    const { bytes } = this.#bytes
    // Texts are UTF-16 and may begin at an odd place.
    const even = wholeUnits(bytes, this.#from, this.#to)
    const odd = wholeUnits(bytes, this.#from + 1, this.#to)
    // Read at the wrong place, other bytes may look like those two characters: the values themselves tell.
    if (
      (foldsToAscii.test(even) || foldsToAscii.test(odd)) &&
      this.#plan.slots.some((slot) => foldsToAscii.test(this.#slotText(slot)))
    )
      return undefined
    return [
      { text: even, from: 0, to: even.length },
      { text: odd, from: 0, to: odd.length },
    ]
  }

  stretch(): Stretch | undefined {
    return undefined
  }

  #slotText(slot: Slot): string {
    switch (slot.kind) {
      case 'text':
        return slot.text
      case 'value': {
        const values = this.#values[slot.instance] as Values
        const type = values.type(slot.index)
        if (type === valueType.null) return ''
        const text = valueText(this.#bytes, { type, at: values.at(slot.index), size: values.size(slot.index) })
        return text.isWellFormed() ? text : text.toWellFormed()
      }
      case 'pieces':
        return slot.pieces.map((one) => this.#slotText(one)).join('')
      case 'lines':
        return slot.slots
          .map((one) => this.#slotText(one))
          .filter((one) => one !== '')
          .join('\n')
    }
  }
}

/** Kelvin sign and long s are the same as a letter of ASCII but for case. */
const foldsToAscii = /[\u212a\u017f]/

/** The substitution array of one template instance. */
export class Values {
  readonly count: number
  readonly #bytes: Buffer
  readonly #table: number
  readonly #places: Int32Array
  readonly #first: number

  constructor(options: {
    readonly bytes: Buffer
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
    return index < this.count ? (this.#bytes[this.#table + index * 4 + 2] as number) : valueType.null
  }

  size(index: number): number {
    const at = this.#table + index * 4
    return index < this.count ? (this.#bytes[at] as number) | ((this.#bytes[at + 1] as number) << 8) : 0
  }

  at(index: number): number {
    return index < this.count ? (this.#places[this.#first + index] as number) : 0
  }
}

/**
 * UTF-16 text of whole units. A stretch of an odd number of bytes at an odd place must not reach `toString`: Node 20 and 24
 * then write one byte past the memory they took.
 */
function wholeUnits(bytes: Buffer, from: number, to: number): string {
  return bytes.toString('utf16le', from, to - ((to - from) & 1))
}
