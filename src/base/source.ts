import { closeSync, createReadStream, openSync, readSync } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'

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

/** Bytes of a file read at once. */
const pieceBytes = 1024 * 1024

/**
 * A file on disk; `name` overrides the path in messages. `here`: its stream is read on the thread that asks, piece by piece, for
 * threads that would only wait for others otherwise.
 */
export async function fileSource(path: string, name: string = path, how: { readonly here?: boolean } = {}): Promise<ByteSource> {
  const { size } = await stat(path)
  return {
    name,
    size,
    path,
    stream: (from = 0) =>
      how.here === true ? pieces(path, from) : createReadStream(path, { start: from, highWaterMark: pieceBytes }),
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

async function* pieces(path: string, from: number): AsyncGenerator<Uint8Array> {
  const file = openSync(path, 'r')
  try {
    for (let at = from; ;) {
      const piece = Buffer.allocUnsafeSlow(pieceBytes)
      const length = readSync(file, piece, 0, pieceBytes, at)
      if (length === 0) return
      at += length
      yield piece.subarray(0, length)
      // Messages and timers of this thread have their turn.
      await setImmediate()
    }
  } finally {
    closeSync(file)
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
