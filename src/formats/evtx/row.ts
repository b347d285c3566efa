import { limits } from '../../base/index.ts'
import type { RecordRow, RowLayout, Stretch } from '../row.ts'
import type { ChunkBytes } from './chunk-bytes.ts'
import { isNumericType, valueText, valueType } from './value.ts'
import type { Values } from './values.ts'

/** A record of a Windows event log by the places of its values; see `EvtxRecord` for names and numbers. */
export interface EvtxRow extends RecordRow {
  readonly kind: 'evtx-row'
  readonly n: number
  readonly recordId: string
  readonly offset: number
  /** Whether a value surely is a time of the years 1991 to 2198. */
  isTime(at: number): boolean
}

/** Where the text of a field comes from. */
export type Slot =
  | { readonly kind: 'value'; readonly instance: number; readonly index: number }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'pieces'; readonly pieces: readonly Slot[] }
  /** Values of one name: those that are not empty, one per line. */
  | { readonly kind: 'lines'; readonly slots: readonly Slot[] }

/** `serial`: records of the layout so far; a value's version is the number of the record that brought it. */
export interface EvtxLayout extends RowLayout {
  serial: number
}

/** The fields of the records of one template (and of those inside it). */
export interface RowPlan {
  readonly layout: EvtxLayout
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
  readonly #versions: Int32Array
  readonly #first: number

  constructor(options: {
    readonly n: number
    readonly recordId: string
    readonly offset: number
    readonly plan: RowPlan
    readonly bytes: ChunkBytes
    readonly values: readonly Values[]
    readonly versions: Int32Array
    readonly first: number
  }) {
    this.n = options.n
    this.recordId = options.recordId
    this.offset = options.offset
    this.#plan = options.plan
    this.#bytes = options.bytes
    this.#values = options.values
    this.#versions = options.versions
    this.#first = options.first
  }

  /** Gives values their versions: those of the row before of the same kind where they are equal to its own. */
  takeVersions(before: Row | undefined): void {
    const { layout, slots } = this.#plan
    const version = (layout.serial += 1)
    for (let at = 0; at < slots.length; at += 1)
      this.#versions[this.#first + at] =
        before !== undefined && this.#isAsIn(before, slots[at] as Slot) ? before.version(at) : version
  }

  #isAsIn(before: Row, slot: Slot): boolean {
    switch (slot.kind) {
      case 'text':
        return true
      case 'value':
        return (this.#values[slot.instance] as Values).isAsIn(before.#values[slot.instance] as Values, slot.index)
      case 'pieces':
        return slot.pieces.every((one) => this.#isAsIn(before, one))
      case 'lines':
        return slot.slots.every((one) => this.#isAsIn(before, one))
    }
  }

  version(at: number): number {
    return this.#versions[this.#first + at] as number
  }

  changes(known: Int32Array, changed: Int32Array): number {
    const values = this.#plan.slots.length
    let count = 0
    for (let at = 0; at < values; at += 1) {
      const version = this.#versions[this.#first + at] as number
      if (known[at] === version) continue
      known[at] = version
      changed[count] = at
      count += 1
    }
    return count
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

  written(at: number): Stretch {
    const most = this.mostUtf8(at)
    if (most > written.length) {
      written = Buffer.alloc(most * 2)
      writtenView = viewOf(written)
    }
    return { bytes: writtenView, from: 0, to: this.writeUtf8(at, written, 0) }
  }

  isTime(at: number): boolean {
    const slot = this.#plan.slots[at]
    const values = slot?.kind === 'value' ? this.#values[slot.instance] : undefined
    return slot?.kind === 'value' && values?.isTime(slot.index) === true
  }

  isNumeric(at: number): boolean {
    const slot = this.#plan.slots[at]
    return slot?.kind === 'value' && isNumericType((this.#values[slot.instance] as Values).type(slot.index))
  }

  isAscii(at: number): boolean {
    const slot = this.#plan.slots[at]
    const values = slot?.kind === 'value' ? this.#values[slot.instance] : undefined
    return slot?.kind === 'value' && values?.isAscii(slot.index) === true
  }

  isPlain(at: number): boolean {
    return this.isAscii(at) || !foldsToAscii.test(this.text(at))
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

/** The value written last. */
let written = Buffer.alloc(65_536)
let writtenView = viewOf(written)

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
}

/** Kelvin sign and long s are the same as a letter of ASCII but for case. */
const foldsToAscii = /[\u212a\u017f]/
