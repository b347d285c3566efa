import { crc32 } from 'node:zlib'

/** Bytes of a chunk. */
export const chunkSize = 65_536
/** Bytes of its header. */
export const headerSize = 512

const mark = Buffer.from('ElfChnk\0', 'latin1')

/** Whether bytes begin with the mark of a chunk. */
export function isChunk(bytes: Buffer): boolean {
  return bytes.length >= mark.length && mark.compare(bytes, 0, mark.length) === 0
}

/** Where the records of a chunk end, as its header says; undefined when that cannot be. */
export function recordsEnd(chunk: Buffer): number | undefined {
  const free = chunk.readUInt32LE(48)
  return free >= headerSize && free <= chunkSize ? free : undefined
}

/** Whether the records of a whole chunk are those of which its header holds the checksum. */
export function recordsFit(chunk: Buffer): boolean {
  if (chunk.length < chunkSize) return false
  const end = recordsEnd(chunk)
  return end !== undefined && crc32(chunk.subarray(headerSize, end)) === chunk.readUInt32LE(52)
}

/** Whether the header of a chunk is the one of which it holds the checksum. */
export function headerFits(chunk: Buffer): boolean {
  return crc32(chunk.subarray(128, headerSize), crc32(chunk.subarray(0, 120))) === chunk.readUInt32LE(124)
}

/** Where a chunk begins at or behind an offset, at any byte; `sure`: one whose header fits its checksum. */
export function findChunk(bytes: Buffer, from: number, sure: boolean): number | undefined {
  for (let at = bytes.indexOf(mark, from); at !== -1 && at + headerSize <= bytes.length; at = bytes.indexOf(mark, at + 1)) {
    const header = bytes.subarray(at, at + headerSize)
    if (header.readUInt32LE(40) === 128 && recordsEnd(header) !== undefined && (!sure || headerFits(header))) return at
  }
  return undefined
}
