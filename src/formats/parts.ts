import type { ByteSource } from '../base/index.ts'
import { chunkSize, findChunk, isChunk, recordsFit } from './evtx/chunk-header.ts'
import { chunkStart } from './evtx/evtx.ts'
import type { FormatKind } from './identify.ts'
import { onePerLine } from './jsonl/jsonl.ts'
import { statedEncoding } from './lines/utf8.ts'
import type { LogPart } from './row.ts'

/**
 * Divides a Windows log into parts of about `bytes` each, in order, that give together what the whole gives but for the numbers of
 * lines and records, which begin anew in each. One part for what cannot be divided.
 */
export async function partsOf(source: ByteSource, kind: FormatKind, bytes: number): Promise<readonly LogPart[]> {
  if (source.size > bytes) {
    if (kind === 'jsonl' && (await isPlainLines(source))) return divide(source, bytes, (at) => nextLine(source, at))
    if (kind === 'evtx') {
      const first = chunkStart(Buffer.from(await source.slice(0, 4096)))
      return divide(source, bytes, (at) => nextChunk(source, first, at))
    }
  }
  return [{ from: 0, to: source.size }]
}

async function divide(source: ByteSource, bytes: number, next: (at: number) => Promise<number>): Promise<readonly LogPart[]> {
  const parts: LogPart[] = []
  for (let from = 0; from < source.size;) {
    const to = from + bytes >= source.size ? source.size : await next(from + bytes)
    parts.push({ from, to })
    from = to
  }
  return parts
}

async function isPlainLines(source: ByteSource): Promise<boolean> {
  const head = await source.slice(0, 65_536)
  const encoding = statedEncoding(head)
  // Other records than those of Windows may lean on their neighbours: a year that the line before tells.
  if (encoding === 'utf-16le' || encoding === 'utf-16be' || !/"(?:Channel|winlog)"/.test(Buffer.from(head).toString('latin1')))
    return false
  return onePerLine(source)
}

const window = 256 * 1024

/** Where the first line begins at or behind an offset. */
async function nextLine(source: ByteSource, at: number): Promise<number> {
  for (let from = at - 1; from < source.size; from += window) {
    const bytes = await source.slice(from, from + window)
    const end = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf(10)
    if (end >= 0) return from + end + 1
  }
  return source.size
}

/**
 * Where a chunk begins behind an offset that follows a whole one: zeros between chunks, and what is damaged, are told by the part that
 * holds them.
 */
async function nextChunk(source: ByteSource, first: number, at: number): Promise<number> {
  for (let from = first + Math.max(1, Math.ceil((at - first) / chunkSize)) * chunkSize; from < source.size; from += chunkSize) {
    const pair = Buffer.from(await source.slice(from - chunkSize, from + chunkSize))
    const [before, chunk] = [pair.subarray(0, chunkSize), pair.subarray(chunkSize)]
    if (isChunk(before) && recordsFit(before) && findChunk(chunk, 0, true) === 0) return from
  }
  return source.size
}
