import { crc32 } from 'node:zlib'

/** A substitution value: BinXML type and bytes. */
export interface Value {
  readonly type: number
  readonly bytes: Buffer
}

export const text = (value: string): Value => ({ type: 0x01, bytes: Buffer.from(value, 'utf16le') })
export const u16 = (value: number): Value => ({ type: 0x06, bytes: ints(2, value) })
export const nothing: Value = { type: 0x00, bytes: Buffer.alloc(0) }

/** FILETIME of epoch milliseconds plus 100 ns ticks. */
export function filetime(epochMs: number, ticks = 0): Value {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE((BigInt(epochMs) + 11_644_473_600_000n) * 10_000n + BigInt(ticks))
  return { type: 0x11, bytes }
}

export function ints(width: 1 | 2 | 4, ...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(width * values.length)
  values.forEach((value, i) => bytes.writeUIntLE(value, i * width, width))
  return bytes
}

/** The values of one event, and the names of its data. */
export interface EventSpec {
  readonly eventId: number
  readonly time: Value
  readonly data: readonly (readonly [name: string, value: Value])[]
}

/** Grows one chunk; every offset in BinXML is relative to its beginning. */
class Chunk {
  readonly bytes = Buffer.alloc(65_536)
  at = 512
  readonly templates = new Map<string, number>()
  put(...parts: readonly Buffer[]): void {
    for (const part of parts) {
      part.copy(this.bytes, this.at)
      this.at += part.length
    }
  }
  name(name: string): void {
    this.put(ints(4, this.at + 4), ints(4, 0), ints(2, 0), ints(2, name.length), Buffer.from(`${name}\0`, 'utf16le'))
  }
  open(name: string, attributes: readonly (readonly [name: string, value: string | number])[] = []): void {
    this.put(ints(1, attributes.length > 0 ? 0x41 : 0x01), ints(2, 0xffff), ints(4, 0))
    this.name(name)
    if (attributes.length > 0) this.put(ints(4, 0))
    for (const [key, value] of attributes) {
      this.put(ints(1, 0x06))
      this.name(key)
      this.content(value)
    }
    this.put(ints(1, 0x02))
  }
  content(value: string | number): void {
    if (typeof value === 'string') this.put(ints(1, 0x05, 0x01), ints(2, value.length), Buffer.from(value, 'utf16le'))
    else this.put(ints(1, 0x0d), ints(2, value), ints(1, 0x01))
  }
  close(): void {
    this.put(ints(1, 0x04))
  }
}

const channel = 'Microsoft-Windows-Sysmon/Operational'

function template(chunk: Chunk, names: readonly string[]): void {
  chunk.put(ints(1, 0x0f, 1, 1, 0))
  chunk.open('Event', [['xmlns', 'http://schemas.microsoft.com/win/2004/08/events/event']])
  chunk.open('System')
  chunk.open('Provider', [['Name', 'Microsoft-Windows-Sysmon']])
  chunk.close()
  for (const [name, value] of [
    ['EventID', 0],
    ['Version', '5'],
    ['Channel', channel],
    ['Computer', 'APP01.meridian.example'],
  ] as const) {
    chunk.open(name)
    chunk.content(value)
    chunk.close()
  }
  chunk.open('TimeCreated', [['SystemTime', 1]])
  chunk.close()
  chunk.close()
  chunk.open('EventData')
  names.forEach((name, i) => {
    chunk.open('Data', [['Name', name]])
    chunk.content(i + 2)
    chunk.close()
  })
  chunk.close()
  chunk.close()
  chunk.put(ints(1, 0x00))
}

function record(chunk: Chunk, id: number, event: EventSpec): void {
  const start = chunk.at
  chunk.put(ints(4, 0x2a2a, 0, id, 0, 0, 0))
  chunk.put(ints(1, 0x0f, 1, 1, 0), ints(1, 0x0c, 0x01), ints(4, 0))
  const names = event.data.map(([name]) => name)
  const key = names.join('\n')
  const known = chunk.templates.get(key)
  if (known !== undefined) chunk.put(ints(4, known))
  else {
    const definition = chunk.at + 4
    chunk.templates.set(key, definition)
    chunk.put(ints(4, definition), Buffer.alloc(24))
    const from = chunk.at
    template(chunk, names)
    chunk.bytes.writeUInt32LE(chunk.at - from, definition + 20)
  }
  const values = [u16(event.eventId), event.time, ...event.data.map(([, value]) => value)]
  chunk.put(ints(4, values.length))
  for (const { type, bytes } of values) chunk.put(ints(2, bytes.length), ints(1, type, 0))
  for (const { bytes } of values) chunk.put(bytes)
  chunk.put(ints(1, 0x00))
  const length = chunk.at + 4 - start
  chunk.put(ints(4, length))
  chunk.bytes.writeUInt32LE(length, start + 4)
}

/** One chunk of 64 KiB holding the events, numbered from `firstId`. */
export function chunkBytes(events: readonly EventSpec[], firstId = 1): Buffer {
  const chunk = new Chunk()
  events.forEach((event, i) => record(chunk, firstId + i, event))
  return seal(chunk.bytes, { free: chunk.at, firstId, count: events.length })
}

/** Writes the header and both checksums of a chunk. */
export function seal(bytes: Buffer, spec: { readonly free: number; readonly firstId: number; readonly count: number }): Buffer {
  bytes.write('ElfChnk\0', 0, 'latin1')
  bytes.writeBigUInt64LE(BigInt(spec.firstId), 8)
  bytes.writeBigUInt64LE(BigInt(spec.firstId + spec.count - 1), 16)
  bytes.writeUInt32LE(128, 40)
  bytes.writeUInt32LE(spec.free, 48)
  bytes.writeUInt32LE(crc32(bytes.subarray(512, spec.free)), 52)
  bytes.writeUInt32LE(crc32(bytes.subarray(128, 512), crc32(bytes.subarray(0, 120))), 124)
  return bytes
}

/** A file of chunks. */
export function evtxBytes(chunks: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(4096)
  header.write('ElfFile\0', 0, 'latin1')
  header.writeUInt32LE(128, 32)
  header.writeUInt16LE(1, 36)
  header.writeUInt16LE(3, 38)
  header.writeUInt16LE(4096, 40)
  header.writeUInt16LE(chunks.length, 42)
  header.writeUInt32LE(crc32(header.subarray(0, 120)), 124)
  return Buffer.concat([header, ...chunks])
}
