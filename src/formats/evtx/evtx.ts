import { crc32 } from 'node:zlib'
import { fault, type Batch, type ByteSource, type Fault, type Watch } from '../../base/index.ts'
import { readChunk, type EvtxRecord } from './chunk.ts'
import type { EvtxLayouts } from './row-reader.ts'
import type { LogPart } from '../row.ts'
import { RowMemory } from '../row-memory.ts'
import type { EvtxRow } from './row.ts'

/** Bytes of a chunk. */
export const chunkSize = 65_536
/** Chunks fetched at once. */
const window = 16

const repair = 'Take the file again from its source (with its hash), or go on with the records that were read.'

/**
 * Records and faults of a Windows event log file, one batch per chunk, in the order of the file. Nothing is thrown for bad
 * bytes: a broken header, chunk or record is a fault with its byte offset, and reading goes on at the next one. Chunks of
 * zeros at the end are space the log never used and no fault; zeros between written chunks are one.
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
    readonly counted?: (counts: { readonly lines: number; readonly records: number }) => void
  } = {},
): AsyncGenerator<Batch<EvtxRecord | EvtxRow>> {
  yield* readChunks(source, options, (options.memory ?? new RowMemory()).evtx)
}

async function* readChunks<Rows extends EvtxLayouts | undefined>(
  source: ByteSource,
  options: {
    readonly watch?: Watch
    readonly part?: LogPart
    readonly counted?: (counts: { readonly lines: number; readonly records: number }) => void
  },
  layouts: Rows,
): AsyncGenerator<Batch<ReturnType<typeof readChunk<Rows>>['records'][number]>> {
  const header = Buffer.from(await source.slice(0, 4096))
  const { from: begin = 0, to: stop = source.size } = options.part ?? {}
  const headerFaults = begin === 0 ? checkHeader(source, header) : []
  if (headerFaults.length > 0) yield { records: [], faults: headerFaults }
  let n = 0
  let blank: { readonly offset: number; count: number } | undefined
  for (let at = begin === 0 ? chunkStart(header) : begin; at < stop; at += chunkSize * window) {
    const bytes = await source.slice(at, Math.min(stop, at + chunkSize * window))
    for (let from = 0; from < bytes.length; from += chunkSize) {
      options.watch?.signal?.throwIfAborted()
      const chunk = bytes.subarray(from, from + chunkSize)
      const offset = at + from
      if (isBlankChunk(chunk)) {
        if (blank === undefined) blank = { offset, count: 1 }
        else blank.count += 1
        continue
      }
      const before: Fault[] = blank === undefined ? [] : [blankFault(source, blank)]
      blank = undefined
      const batch = readChunk(chunk, { file: source.name, offset, n }, layouts)
      n = batch.n
      yield { records: batch.records, faults: [...before, ...batch.faults] }
    }
    options.watch?.report?.({
      step: `reading ${source.name}`,
      done: Math.min(source.size, at + bytes.length),
      total: source.size,
      unit: 'bytes',
    })
  }
  options.counted?.({ lines: 0, records: n })
}

/** Where the first chunk begins, as the file header says. */
export function chunkStart(header: Buffer): number {
  if (beginsWithChunk(header)) return 0
  const block = header.length >= 42 ? header.readUInt16LE(40) : 0
  return block >= 512 && block <= chunkSize ? block : 4096
}

/** Chunks alone, as carving finds them. */
function beginsWithChunk(bytes: Buffer): boolean {
  return bytes.toString('latin1', 0, 8) === 'ElfChnk\0'
}

function checkHeader(source: ByteSource, header: Buffer): Fault[] {
  const where = { file: source.name, offset: 0 }
  if (header.length < 128) return [fault('evtx-header-truncated', 'The file ends inside its header.', where, repair)]
  if (beginsWithChunk(header)) {
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
export function isBlankChunk(chunk: Uint8Array): boolean {
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
