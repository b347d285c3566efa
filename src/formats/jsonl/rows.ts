import { isUtf8 } from 'node:buffer'
import { limits, type Batch, type ByteSource, type Fault, type Watch } from '../../base/index.ts'
import { statedEncoding } from '../lines/utf8.ts'
import { lineOf, longLine } from '../lines/lines.ts'
import { Block } from './block.ts'
import { Row, type JsonRow } from './json-row.ts'
import { objectOf, onePerLine, readJson, type JsonRecord } from './jsonl.ts'
import type { LogPart } from '../row.ts'
import { RowMemory } from '../row-memory.ts'
import type { Layouts } from './layout.ts'
import { RowFinder } from './row-finder.ts'

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
    yield* reader.feed(bytes)
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
  readonly #finder: RowFinder

  /** `offset`: of the first byte fed; offsets count from behind a byte-order mark. */
  constructor(source: ByteSource, offset: number, layouts: Layouts) {
    this.#source = source
    this.#layouts = layouts
    this.#finder = new RowFinder(layouts)
    this.#offset = offset
    this.#lineStart = offset
  }

  /** Lines ended and records met so far. */
  get counts(): { readonly lines: number; readonly records: number } {
    return { lines: this.#line - 1, records: this.#n }
  }

  /** The records that end in these bytes, in batches of a size that stays near at hand until they are done with. */
  *feed(bytes: Buffer): Generator<Batch<JsonRecord | JsonRow>> {
    const last = bytes.lastIndexOf(newline)
    if (last < 0) {
      this.#keep(bytes)
    } else {
      let from = 0
      if (this.#pendingBytes > 0 || this.#dropping) {
        from = bytes.indexOf(newline) + 1
        yield this.#across(bytes.subarray(0, from))
      }
      while (from <= last) {
        const end = bytes.lastIndexOf(newline, Math.min(last, from + piece))
        const to = end < from ? bytes.indexOf(newline, from) : end
        this.#lineStart = this.#offset + from
        yield this.#lines(bytes.subarray(from, to + 1))
        from = to + 1
      }
      this.#lineStart = this.#offset + last + 1
      if (last + 1 < bytes.length) this.#keep(bytes.subarray(last + 1))
    }
    this.#offset += bytes.length
    this.#finder.release()
  }

  /** The line that began in earlier bytes, with its end. */
  #across(rest: Buffer): Batch<JsonRecord | JsonRow> {
    const pending = this.#pending
    const tooLong = this.#dropping || this.#pendingBytes + rest.length - 1 > limits.lineBytes
    this.#pending = []
    this.#pendingBytes = 0
    this.#dropping = false
    if (!tooLong) return this.#lines(Buffer.concat([...pending, rest]))
    const faults = [longLine(this.#source, this.#line, this.#lineStart, limits.lineBytes)]
    this.#line += 1
    return { records: [], faults }
  }

  end(): Batch<JsonRecord | JsonRow> {
    if (this.#dropping) return { records: [], faults: [longLine(this.#source, this.#line, this.#lineStart, limits.lineBytes)] }
    if (this.#pendingBytes === 0) return { records: [], faults: [] }
    const batch = this.#lines(Buffer.concat([...this.#pending, Buffer.from('\n')]))
    this.#finder.release()
    return batch
  }

  #keep(bytes: Buffer): void {
    this.#pendingBytes += bytes.length
    if (this.#pendingBytes > limits.lineBytes) {
      this.#dropping = true
      this.#pending = []
    } else this.#pending.push(Buffer.from(bytes))
  }

  /** Whole lines, the last with its line end; the first begins at `#lineStart`. */
  #lines(bytes: Buffer): Batch<JsonRecord | JsonRow> {
    const records: (JsonRecord | JsonRow)[] = []
    const faults: Fault[] = []
    const block = new Block(bytes)
    const { text } = block
    const clean = isUtf8(bytes)
    const start = this.#lineStart
    for (let from = 0; from < text.length;) {
      const end = text.indexOf('\n', from)
      const to = end > from && text.charCodeAt(end - 1) === 13 ? end - 1 : end
      const line = this.#line
      this.#line += 1
      const place = clean && to > from ? this.#finder.find(block, from, to) : undefined
      if (place !== undefined) {
        this.#n += 1
        records.push(new Row({ ...place, n: this.#n, line, block, from, to }))
      } else if (to > from) {
        this.#careful({ bytes, block: text, from, to, line, offset: start + from, clean }, records, faults)
      }
      from = end + 1
    }
    return { records, faults }
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
