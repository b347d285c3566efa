import { limits } from '../../base/index.ts'
import { agreeing } from '../agreeing.ts'
import type { RowLayout } from '../row.ts'
import type { Block } from './block.ts'
import { valueEnd, type Layouts } from './layout.ts'
import { perValue, Precedent, type Edge, type LayoutNode } from './precedent.ts'

/** The layout of a record, and where in a table its values are noted (`perValue` numbers each). */
interface RowPlace {
  readonly layout: RowLayout
  readonly table: Int32Array
  readonly first: number
}

/** Finds the values of records whose layout was met before: most of a record's bytes are those of the last one of its layout. */
export class RowFinder {
  readonly #layouts: Layouts
  /** Rows hold on to it: when it is full another one is begun. */
  #table = new Int32Array(tableSize)
  #used = 0
  /** Layouts of the records found since the last release. */
  readonly #touched = new Set<Precedent>()

  constructor(layouts: Layouts) {
    this.#layouts = layouts
  }

  /** Keeps nothing of the blocks but copies of a few records. */
  release(): void {
    for (const one of this.#touched) one.detach(this.#layouts.kept)
    this.#touched.clear()
  }

  /** A record that follows a layout met before; undefined when it does not. */
  find(block: Block, from: number, to: number): RowPlace | undefined {
    const precedent = this.#compared(block, from, to) ?? this.#walked(block, from, to)
    if (precedent === undefined) return undefined
    const first = this.#used
    this.#used = first + precedent.values.length
    precedent.take(block.view, { from, to }, this.#table, first)
    this.#touched.add(precedent)
    return { layout: precedent.layout, table: this.#table, first }
  }

  /** Notes the values of a record by comparing it with the last one of its layout; undefined when that does not work out. */
  #compared(block: Block, from: number, to: number): Precedent | undefined {
    let precedent = this.#layouts.root.recent
    // A text between values that another layout has leads to the last record of that one.
    for (let tried = 0; precedent !== undefined && tried < precedentsTried; tried += 1) {
      const agreed = precedent.isHeld ? this.#against(precedent, block, from, to) : -1
      if (agreed < 0) return undefined
      const { nodes } = precedent
      if (agreed === nodes.length) {
        if (tried > 0) for (const node of nodes) node.recent = precedent
        return precedent
      }
      const before = agreed === 0 ? from : endOf(block.text, this.#table, this.#used + (agreed - 1) * perValue)
      precedent = follow(nodes[agreed] as LayoutNode, block.text, before, to)?.recent
    }
    return undefined
  }

  /** How many of the precedent's nodes the record reaches, with the values up to there noted; -1 for a value that the careful way must read. */
  #against(precedent: Precedent, block: Block, from: number, to: number): number {
    const { view, values } = precedent
    const { text } = block
    if (this.#used + values.length > this.#table.length) this.#renew(this.#used)
    const table = this.#table
    const version = (precedent.serial += 1)
    let put = this.#used
    let at = from
    let there = precedent.from
    let next = 0
    for (;;) {
      const same = agreeing(block.view, at, view, there, Math.min(to - at, precedent.to - there))
      at += same
      there += same
      const shift = at - there
      for (; next < values.length; next += perValue) {
        const end = values[next + 1] as number
        // A number is whole only when what follows it is the same, too.
        if (end >= there) break
        table[put] = (values[next] as number) + shift
        table[put + 1] = end + shift
        table[put + 2] = values[next + 2] as number
        put += perValue
      }
      if (next === values.length) return at === to && there === precedent.to ? precedent.nodes.length : next / perValue
      const start = values[next] as number
      const quoted = isQuoted(view, start, values[next + 1] as number) ? 1 : 0
      if (there < start - quoted) return next / perValue
      at = start - quoted + shift
      there = (values[next + 1] as number) + quoted
      const end = valueEnd(text, at)
      if (end < 0 || end >= to || end - at > limits.fieldChars) return -1
      const quote = text.charCodeAt(at) === 0x22 ? 1 : 0
      table[put] = at + quote
      table[put + 1] = end - quote
      table[put + 2] = version
      put += perValue
      next += perValue
      at = end
    }
  }

  /** Notes the values of a record by the texts between them. */
  #walked(block: Block, from: number, to: number): Precedent | undefined {
    const { text } = block
    let node: LayoutNode = this.#layouts.root
    const nodes = [node]
    let at = from
    let used = this.#used
    for (;;) {
      const next: LayoutNode | undefined = follow(node, text, at, to)
      if (next === undefined) return undefined
      at += followed
      node = next
      nodes.push(node)
      if (at === to && node.layout !== undefined) break
      if (at >= to) return undefined
      const end = valueEnd(text, at)
      if (end < 0 || end >= to || end - at > limits.fieldChars) return undefined
      if (used + perValue > this.#table.length) {
        const begun = used - this.#used
        this.#renew(used)
        used = begun
      }
      const quoted = text.charCodeAt(at) === 0x22 ? 1 : 0
      this.#table[used] = at + quoted
      this.#table[used + 1] = end - quoted
      used += perValue
      at = end
    }
    const precedent = (node.precedent ??= new Precedent(node.layout, nodes))
    const version = (precedent.serial += 1)
    for (let i = this.#used; i < used; i += perValue) this.#table[i + 2] = version
    for (const each of nodes) each.recent = precedent
    return precedent
  }

  /** Another table, with what is noted of the record being read. */
  #renew(used: number): void {
    const begun = this.#table.subarray(this.#used, used)
    this.#table = new Int32Array(tableSize)
    this.#table.set(begun)
    this.#used = 0
  }
}

/** Numbers of a table: room for many times the values that a record of a layout may have. */
const tableSize = 32 * 1024

/** Other layouts that a record is compared with before it is read by its own texts. */
const precedentsTried = 8

/** The place behind a value, its quote included. */
function endOf(text: string, table: Int32Array, at: number): number {
  const end = table[at + 1] as number
  return text.charCodeAt((table[at] as number) - 1) === 0x22 && text.charCodeAt(end) === 0x22 ? end + 1 : end
}

function isQuoted(view: DataView, from: number, to: number): boolean {
  return view.getUint8(from - 1) === 0x22 && view.getUint8(to) === 0x22
}

/** Characters of the edge that `follow` took last. */
let followed = 0

function follow(node: LayoutNode, block: string, at: number, to: number): LayoutNode | undefined {
  const { edges } = node
  for (let i = 0; i < edges.length; i += 1) {
    const edge = edges[i]
    if (edge !== undefined && block.startsWith(edge.text, at)) {
      if (at + edge.text.length > to) return undefined
      followed = edge.text.length
      if (i > 0 && !node.nested) {
        edges[i] = edges[0] as Edge
        edges[0] = edge
      }
      return edge.node
    }
  }
  return undefined
}
