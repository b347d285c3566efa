import { readSync, writeSync } from 'node:fs'
import type { ByteSource } from '../../base/index.ts'

// The side of a reading process: it has no file, no address and no environment of ours; bytes come from the parent on request.
// Everything is synchronous, so that decoders which cannot wait (WebAssembly) read through it too.

const blockBytes = 1024 * 1024
const naps = new Int32Array(new SharedArrayBuffer(4))

/** Sends one message to the parent: a value as JSON, or bytes as they are. */
export function tell(message: object | Uint8Array): void {
  if (message instanceof Uint8Array) frame('b', message)
  else frame('j', Buffer.from(JSON.stringify(message)))
}

/** Says that all was told; a process that ends without it has failed. */
export function tellEnd(): void {
  frame('e', new Uint8Array())
}

/** What the parent wants: its first message. */
export function request(): unknown {
  return JSON.parse(answer().toString('utf8'))
}

/** The bytes behind the parent's source, read in blocks. */
export function parentSource(name: string, size: number): ByteSource & { read(from: number, to: number): Uint8Array } {
  let block: { readonly from: number; readonly bytes: Uint8Array } = { from: 0, bytes: new Uint8Array() }
  const fetch = (from: number, to: number): Uint8Array => {
    const ask = Buffer.alloc(16)
    ask.writeDoubleLE(from, 0)
    ask.writeDoubleLE(to, 8)
    frame('r', ask)
    return answer()
  }
  const read = (from: number, to: number): Uint8Array => {
    const end = Math.min(to, size)
    if (!(from >= 0 && end > from)) return new Uint8Array()
    if (from >= block.from && end <= block.from + block.bytes.length)
      return block.bytes.subarray(from - block.from, end - block.from)
    if (end - from > blockBytes) return fetch(from, end)
    block = { from, bytes: fetch(from, Math.min(size, from + blockBytes)) }
    return block.bytes.subarray(0, end - from)
  }
  return {
    name,
    size,
    read,
    slice: (from, to) => Promise.resolve(read(from, to)),
    async *stream(from = 0) {
      for (let at = from; at < size; at += blockBytes) yield read(at, at + blockBytes)
    },
  }
}

function frame(kind: string, bytes: Uint8Array): void {
  const head = Buffer.alloc(5)
  head.writeUInt32LE(bytes.length, 0)
  head.write(kind, 4, 'latin1')
  write(head)
  write(bytes)
}

function write(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += patiently(() => writeSync(1, bytes, at, bytes.length - at))
}

function answer(): Buffer {
  const bytes = Buffer.alloc(exactly(4).readUInt32LE(0))
  return fill(bytes)
}

function exactly(length: number): Buffer {
  return fill(Buffer.alloc(length))
}

function fill(bytes: Buffer): Buffer {
  for (let at = 0; at < bytes.length;) {
    const got = patiently(() => readSync(0, bytes, at, bytes.length - at, null))
    // The parent is gone: nobody waits for an answer.
    if (got === 0) process.exit(1)
    at += got
  }
  return bytes
}

function patiently(step: () => number): number {
  for (;;) {
    try {
      return step()
    } catch (error) {
      if ((error as { code?: string }).code !== 'EAGAIN') process.exit(1)
      Atomics.wait(naps, 0, 0, 2)
    }
  }
}
