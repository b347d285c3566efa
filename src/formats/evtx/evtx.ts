import { crc32 } from 'node:zlib'
import { fault, type Batch, type ByteSource, type Fault, type Watch } from '../../base/index.ts'
import { readChunk, type EvtxRecord } from './chunk.ts'
import { chunkSize, findChunk, headerSize, isChunk, recordsFit } from './chunk-header.ts'
import type { EvtxLayouts } from './row-reader.ts'
import type { LogPart } from '../row.ts'
import { RowMemory } from '../row-memory.ts'
import type { EvtxRow } from './row.ts'
import { hasLeftOver, readSlack, type LeftOver } from './slack.ts'

/** Chunks fetched at once. */
const window = 16

const repair = 'Take the file again from its source (with its hash), or go on with the records that were read.'

/** What was met in a log or a part of it; `slack`: chunks of the part that hold more behind their records. */
interface EvtxCounts {
  readonly lines: number
  readonly records: number
  readonly slack?: LogPart['slack']
}

/**
 * Records and faults of a Windows event log file, one batch per chunk, in the order of the file; records recovered from slack come
 * behind all others. Nothing is thrown for bad bytes: a broken header, chunk or record is a fault with its byte offset, and reading
 * goes on at the next one, wherever it stands. Chunks of zeros at the end are space the log never used and no fault; zeros between
 * written chunks are one.
 */
export async function* readEvtx(source: ByteSource, options: { readonly watch?: Watch } = {}): AsyncGenerator<Batch<EvtxRecord>> {
  yield* readChunks(source, options, undefined)
}

/**
 * As `readEvtx`; records of plain templates are given as rows, decoded only where asked. What is wrong inside a value that
 * nobody reads (ill-formed text, more characters than are kept) is then not met.
 */
export async function* readEvtxRows(
  source: ByteSource,
  options: {
    readonly watch?: Watch
    readonly part?: LogPart
    readonly memory?: RowMemory
    readonly counted?: (counts: EvtxCounts) => void
  } = {},
): AsyncGenerator<Batch<EvtxRecord | EvtxRow>> {
  yield* readChunks(source, options, (options.memory ?? new RowMemory()).evtx)
}

async function* readChunks<Rows extends EvtxLayouts | undefined>(
  source: ByteSource,
  options: {
    readonly watch?: Watch
    readonly part?: LogPart
    readonly counted?: (counts: EvtxCounts) => void
  },
  layouts: Rows,
): AsyncGenerator<Batch<ReturnType<typeof readChunk<Rows>>['records'][number]>> {
  const { from: begin, to: stop, slack }: LogPart = options.part ?? { from: 0, to: source.size }
  if (slack !== undefined) {
    yield* leftOverRecords(source, { slack, n: 0 })
    return
  }
  const header = await bufferOf(source, 0, 4096)
  const headerFaults = begin === 0 ? checkHeader(source, header) : []
  if (headerFaults.length > 0) yield { records: [], faults: headerFaults }
  const leftOver: { from: number; to: number }[] = []
  let n = 0
  let blank: { readonly offset: number; count: number } | undefined
  let head: { readonly at: number; readonly bytes: Buffer } | undefined
  // Where the records of the chunk before end: when none follows it, the next may begin there.
  let behind: number | undefined
  for (let at = begin === 0 ? chunkStart(header) : begin; at < stop;) {
    const end = Math.min(stop, at + chunkSize * window)
    const bytes = await bufferOf(source, at, end)
    head ??= { at, bytes }
    const first = at
    // A chunk that the window cuts belongs to the next window.
    const last = end === stop ? end : end - chunkSize + 1
    while (at < last) {
      options.watch?.signal?.throwIfAborted()
      const slot = bytes.subarray(at - first, at - first + chunkSize)
      if (slot.length === 0) {
        at = end
        break
      }
      if (isBlankChunk(slot)) {
        if (blank === undefined) blank = { offset: at, count: 1 }
        else blank.count += 1
        behind = undefined
        at += chunkSize
        continue
      }
      const before: Fault[] = blank === undefined ? [] : [blankFault(source, blank)]
      blank = undefined
      if (!isChunk(slot) && slot.length >= headerSize) {
        const next = await chunkBehind(source, behind ?? at, stop)
        yield { records: [], faults: [...before, strideFault(source, { at, next: next ?? stop })] }
        behind = undefined
        at = next ?? stop
        break
      }
      const { fits, length } = await extentOf(source, at, slot)
      const place = { file: source.name, offset: at, n, fits, cut: length < slot.length }
      const batch = readChunk(slot.subarray(0, length), place, layouts)
      n = batch.n
      const previous = leftOver.at(-1)
      if (previous !== undefined && previous.to > at) previous.to = at
      if (isChunk(slot) && hasLeftOver(slot.subarray(0, length), batch.end)) leftOver.push({ from: at, to: at + length })
      behind = at + batch.end
      at += length
      yield { records: batch.records, faults: [...before, ...batch.faults] }
    }
    const told = { step: `reading ${source.name}`, done: Math.min(source.size, at), total: source.size, unit: 'bytes' }
    options.watch?.report?.(told)
  }
  if (options.part === undefined) yield* leftOverRecords(source, { slack: leftOver, n, ...(head === undefined ? {} : { head }) })
  options.counted?.({ lines: 0, records: n, slack: leftOver })
}

