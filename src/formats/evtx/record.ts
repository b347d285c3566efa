import { limits } from '../../base/index.ts'
import { Malformed, type ChunkBytes } from './chunk-bytes.ts'
import { dataName, fieldName, planOf, sharedNames, type Context, type Op } from './plan.ts'
import { Names, parseFragment, type Element } from './template.ts'
import { valueText, valueType } from './value.ts'

/** What a record's text could not keep as it stood; each becomes a fault beside the record. */
export type Remark = 'ill-formed-text' | 'field-cut' | 'fields-cut'

/** A template of a chunk, with its steps for each place where it stood so far. */
class Template {
  readonly #elements: readonly Element[]
  readonly #plans = new Map<Context, readonly Op[]>()

  constructor(elements: readonly Element[]) {
    this.#elements = elements
  }

  plan(context: Context): readonly Op[] {
    let plan = this.#plans.get(context)
    if (plan === undefined) {
      plan = planOf(this.#elements, context)
      this.#plans.set(context, plan)
    }
    return plan
  }
}

interface Values {
  readonly type: number[]
  readonly at: number[]
  readonly size: number[]
}

const noValues: Values = { type: [], at: [], size: [] }

/** Steps one record may take: templates can refer to one value many times and nest, so the work is bounded, not only the bytes. */
const stepsPerRecord = 20_000
/** Characters one record may give. */
const charsPerRecord = 4 * 1024 * 1024
/** Bytes of template definitions of one chunk; honest ones do not overlap and so never exceed the chunk. */
const templateBytesPerChunk = 256 * 1024

/** Reads the records of one chunk: templates and names are compiled once and kept for the chunk. */
export class ChunkReader {
  readonly bytes: ChunkBytes
  readonly #names: Names
  readonly #strict: boolean
  readonly #templates = new Map<number, Template>()
  #templateBytes = 0
  #fields: Record<string, string> = {}
  #count = 0
  #steps = 0
  #chars = 0
  #remarks: Remark[] = []

  /** `strict`: a template must be the one that its instance names. */
  constructor(bytes: ChunkBytes, options: { readonly strict?: boolean } = {}) {
    this.bytes = bytes
    this.#strict = options.strict === true
    this.#names = new Names(bytes)
  }

