import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'

/** Bytes with a name: a file, a member of an archive, a buffer. Reading never changes it. */
export interface ByteSource {
  /** Name for messages and cites: a path or a member path. */
  readonly name: string
  readonly size: number
  /** Where the bytes lie as a file of their own, when they do. */
  readonly path?: string
  /** All bytes from `from` on, in chunks. */
  stream(from?: number): AsyncIterable<Uint8Array>
  /** Bytes `from` (inclusive) to `to` (exclusive), cut at the end of the source. */
  slice(from: number, to: number): Promise<Uint8Array>
}

/** A file on disk; `name` overrides the path in messages. */
export async function fileSource(path: string, name: string = path): Promise<ByteSource> {
  const { size } = await stat(path)
  return {
    name,
    size,
    path,
    stream: (from = 0) => createReadStream(path, { start: from, highWaterMark: 1024 * 1024 }),
    async slice(from, to) {
      const handle = await open(path)
      try {
        const buffer = Buffer.alloc(Math.max(0, Math.min(to, size) - from))
        const { bytesRead } = await handle.read(buffer, 0, buffer.length, from)
        return buffer.subarray(0, bytesRead)
      } finally {
        await handle.close()
      }
    },
  }
}

/** Bytes in memory. */
export function bytesSource(name: string, bytes: Uint8Array): ByteSource {
  return {
    name,
    size: bytes.length,
    async *stream(from = 0) {
      for (let at = from; at < bytes.length; at += 1024 * 1024) yield bytes.subarray(at, at + 1024 * 1024)
    },
    slice: (from, to) => Promise.resolve(bytes.subarray(from, to)),
  }
}
