import { isUtf8 } from 'node:buffer'
import { limits, type Batch, type ByteSource, type Fault, type Watch } from '../../base/index.ts'
import { statedEncoding } from '../lines/utf8.ts'
import { lineOf, longLine } from '../lines/lines.ts'
import { Block, Row, type JsonRow } from './json-row.ts'
import { objectOf, onePerLine, readJson, type JsonRecord } from './jsonl.ts'
import type { LogPart } from '../row.ts'
import { RowMemory } from '../row-memory.ts'
import { valueEnd, type Edge, type LayoutNode, type Layouts } from './layout.ts'

/**
 * As `readJson`, for files with one object a line; records whose layout was met before are given as rows. A file of
 * another form gives records alone.
 */
export async function* readJsonRows(
  source: ByteSource,
  options: {
    readonly watch?: Watch
    readonly part?: LogPart
    /** Layouts of earlier logs; those of this one are added. */
    readonly memory?: RowMemory
    readonly counted?: (counts: { readonly lines: number; readonly records: number }) => void
  } = {},
): AsyncGenerator<Batch<JsonRecord | JsonRow>> {
  const { part } = options
  const encoding = statedEncoding(await source.slice(0, 3))
  if (encoding === 'utf-16le' || encoding === 'utf-16be' || !(await onePerLine(source))) {
    yield* readJson(source, options)
    return
  }
  const mark = encoding === undefined ? 0 : 3
  const from = Math.max(part?.from ?? 0, mark)
  const reader = new RowReader(source, from - mark, (options.memory ?? new RowMemory()).json)
  let done = from
  for await (const bytes of stretch(source, from, part?.to ?? source.size)) {
    options.watch?.signal?.throwIfAborted()
    yield reader.feed(bytes)
    done += bytes.length
    options.watch?.report?.({ step: `reading ${source.name}`, done, total: source.size, unit: 'bytes' })
  }
  const rest = reader.end()
  if (rest.records.length > 0 || rest.faults.length > 0) yield rest
  options.counted?.(reader.counts)
}

async function* stretch(source: ByteSource, from: number, to: number): AsyncGenerator<Buffer> {
  let left = to - from
  if (left <= 0) return
  for await (const chunk of source.stream(from)) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, Math.min(left, chunk.byteLength))
    yield bytes
    left -= bytes.length
    if (left <= 0) return
  }
}

const newline = 10
/** Bytes made into text at once: texts of this size are cheap to make and to forget. */
const piece = 64 * 1024

class RowReader {
  readonly #source: ByteSource
  readonly #layouts: Layouts
  #pending: Buffer[] = []
  #pendingBytes = 0
  #dropping = false
  #line = 1
  #n = 0
  #offset: number
  #lineStart: number
  #bounds = new Int32Array(0)
  #used = 0

  /** `offset`: of the first byte fed; offsets count from behind a byte-order mark. */
  constructor(source: ByteSource, offset: number, layouts: Layouts) {
    this.#source = source
    this.#layouts = layouts
    this.#offset = offset
    this.#lineStart = offset
  }

