import { limits } from '../../base/index.ts'
import type { ChunkBytes } from './chunk-bytes.ts'
import { sharedNames, type Context, type Op } from './plan.ts'
import { Row, type EvtxLayout, type RowPlan, type Slot } from './row.ts'
import { valueType } from './value.ts'
import { Values } from './values.ts'

/** A template as the reader of whole records keeps it. */
export interface PlannedTemplate {
  /** Steps for the template where it stands. */
  plan(context: Context): readonly Op[]
}

/** Template instances of one record that a row may have. */
const instancesMost = 4
/** Values of one record that a row may have. */
const valuesMost = 512

/** Least size of a value by its type; types that are not here are left to the reader of whole records. */
const leastSize = new Map<number, number>([
  [0x00, 0],
  [0x01, 0],
  [0x03, 1],
  [0x04, 1],
  [0x05, 2],
  [0x06, 2],
  [0x07, 4],
  [0x08, 4],
  [0x09, 8],
  [0x0a, 8],
  [0x0d, 4],
  [0x0e, 0],
  [0x0f, 16],
  [0x10, 4],
  [0x11, 8],
  [0x12, 16],
  [0x13, 8],
  [0x14, 4],
  [0x15, 8],
  [0x21, 0],
  [0x81, 0],
])
const leastByType = Int32Array.from({ length: 256 }, (_, type) => leastSize.get(type) ?? -1)

interface Entry {
  readonly classes: Uint8Array
  readonly instances: readonly PlannedTemplate[]
  /** Undefined: records of this kind are no rows. */
  readonly plan: RowPlan | undefined
  /** The last row of this kind. */
  last?: Row
}

/** Layouts by their names, shared by the chunks of a file so that what is known of a layout is found out once. */
export class EvtxLayouts {
  readonly #byNames = new Map<string, EvtxLayout>()

  of(names: readonly string[], fixed: readonly string[]): EvtxLayout {
    const key = JSON.stringify([names, fixed])
    const known = this.#byNames.get(key)
    if (known !== undefined) return known
    const layout: EvtxLayout = { names, fixed, serial: 0 }
    if (this.#byNames.size < 10_000) this.#byNames.set(key, layout)
    return layout
  }
}

/** What finding a template at an offset of the chunk gives. */
export type TemplateAt = (offset: number) => PlannedTemplate

/** Finds the places of the values of a chunk's records. */
export class RowReader {
  readonly #bytes: ChunkBytes
  readonly #template: TemplateAt
  readonly #layouts: EvtxLayouts
  readonly #plans = new Map<PlannedTemplate, Entry[]>()
  #places = new Int32Array(8_192)
  #used = 0
  readonly #classes = new Uint8Array(valuesMost)
  #versions = new Int32Array(4_096)
  #versionsUsed = 0

  constructor(bytes: ChunkBytes, template: TemplateAt, layouts: EvtxLayouts) {
    this.#bytes = bytes
    this.#template = template
    this.#layouts = layouts
  }

