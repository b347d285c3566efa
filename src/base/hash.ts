import { createHash } from 'node:crypto'
import type { ByteSource } from './source.ts'

/** SHA-256 of bytes or UTF-8 text, in lower-case hex. */
export function sha256(data: Uint8Array | string): string {
  return createHash('sha256').update(data).digest('hex')
}

/** SHA-256 of a whole source, streamed. */
export async function sha256Of(source: ByteSource): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of source.stream()) hash.update(chunk)
  return hash.digest('hex')
}