  /** The fields of the BinXML between two offsets. Throws `Malformed`. */
  read(from: number, to: number): { readonly fields: Record<string, string>; readonly remarks: readonly Remark[] } {
    this.#fields = {}
    this.#count = 0
    this.#steps = 0
    this.#chars = 0
    this.#remarks = []
    this.#fragment({ from, to, context: 'root', depth: 0 })
    return { fields: this.#fields, remarks: this.#remarks }
  }

  #fragment({ from, to, context, depth }: { from: number; to: number; context: Context; depth: number }): void {
    if (depth > limits.depth) throw new Malformed('evtx-depth', `templates nest deeper than ${limits.depth}`)
    let at = from
    while (at < to && this.bytes.u8(at) === 0x0f) at += 4
    if (at >= to) return
    if (this.bytes.u8(at) === 0x0c) this.#instance({ at: at + 1, to, context, depth })
    else {
      this.#spend(to - at)
      const elements = parseFragment(this.bytes, this.#names, { from: at, to, dependencyIds: false })
      this.#run(planOf(elements, context), noValues, depth)
    }
  }

  /** A template instance: definition (here or elsewhere in the chunk), then the substitution array. */
  #instance({ at, to, context, depth }: { at: number; to: number; context: Context; depth: number }): void {
    const { bytes } = this
    const definition = bytes.u32(at + 5)
    let next = at + 9
    if (definition === next) next += 24 + bytes.u32(next + 20)
    // The first four bytes of a template's GUID.
    if (this.#strict && bytes.u32(at + 1) !== bytes.u32(definition + 4))
      throw new Malformed('evtx-template-other', 'another template stands where its own did')
    const template = this.template(definition)
    const count = bytes.u32(next)
    const table = next + 4
    if (count * 4 > to - table) throw new Malformed('evtx-values', 'the substitution array is longer than its record')
    const values: Values = { type: [], at: [], size: [] }
    let valueAt = table + count * 4
    for (let i = 0; i < count; i += 1) {
      const size = bytes.u16(table + i * 4)
      values.size.push(size)
      values.type.push(bytes.u8(table + i * 4 + 2))
      values.at.push(valueAt)
      valueAt += size
    }
    if (valueAt > to) throw new Malformed('evtx-values', 'the values reach past the end of their record')
    this.#run(template.plan(context), values, depth)
  }

  /** The template defined at an offset of the chunk. Throws `Malformed`. */
  template(offset: number): Template {
    const known = this.#templates.get(offset)
    if (known !== undefined) return known
    const size = this.bytes.u32(offset + 20)
    this.bytes.need(offset + 24, size)
    this.#templateBytes += size
    if (this.#templateBytes > templateBytesPerChunk) throw new Malformed('evtx-templates', 'the templates of this chunk overlap')
    const range = { from: offset + 24, to: offset + 24 + size, dependencyIds: true }
    const template = new Template(parseFragment(this.bytes, this.#names, range))
    this.#templates.set(offset, template)
    return template
  }

  #run(plan: readonly Op[], values: Values, depth: number): void {
    for (const op of plan) {
      this.#steps += 1
      if (this.#steps > stepsPerRecord) throw new Malformed('evtx-steps', 'the templates of this record expand without end')
      switch (op.kind) {
        case 'field':
          this.#field(op, values, depth)
          break
        case 'named': {
          const name = dataName(fieldName(this.#text(values, op.nameIndex)))
          this.#put(
            name,
            op.pieces.map((piece) => (piece.kind === 'text' ? piece.text : this.#text(values, piece.index))).join(''),
            true,
          )
          break
        }
        case 'nested':
          if (values.type[op.index] === valueType.binXml) this.#nested(values, op.index, op.inner, depth)
          break
      }
    }
  }

  #field(op: Extract<Op, { kind: 'field' }>, values: Values, depth: number): void {
    const [first] = op.pieces
    if (op.pieces.length === 1 && first?.kind === 'value') {
      const type = values.type[first.index]
      if (type === valueType.binXml) this.#nested(values, first.index, op.inner, depth)
      else if (type === undefined || type === valueType.null) {
        if (!op.attribute) this.#put(op.name, '', op.data)
      } else this.#put(op.name, this.#text(values, first.index), op.data)
      return
    }
    let text = ''
    for (const piece of op.pieces) {
      this.#steps += 1
      text += piece.kind === 'text' ? piece.text : this.#text(values, piece.index)
      if (text.length > charsPerRecord || this.#steps > stepsPerRecord)
        throw new Malformed('evtx-steps', 'a field of this record expands without end')
    }
    this.#put(op.name, text, op.data)
  }

  #nested(values: Values, index: number, context: Context, depth: number): void {
    const from = values.at[index] ?? 0
    this.#fragment({ from, to: from + (values.size[index] ?? 0), context, depth: depth + 1 })
  }

  #text(values: Values, index: number): string {
    const type = values.type[index]
    if (type === undefined || type === valueType.null || type === valueType.binXml) return ''
    this.#spend(values.size[index] ?? 0)
    return valueText(this.bytes, { type, at: values.at[index] ?? 0, size: values.size[index] ?? 0 })
  }

  /** Reading bytes again and again counts as steps too. */
  #spend(bytes: number): void {
    this.#steps += bytes >> 4
    if (this.#steps > stepsPerRecord) throw new Malformed('evtx-steps', 'the values of this record are used without end')
  }

  #put(name: string, value: string, data: boolean): void {
    let text = value
    this.#chars += text.length
    if (this.#chars > charsPerRecord) throw new Malformed('evtx-steps', 'the fields of this record expand without end')
    if (!text.isWellFormed()) {
      text = text.toWellFormed()
      this.#remark('ill-formed-text')
    }
    if (text.length > limits.fieldChars) {
      text = text.slice(0, limits.fieldChars).toWellFormed()
      this.#remark('field-cut')
    }
    const fields = this.#fields
    const before = fields[name]
    if (typeof before === 'string') {
      if (data && sharedNames.has(name) && !Object.hasOwn(fields, `System_${name}`)) fields[`System_${name}`] = before
      else if (text !== '' && before !== '') text = `${before}\n${text}`.slice(0, limits.fieldChars)
      else if (text === '') text = before
    } else if (++this.#count > limits.eventFields) {
      this.#remark('fields-cut')
      return
    }
    fields[name] = text
  }

  #remark(remark: Remark): void {
    if (!this.#remarks.includes(remark)) this.#remarks.push(remark)
  }
}