/** The bytes of a chunk that are its own: fewer than there are when its records do not fit and another chunk begins inside it. */
async function extentOf(source: ByteSource, at: number, slot: Buffer): Promise<{ fits: boolean; length: number }> {
  if (recordsFit(slot) || slot.length < headerSize) return { fits: true, length: slot.length }
  const bytes = await bufferOf(source, at, at + chunkSize + headerSize - 1)
  const inner = findChunk(bytes, headerSize, true) ?? slot.length
  return { fits: false, length: Math.min(inner, slot.length) }
}

/** Where the next chunk begins at or behind an offset, at any byte; undefined when there is none before `stop`. */
async function chunkBehind(source: ByteSource, from: number, stop: number): Promise<number | undefined> {
  for (let at = from; at < stop; at += chunkSize * window) {
    const bytes = await bufferOf(source, at, Math.min(stop, at + chunkSize * window + headerSize - 1))
    const found = findChunk(bytes, 0, false)
    if (found !== undefined) return at + found
  }
  return undefined
}

/** `head`: the bytes of the file from its first chunk on, as far as they are at hand. */
async function* leftOverRecords(
  source: ByteSource,
  options: {
    readonly slack: readonly LeftOver[]
    readonly n: number
    readonly head?: { readonly at: number; readonly bytes: Buffer }
  },
): AsyncGenerator<Batch<EvtxRecord>> {
  const { slack, head } = options
  let { n } = options
  for (const { from, to } of slack) {
    const first = Math.max(0, from - chunkSize)
    const near = head !== undefined && to <= head.at + head.bytes.length
    const bytes = near ? head.bytes.subarray(Math.max(0, first - head.at), to - head.at) : await bufferOf(source, first, to)
    const own = bytes.length - (to - from)
    const before = own < chunkSize ? undefined : bytes.subarray(0, own)
    const read = readSlack(bytes.subarray(own), { offset: from, n, before })
    n = read.n
    if (read.records.length > 0) yield { records: read.records, faults: [] }
  }
}

/** The bytes of a source, not copied. */
async function bufferOf(source: ByteSource, from: number, to: number): Promise<Buffer> {
  const bytes = await source.slice(from, to)
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function strideFault(source: ByteSource, { at, next }: { readonly at: number; readonly next: number }): Fault {
  const what =
    next > at
      ? `No chunk begins here; ${next - at} bytes up to the next one, or to the end, were passed over.`
      : `No chunk begins here; the next one begins ${at - next} bytes before, inside the space of the chunk before it, and was read there.`
  return fault('evtx-chunk-magic', what, { file: source.name, offset: at }, repair)
}

/** Where the first chunk begins, as the file header says. */
export function chunkStart(header: Buffer): number {
  if (isChunk(header)) return 0
  // Without its own header a file may begin anywhere in its first chunk.
  if (header.toString('latin1', 0, 8) !== 'ElfFile\0') return findChunk(header, 0, false) ?? 4096
  const block = header.length >= 42 ? header.readUInt16LE(40) : 0
  return block >= 512 && block <= chunkSize ? block : 4096
}

function checkHeader(source: ByteSource, header: Buffer): Fault[] {
  const where = { file: source.name, offset: 0 }
  if (header.length < 128) return [fault('evtx-header-truncated', 'The file ends inside its header.', where, repair)]
  if (isChunk(header)) {
    const what = 'The file begins with a chunk: the file header is missing, and with it what the log said of its own length.'
    return [
      fault(
        'evtx-header-missing',
        what,
        where,
        'Carved chunks are read as they stand; give the whole log where there is one.',
        0,
      ),
    ]
  }
  if (header.toString('latin1', 0, 8) !== 'ElfFile\0') {
    return [
      fault(
        'evtx-header',
        'The file header is not that of a Windows event log; its chunks are tried all the same.',
        where,
        repair,
      ),
    ]
  }
  if (crc32(header.subarray(0, 120)) !== header.readUInt32LE(124)) {
    return [fault('evtx-header-checksum', 'The checksum of the file header does not fit its bytes.', where, repair)]
  }
  return []
}

const zeros = Buffer.alloc(chunkSize)

/** Whether a chunk was never written. */
function isBlankChunk(chunk: Uint8Array): boolean {
  return chunk[0] === 0 && zeros.compare(chunk, 0, chunk.length, 0, chunk.length) === 0
}

function blankFault(source: ByteSource, blank: { readonly offset: number; readonly count: number }): Fault {
  const what = `${blank.count} ${blank.count === 1 ? 'chunk holds' : 'chunks hold'} only zeros although written chunks follow.`
  return fault(
    'evtx-chunk-blank',
    what,
    { file: source.name, offset: blank.offset },
    'Records may have been wiped here; compare with another copy of the log.',
  )
}
