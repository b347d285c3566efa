import type { FileHandle } from 'node:fs/promises'
import { tailBytes, type SourceState } from './watch-state.ts'

/** Whether a file still holds the bytes before the place it was read up to. */
export async function holdsTail(
  handle: FileHandle,
  size: number,
  { offset, tail }: Pick<SourceState, 'offset' | 'tail'>,
): Promise<boolean> {
  const want = Buffer.from(tail, 'hex').subarray(-tailBytes)
  if (size < offset) return false
  const bytes = Buffer.alloc(want.length)
  const { bytesRead } = await handle.read(bytes, 0, bytes.length, offset - want.length)
  return bytesRead === want.length && bytes.equals(want)
}
