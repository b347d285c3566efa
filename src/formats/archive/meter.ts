import { crc32 } from 'node:zlib'
import { limits } from '../../base/index.ts'

/** What unpacking may cost; the shared counter of one archive. */
export interface Allowance {
  readonly archiveBytes: number
  used: number
}

/** Thrown inside a pipe when a member grows beyond what it may, or is not what it says; turned into a fault by the caller. */
export class UnpackStopped extends Error {
  readonly reason: 'ratio' | 'archive' | 'stated' | 'checksum'

  constructor(reason: UnpackStopped['reason']) {
    super(`internal error: unpacking stopped (${reason})`)
    this.reason = reason
  }
}

/**
 * Passes bytes on and counts them: stops with `UnpackStopped` when one member unpacks to more than `limits.archiveRatio` times its packed size
 * (from 64 MiB on), when it is larger than it states or has another CRC-32, or when the archive as a whole exceeds its allowance.
 */
export async function* metered(
  chunks: AsyncIterable<Uint8Array>,
  member: { packed: number; stated?: number; crc32?: number; allowance: Allowance },
): AsyncIterable<Uint8Array> {
  let size = 0
  let checksum = 0
  for await (const chunk of chunks) {
    size += chunk.length
    member.allowance.used += chunk.length
    if (size > limits.archiveRatioFloorBytes && size > member.packed * limits.archiveRatio) throw new UnpackStopped('ratio')
    if (member.stated !== undefined && size > member.stated) throw new UnpackStopped('stated')
    if (member.allowance.used > member.allowance.archiveBytes) throw new UnpackStopped('archive')
    if (member.crc32 !== undefined) checksum = crc32(chunk, checksum)
    yield chunk
  }
  if (member.crc32 !== undefined && checksum !== member.crc32) throw new UnpackStopped('checksum')
}
