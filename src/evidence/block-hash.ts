import { createHash, hash as hashOf } from 'node:crypto'
import { limits, type ByteSource, type Watch } from '../base/index.ts'

/** Bytes per block: the grain in which `verify` names a changed region. */
export const blockBytes = 64 * 1024

/** SHA-256 of a source and of each of its blocks, 32 bytes per block, the last block being shorter. */
export interface BlockHashes {
  readonly sha256: string
  readonly size: number
  readonly blocks: Uint8Array
}

/** Hashes a source in one pass; `onChunk` sees every chunk on the way (to write the copy of it). */
export async function hashBlocks(
  source: ByteSource,
  options: { readonly watch?: Watch; readonly step?: string; readonly onChunk?: (chunk: Uint8Array) => Promise<void> } = {},
): Promise<BlockHashes> {
  const whole = createHash('sha256')
  const digests: Buffer[] = []
  let open = createHash('sha256')
  let inOpen = 0
  let size = 0
  let reported = 0
  for await (const chunk of source.stream()) {
    options.watch?.signal?.throwIfAborted()
    whole.update(chunk)
    for (let at = 0; at < chunk.length;) {
      const part = chunk.subarray(at, at + blockBytes - inOpen)
      at += part.length
      if (part.length === blockBytes) {
        digests.push(hashOf('sha256', part, 'buffer'))
        continue
      }
      open.update(part)
      inOpen += part.length
      if (inOpen < blockBytes) continue
      digests.push(open.digest())
      open = createHash('sha256')
      inOpen = 0
    }
    size += chunk.length
    await options.onChunk?.(chunk)
    if (size - reported >= limits.documentBytes) {
      reported = size
      options.watch?.report?.({ step: options.step ?? 'hashing', done: size, total: source.size, unit: 'bytes' })
    }
  }
  if (inOpen > 0) digests.push(open.digest())
  return { sha256: whole.digest('hex'), size, blocks: Buffer.concat(digests) }
}

/** A run of neighbouring bytes whose blocks differ, `to` exclusive. */
export interface ByteRange {
  readonly from: number
  readonly to: number
}

/** The regions in which `now` differs from `then`, in whole blocks, cut at the longer of both sizes. */
export function changedRanges(then: BlockHashes, now: BlockHashes): readonly ByteRange[] {
  const ranges: { from: number; to: number }[] = []
  const count = Math.max(then.blocks.length, now.blocks.length) / 32
  const end = Math.max(then.size, now.size)
  for (let n = 0; n < count; n += 1) {
    if (sameBlock(then.blocks, now.blocks, n)) continue
    const last = ranges.at(-1)
    const to = Math.min((n + 1) * blockBytes, end)
    if (last?.to === n * blockBytes) last.to = to
    else ranges.push({ from: n * blockBytes, to })
  }
  return ranges
}

function sameBlock(a: Uint8Array, b: Uint8Array, n: number): boolean {
  const one = a.subarray(n * 32, n * 32 + 32)
  const two = b.subarray(n * 32, n * 32 + 32)
  return one.length === 32 && two.length === 32 && Buffer.compare(one, two) === 0
}
