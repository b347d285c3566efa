import type { RowLayout } from '../row.ts'

/** A state of reading: what may stand between the value before and the next one. */
export class LayoutNode {
  readonly edges: Edge[] = []
  layout: RowLayout | undefined
  /** Whether one edge's text begins with another's. */
  nested = false
  /** The last record of the layout that ends here, and of the layout met last of those that go through here. */
  precedent: Precedent | undefined
  recent: Precedent | undefined
}

/** Text between two values (`,"Image":`), and where it leads. After an edge without a name the record ends. */
export interface Edge {
  readonly text: string
  readonly node: LayoutNode
}

/** Numbers kept of a value: its first place and the one behind its last, without quotes, and its version. */
export const perValue = 3

/** Bytes of a record that are kept, and of all records kept; longer ones are read without a precedent. */
const longest = 64 * 1024
const mostKept = 64 * 1024 * 1024

/** What precedents have taken of the bytes they may take in all. */
export interface Kept {
  bytes: number
}

/** The last record of a layout. The next one is compared with it: most of its bytes stand in it unchanged. */
export class Precedent {
  readonly layout: RowLayout
  /** The root, the node before each value, and the one at the end. */
  readonly nodes: readonly LayoutNode[]
  /** By value: places in `view`, and the version. */
  readonly values: Int32Array
  view: DataView
  from = 0
  to = 0
  /** Records of the layout so far: a value's version is the number of the record that brought it. */
  serial = 0
  #own: Buffer | undefined

  constructor(layout: RowLayout, nodes: readonly LayoutNode[]) {
    this.layout = layout
    this.nodes = nodes
    this.values = new Int32Array(layout.names.length * perValue)
    this.view = nothing
  }

  get isHeld(): boolean {
    return this.to > 0
  }

  /** Takes the record whose values begin at `first` of a table. */
  take(view: DataView, record: { readonly from: number; readonly to: number }, table: Int32Array, first: number): void {
    this.view = view
    this.from = record.from
    this.to = record.to
    const { values } = this
    for (let i = 0; i < values.length; i += 1) values[i] = table[first + i] as number
  }

  /** Copies the record out of the bytes that were read, so that these can go. */
  detach(kept: Kept): void {
    const size = this.to - this.from
    if (this.#own === undefined || this.#own.length < size) {
      const room = size + (size >> 1)
      const more = room - (this.#own?.length ?? 0)
      if (size > longest || kept.bytes + more > mostKept) {
        this.view = nothing
        this.from = 0
        this.to = 0
        return
      }
      kept.bytes += more
      this.#own = Buffer.alloc(room)
    }
    const own = this.#own
    own.set(new Uint8Array(this.view.buffer, this.view.byteOffset + this.from, size))
    this.view = new DataView(own.buffer, own.byteOffset, own.length)
    const { values, from } = this
    for (let i = 0; i < values.length; i += perValue) {
      values[i] = (values[i] as number) - from
      values[i + 1] = (values[i + 1] as number) - from
    }
    this.from = 0
    this.to = size
  }
}

const nothing = new DataView(new ArrayBuffer(0))