  /** The row of the record whose BinXML stands between two offsets; undefined when it has to be read whole. May throw `Malformed`, as reading it whole then does. */
  row(
    head: { readonly n: number; readonly recordId: string; readonly offset: number },
    from: number,
    to: number,
  ): Row | undefined {
    const instances: PlannedTemplate[] = []
    const values: Values[] = []
    let classCount = 0
    const first = this.#used
    const take = (start: number, end: number): boolean => {
      const { bytes } = this.#bytes
      let at = start
      while (at < end && bytes[at] === 0x0f) at += 4
      if (at >= end || bytes[at] !== 0x0c || instances.length >= instancesMost) return false
      const definition = this.#bytes.u32(at + 6)
      let next = at + 10
      if (definition === next) next += 24 + this.#bytes.u32(next + 20)
      const template = this.#template(definition)
      const count = this.#bytes.u32(next)
      const table = next + 4
      if (count > valuesMost - classCount || count * 4 > end - table) return false
      if (this.#used + count > this.#places.length) {
        const larger = new Int32Array(this.#places.length * 2 + count)
        larger.set(this.#places)
        this.#places = larger
      }
      const base = this.#used
      this.#used += count
      let valueAt = table + count * 4
      const inner: number[] = []
      for (let i = 0; i < count; i += 1) {
        const place = table + i * 4
        const size = (bytes[place] as number) | ((bytes[place + 1] as number) << 8)
        const type = bytes[place + 2] as number
        const least = leastByType[type] as number
        if (least < 0 || (size > 0 && size < least)) return false
        if (type === 0x13 && size > 0 && 8 + (bytes[valueAt + 1] as number) * 4 > size) return false
        this.#places[base + i] = valueAt
        this.#classes[classCount + i] = type === valueType.null ? 0 : type === valueType.binXml ? 1 : 2
        if (type === valueType.binXml) inner.push(i)
        valueAt += size
      }
      if (valueAt > end) return false
      instances.push(template)
      const own = new Values({ bytes: this.#bytes, table, count, places: this.#places, first: base })
      values.push(own)
      classCount += count
      for (const i of inner) if (!take(own.at(i), own.at(i) + own.size(i))) return false
      return true
    }
    if (!take(from, to)) {
      this.#used = first
      return undefined
    }
    const entry = this.#entry(instances, values, classCount)
    if (entry.plan === undefined) {
      this.#used = first
      return undefined
    }
    const { plan } = entry
    const row = new Row({ ...head, plan, bytes: this.#bytes, values, ...this.#room(plan.slots.length) })
    row.takeVersions(entry.last)
    entry.last = row
    return row
  }

  /** Room for the versions of a row's values. */
  #room(count: number): { readonly versions: Int32Array; readonly first: number } {
    if (this.#versionsUsed + count > this.#versions.length) {
      this.#versions = new Int32Array(Math.max(4_096, count))
      this.#versionsUsed = 0
    }
    const first = this.#versionsUsed
    this.#versionsUsed += count
    return { versions: this.#versions, first }
  }

  #entry(instances: readonly PlannedTemplate[], values: readonly Values[], count: number): Entry {
    const [top] = instances as [PlannedTemplate]
    let entries = this.#plans.get(top)
    if (entries === undefined) this.#plans.set(top, (entries = []))
    const found = entries.find((one) => {
      if (one.classes.length !== count || one.instances.length !== instances.length) return false
      for (let i = 1; i < instances.length; i += 1) if (one.instances[i] !== instances[i]) return false
      for (let i = 0; i < count; i += 1) if (one.classes[i] !== this.#classes[i]) return false
      return true
    })
    if (found !== undefined) return found
    const entry = { classes: this.#classes.slice(0, count), instances, plan: this.#planOf(instances, values) }
    if (entries.length < 64) entries.push(entry)
    return entry
  }

  #planOf(instances: readonly PlannedTemplate[], values: readonly Values[]): RowPlan | undefined {
    const fields = new Map<string, Slot[]>()
    // Instances stand in the order in which their values are met: depth first, by index.
    let next = 1
    const instanceOf = new Map<string, number>()
    const number = (own: number): void => {
      const set = values[own] as Values
      for (let i = 0; i < set.count; i += 1)
        if (set.type(i) === valueType.binXml) {
          instanceOf.set(`${own}.${i}`, next)
          const inner = next
          next += 1
          number(inner)
        }
    }
    number(0)
    const put = (name: string, slot: Slot, data: boolean): true => {
      const before = fields.get(name)
      if (before === undefined) fields.set(name, [slot])
      else if (data && sharedNames.has(name) && !fields.has(`System_${name}`)) {
        fields.set(`System_${name}`, before)
        fields.set(name, [slot])
      } else before.push(slot)
      return true
    }
    const run = (own: number, context: Context): boolean =>
      (instances[own] as PlannedTemplate).plan(context).every((op) => {
        switch (op.kind) {
          case 'named':
            return false
          case 'nested': {
            const inner = instanceOf.get(`${own}.${op.index}`)
            return inner === undefined || run(inner, op.inner)
          }
          case 'field': {
            const [first] = op.pieces
            if (op.pieces.length === 1 && first?.kind === 'value') {
              const type = (values[own] as Values).type(first.index)
              const inner = instanceOf.get(`${own}.${first.index}`)
              if (inner !== undefined) return run(inner, op.inner)
              if (type === valueType.null) return op.attribute || put(op.name, { kind: 'text', text: '' }, op.data)
              return put(op.name, { kind: 'value', instance: own, index: first.index }, op.data)
            }
            const pieces = op.pieces.map((piece): Slot =>
              piece.kind === 'text'
                ? { kind: 'text', text: piece.text }
                : instanceOf.has(`${own}.${piece.index}`)
                  ? { kind: 'text', text: '' }
                  : { kind: 'value', instance: own, index: piece.index },
            )
            return put(op.name, pieces.length === 1 ? (pieces[0] as Slot) : { kind: 'pieces', pieces }, op.data)
          }
        }
      })
    if (!run(0, 'root') || fields.size > limits.eventFields) return undefined
    const names = [...fields.keys()]
    const slots = [...fields.values()].map((own): Slot => (own.length === 1 ? (own[0] as Slot) : { kind: 'lines', slots: own }))
    const fixed = slots.flatMap(textsOf)
    return { layout: this.#layouts.of(names, fixed), slots }
  }
}

function textsOf(slot: Slot): string[] {
  if (slot.kind === 'text') return slot.text === '' ? [] : [slot.text]
  return slot.kind === 'pieces' ? slot.pieces.flatMap(textsOf) : slot.kind === 'lines' ? slot.slots.flatMap(textsOf) : []
}
