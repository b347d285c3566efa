import { Malformed, ChunkBytes } from './chunk-bytes.ts'
import type { EvtxRecord } from './chunk.ts'
import { recordsEnd } from './chunk-header.ts'
import { ChunkReader } from './record.ts'
import { valueType } from './value.ts'

/** Bytes of a chunk that may hold records behind the end it states: offsets in the file, the end exclusive. */
export interface LeftOver {
  readonly from: number
  readonly to: number
}

const recordMark = Buffer.from([0x2a, 0x2a, 0, 0])
const recordHead = 24

/** Whether a record that may be read stands in a chunk at or behind an offset. */
export function hasLeftOver(chunk: Buffer, end: number): boolean {
  return nextFrame(chunk, end) !== undefined
}

interface Frame {
  readonly at: number
  readonly length: number
}

/** The next record whose two lengths agree and whose templates are the ones they name. */
function nextFrame(chunk: Buffer, from: number): Frame | undefined {
  for (let at = chunk.indexOf(recordMark, from); at !== -1 && at + recordHead + 4 <= chunk.length;) {
    const length = chunk.readUInt32LE(at + 4)
    const holds = length >= recordHead + 4 && at + length <= chunk.length && chunk.readUInt32LE(at + length - 4) === length
    if (holds && templatesStand(chunk, { from: at + recordHead, to: at + length - 4, depth: 0 })) return { at, length }
    at = chunk.indexOf(recordMark, holds ? at + length : at + 1)
  }
  return undefined
}

/** Whether the template of an instance, and those of the instances among its values, are still in their places: told by four bytes of their GUIDs. */
function templatesStand(chunk: Buffer, { from, to, depth }: { from: number; to: number; depth: number }): boolean {
  const at = chunk[from] === 0x0f ? from + 4 : from
  if (at + 14 > to || chunk[at] !== 0x0c || depth > 3) return false
  const definition = chunk.readUInt32LE(at + 6)
  if (definition + 24 > chunk.length || chunk.readUInt32LE(at + 2) !== chunk.readUInt32LE(definition + 4)) return false
  let next = at + 10
  if (definition === next) next += 24 + chunk.readUInt32LE(next + 20)
  if (next + 4 > to) return false
  const count = chunk.readUInt32LE(next)
  const table = next + 4
  if (count * 4 > to - table) return false
  let value = table + count * 4
  for (let i = 0; i < count; i += 1) {
    const size = chunk.readUInt16LE(table + i * 4)
    const inner = { from: value, to: Math.min(to, value + size), depth: depth + 1 }
    if (size > 0 && chunk[table + i * 4 + 2] === valueType.binXml && !templatesStand(chunk, inner)) return false
    value += size
  }
  return value <= to
}

/**
 * Records behind the end that a chunk states: of an earlier use of its bytes, or not yet counted when the log was copied. Only those
 * whose two lengths agree, whose templates are still the ones they name, and which say event, time and channel. A writer fills one
 * buffer again and again, so the chunk before may hold the same bytes at the same place (`before`): such are passed over.
 */
export function readSlack(
  data: Buffer,
  place: { readonly offset: number; readonly n: number; readonly before: Buffer | undefined },
): { readonly records: EvtxRecord[]; readonly n: number } {
  const bytes = new ChunkBytes(data)
  const reader = new ChunkReader(bytes, { strict: true })
  const records: EvtxRecord[] = []
  let { n } = place
  const end = recordsEnd(data) ?? data.length
  for (let frame = nextFrame(data, end); frame !== undefined; frame = nextFrame(data, frame.at + frame.length)) {
    const { at, length } = frame
    if (isCopy(data, place.before, frame)) continue
    const fields = fieldsOf(reader, at + recordHead, at + length - 4)
    if (fields === undefined) continue
    n += 1
    fields['recovered'] = 'from slack'
    records.push({ n, recordId: bytes.u64Text(at + 8), offset: place.offset + at, fields, recovered: true })
  }
  return { records, n }
}

function isCopy(data: Buffer, before: Buffer | undefined, { at, length }: Frame): boolean {
  return before !== undefined && before.compare(data, at, at + length, at, Math.min(before.length, at + length)) === 0
}

function fieldsOf(reader: ChunkReader, from: number, to: number): Record<string, string> | undefined {
  try {
    const { fields } = reader.read(from, to)
    const whole = /^\d{1,5}$/.test(fields['EventID'] ?? '') && fields['TimeCreated'] !== undefined
    return whole && (fields['Channel'] ?? '') !== '' ? fields : undefined
  } catch (error) {
    if (!(error instanceof Malformed)) throw error
    return undefined
  }
}