  /** Lines ended and records met so far. */
  get counts(): { readonly lines: number; readonly records: number } {
    return { lines: this.#line - 1, records: this.#n }
  }

  feed(bytes: Buffer): Batch<JsonRecord | JsonRow> {
    const records: (JsonRecord | JsonRow)[] = []
    const faults: Fault[] = []
    const last = bytes.lastIndexOf(newline)
    if (last < 0) {
      this.#keep(bytes)
    } else {
      let from = 0
      if (this.#pendingBytes > 0 || this.#dropping) {
        from = bytes.indexOf(newline) + 1
        if (this.#dropping || this.#pendingBytes + from - 1 > limits.lineBytes) {
          faults.push(longLine(this.#source, this.#line, this.#lineStart, limits.lineBytes))
          this.#line += 1
        } else this.#lines(Buffer.concat([...this.#pending, bytes.subarray(0, from)]), records, faults)
        this.#pending = []
        this.#pendingBytes = 0
        this.#dropping = false
      }
      while (from <= last) {
        const end = bytes.lastIndexOf(newline, Math.min(last, from + piece))
        const to = end < from ? bytes.indexOf(newline, from) : end
        this.#lineStart = this.#offset + from
        this.#lines(bytes.subarray(from, to + 1), records, faults)
        from = to + 1
      }
      this.#lineStart = this.#offset + last + 1
      if (last + 1 < bytes.length) this.#keep(bytes.subarray(last + 1))
    }
    this.#offset += bytes.length
    return { records, faults }
  }

  end(): Batch<JsonRecord | JsonRow> {
    const records: (JsonRecord | JsonRow)[] = []
    const faults: Fault[] = []
    if (this.#dropping) faults.push(longLine(this.#source, this.#line, this.#lineStart, limits.lineBytes))
    else if (this.#pendingBytes > 0) this.#lines(Buffer.concat([...this.#pending, Buffer.from('\n')]), records, faults)
    return { records, faults }
  }

  #keep(bytes: Buffer): void {
    this.#pendingBytes += bytes.length
    if (this.#pendingBytes > limits.lineBytes) {
      this.#dropping = true
      this.#pending = []
    } else this.#pending.push(Buffer.from(bytes))
  }

  /** Whole lines, the last with its line end; the first begins at `#lineStart`. */
  #lines(bytes: Buffer, records: (JsonRecord | JsonRow)[], faults: Fault[]): void {
    const block = new Block(bytes)
    const { text } = block
    const clean = isUtf8(bytes)
    this.#bounds = new Int32Array(Math.max(1024, text.length >> 5))
    this.#used = 0
    const start = this.#lineStart
    for (let from = 0; from < text.length;) {
      const end = text.indexOf('\n', from)
      const to = end > from && text.charCodeAt(end - 1) === 13 ? end - 1 : end
      const line = this.#line
      this.#line += 1
      const row = clean && to > from ? this.#row(block, from, to, line) : undefined
      if (row !== undefined) {
        this.#n += 1
        records.push(row)
      } else if (to > from) {
        this.#careful({ bytes, block: text, from, to, line, offset: start + from, clean }, records, faults)
      }
      from = end + 1
    }
  }

  /** A record that follows a layout met before; undefined when it does not. */
  #row(whole: Block, from: number, to: number, line: number): Row | undefined {
    const block = whole.text
    let node: LayoutNode = this.#layouts.root
    let at = from
    const first = this.#used
    let used = first
    for (;;) {
      const next: LayoutNode | undefined = follow(node, block, at, to)
      if (next === undefined) return undefined
      at += followed
      node = next
      if (at === to && node.layout !== undefined) break
      if (at >= to) return undefined
      const end = valueEnd(block, at)
      if (end < 0 || end >= to || end - at > limits.fieldChars) return undefined
      if (used + 2 > this.#bounds.length) this.#grow(used)
      const quoted = block.charCodeAt(at) === 0x22 ? 1 : 0
      this.#bounds[used] = at + quoted
      this.#bounds[used + 1] = end - quoted
      used += 2
      at = end
    }
    this.#used = used
    return new Row({ n: this.#n + 1, line, layout: node.layout, block: whole, bounds: this.#bounds, first, from, to })
  }

  /** Rows given out keep the places they have; those of the record being read move to a larger table. */
  #grow(used: number): void {
    const larger = new Int32Array(this.#bounds.length * 2)
    larger.set(this.#bounds.subarray(0, used))
    this.#bounds = larger
  }

  #careful(
    at: {
      readonly bytes: Buffer
      readonly block: string
      readonly from: number
      readonly to: number
      readonly line: number
      readonly offset: number
      readonly clean: boolean
    },
    records: (JsonRecord | JsonRow)[],
    faults: Fault[],
  ): void {
    const { text } = lineOf(this.#source, { line: at.bytes.subarray(at.from, at.to), n: at.line, from: at.offset }, faults)
    if (text.trim() === '') return
    this.#n += 1
    const before = faults.length
    const value = objectOf(text, { file: this.#source.name, line: at.line, record: this.#n }, faults)
    if (value === undefined) return
    records.push({ n: this.#n, line: at.line, unit: 'line', value })
    if (at.clean && faults.length === before) this.#layouts.learn(at.block.slice(at.from, at.to))
  }
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
