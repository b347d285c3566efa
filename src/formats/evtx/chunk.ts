import { fault, type Fault } from '../../base/index.ts'
import { ChunkBytes, Malformed } from './chunk-bytes.ts'
import { chunkSize as size, headerFits, headerSize, isChunk, recordsEnd } from './chunk-header.ts'
import { ChunkReader, type Remark } from './record.ts'
import { RowReader, type EvtxLayouts } from './row-reader.ts'
import type { EvtxRow } from './row.ts'

/** One record of a Windows event log. */
export interface EvtxRecord {
  /** Ordinal in the file, from 1, counting unreadable records too; what a cite names. */
  readonly n: number
  /** Record identifier in the record's own header, as decimal text. */
  readonly recordId: string
  /** Where the record's bytes begin in the file. */
  readonly offset: number
  /** System, EventData and UserData as flat names and text; see the README of this folder. */
  readonly fields: Readonly<Record<string, string>>
  /** Read behind the end that its chunk states; `fields` say so too (`recovered: from slack`). Counts behind all others of the file. */
  readonly recovered?: true
}

interface ChunkPlace {
  readonly file: string
  /** Offset of the chunk in the file. */
  readonly offset: number
  /** Ordinal of the last record before this chunk. */
  readonly n: number
  /** Whether its checksum fits its records. */
  readonly fits: boolean
  /** Whether it ends early because another chunk begins inside it. */
  readonly cut: boolean
}

const recordHead = 24
const magic = 0x2a2a
const repair = 'Take the file again from its source, or go on with the records that were read.'

/**
 * All records of one chunk, the faults met, the ordinal of the last record, and where in the chunk its records end. With `layouts`, records of plain templates
 * are given as rows. Throws nothing for bad bytes.
 */
export function readChunk<Rows extends EvtxLayouts | undefined>(
  data: Uint8Array,
  place: ChunkPlace,
  layouts: Rows,
): { records: (Rows extends undefined ? EvtxRecord : EvtxRecord | EvtxRow)[]; faults: Fault[]; n: number; end: number } {
  const bytes = new ChunkBytes(data)
  const faults: Fault[] = []
  const records: (EvtxRecord | EvtxRow)[] = []
  const report = (
    code: string,
    what: string,
    at: number,
    extra: { record?: number; lost?: number; todo?: string } = {},
  ): void => {
    const where = { file: place.file, offset: place.offset + at, ...(extra.record === undefined ? {} : { record: extra.record }) }
    faults.push(fault(code, what, where, extra.todo ?? repair, extra.lost))
  }
  let { n } = place
  let end = bytes.size

  const result = (): ReturnType<typeof readChunk<Rows>> => ({
    records: records as ReturnType<typeof readChunk<Rows>>['records'],
    faults,
    n,
    end,
  })

  if (bytes.size < headerSize) {
    report('evtx-chunk-truncated', 'The file ends inside the header of a chunk.', 0)
    return result()
  }
  if (!isChunk(bytes.bytes)) {
    report('evtx-chunk-magic', 'A chunk does not begin with the mark of a chunk and was passed over.', 0)
    return result()
  }
  const free = recordsEnd(bytes.bytes)
  end = Math.min(free ?? bytes.size, bytes.size)
  checkChunk(bytes.bytes, { ...place, free }, report)

  const reader = new ChunkReader(bytes)
  const rows = layouts === undefined ? undefined : new RowReader(bytes, (offset) => reader.template(offset), layouts)
  let at = headerSize
  while (at + recordHead <= end) {
    const length = bytes.u32(at + 4)
    if (bytes.u32(at) !== magic || length < recordHead + 4 || at + length > end) {
      const next = nextRecord(bytes, at + 1, end)
      if (next === undefined) {
        if (!onlyZeros(bytes, at, end) && bytes.size === size)
          report('evtx-record-lost', 'No record begins here and none follows in this chunk.', at)
        break
      }
      report('evtx-record-lost', 'Bytes between two records are no record.', at)
      at = next
      continue
    }
    n += 1
    if (bytes.u32(at + length - 4) !== length)
      report('evtx-record-length', 'The two lengths of a record differ.', at, { record: n })
    try {
      const recordId = bytes.u64Text(at + 8)
      const row = rows?.row({ n, recordId, offset: place.offset + at }, at + recordHead, at + length - 4)
      if (row !== undefined) {
        records.push(row)
        at += length
        continue
      }
      const { fields, remarks } = reader.read(at + recordHead, at + length - 4)
      records.push({ n, recordId, offset: place.offset + at, fields })
      for (const remark of remarks) report(...remarkFault(remark), at, { record: n, lost: 0 })
    } catch (error) {
      if (!(error instanceof Malformed)) throw error
      report(error.code, `The record cannot be read: ${error.message}.`, at, { record: n, lost: 1 })
    }
    at += length
  }
  return result()
}

function checkChunk(
  chunk: Buffer,
  { free, fits, cut }: { readonly free: number | undefined; readonly fits: boolean; readonly cut: boolean },
  report: (code: string, what: string, at: number, extra?: { todo?: string }) => void,
): void {
  if (cut) {
    report('evtx-chunk-cut', 'Another chunk begins inside this one; the records up to there were read.', 0)
  } else if (chunk.length < size) {
    report('evtx-chunk-truncated', 'The file ends inside a chunk; the records up to there were read.', 0)
  } else if (free === undefined) {
    report('evtx-chunk-free-space', 'The chunk gives no possible end of its records; it was read to its last byte.', 0)
  } else if (!fits) {
    const todo = 'The log may not have been closed, or its bytes were changed after writing; compare with another copy.'
    report('evtx-chunk-checksum', 'The checksum of the records of a chunk does not fit their bytes.', 0, { todo })
  }
  if (!headerFits(chunk)) report('evtx-chunk-header-checksum', 'The checksum of a chunk header does not fit its bytes.', 0)
}

/** The next offset at which a record with fitting lengths begins. */
function nextRecord(bytes: ChunkBytes, from: number, end: number): number | undefined {
  const mark = Buffer.from([0x2a, 0x2a, 0, 0])
  for (let at = bytes.bytes.indexOf(mark, from); at !== -1 && at + recordHead <= end; at = bytes.bytes.indexOf(mark, at + 1)) {
    const length = bytes.u32(at + 4)
    if (length >= recordHead + 4 && at + length <= end && bytes.u32(at + length - 4) === length) return at
  }
  return undefined
}

function onlyZeros(bytes: ChunkBytes, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (bytes.bytes[at] !== 0) return false
  return true
}

function remarkFault(remark: Remark): [code: string, what: string] {
  switch (remark) {
    case 'ill-formed-text':
      return ['text-ill-formed', 'A field holds ill-formed UTF-16; the bad units were replaced by U+FFFD.']
    case 'field-cut':
      return ['field-cut', 'A field was longer than the limit and was cut.']
    case 'fields-cut':
      return ['fields-cut', 'The record has more fields than the limit; the others were left out.']
  }
}
