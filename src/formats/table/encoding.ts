import type { ByteSource, Watch } from '../../base/index.ts'

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/** Bytes at the head of a source that decide encoding and dialect. */
export const headBytes = 256 * 1024

/**
 * Encoding of text by its head: byte order mark, else zero bytes on one side of every pair (UTF-16 without mark),
 * else UTF-8 when the head is well-formed UTF-8 (a character cut at the end is allowed), else Windows-1252, in which every byte has a meaning.
 */
export function sniffEncoding(head: Uint8Array): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  const sample = head.subarray(0, 4096)
  let evenZeros = 0
  let oddZeros = 0
  for (let at = 0; at + 1 < sample.length; at += 2) {
    if (sample[at] === 0) evenZeros += 1
    if (sample[at + 1] === 0) oddZeros += 1
  }
  const pairs = sample.length >> 1
  if (oddZeros > pairs * 0.6 && evenZeros < pairs * 0.1) return 'utf-16le'
  if (evenZeros > pairs * 0.6 && oddZeros < pairs * 0.1) return 'utf-16be'
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return 'utf-8'
  } catch {
    return 'windows-1252'
  }
}

/** The source as text, chunk by chunk, without a byte order mark; what cannot be decoded becomes U+FFFD. */
export async function* decoded(source: ByteSource, encoding: Encoding, watch?: Watch): AsyncIterable<string> {
  const decoder = new TextDecoder(encoding)
  let done = 0
  for await (const chunk of source.stream()) {
    watch?.signal?.throwIfAborted()
    done += chunk.length
    const text = decoder.decode(chunk, { stream: true })
    if (text !== '') yield text
    watch?.report?.({ step: `reading ${source.name}`, done, total: source.size, unit: 'bytes' })
  }
  const rest = decoder.decode()
  if (rest !== '') yield rest
}
