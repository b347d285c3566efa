import { fault, type ByteSource, type Fault } from '../../base/index.ts'

/** A block of UTF-8 bytes (not checked) and what was met on the way. */
interface Block {
  readonly bytes: Buffer
  readonly faults: readonly Fault[]
}

/** The encoding that a byte-order mark states. */
export function statedEncoding(head: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8'
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  return undefined
}

/**
 * The bytes of a source in blocks, in UTF-8 and without a byte-order mark; UTF-16 with a mark is converted, and its
 * unpaired surrogates become U+FFFD with one fault for the source.
 */
export async function* asUtf8(source: ByteSource): AsyncGenerator<Block> {
  const head = await source.slice(0, 3)
  const encoding = statedEncoding(head)
  if (encoding === undefined || encoding === 'utf-8') {
    for await (const chunk of source.stream(encoding === undefined ? 0 : 3)) yield { bytes: asBuffer(chunk), faults: [] }
    return
  }
  const decoder = new TextDecoder(encoding, { fatal: false })
  let told = false
  for await (const chunk of source.stream(2)) {
    const text = decoder.decode(chunk, { stream: true })
    const faults: Fault[] = text.includes('\ufffd') && !told ? [illFormed(source)] : []
    told ||= faults.length > 0
    yield { bytes: Buffer.from(text, 'utf8'), faults }
  }
  const rest = decoder.decode()
  if (rest !== '') yield { bytes: Buffer.from(rest, 'utf8'), faults: told ? [] : [illFormed(source)] }
}

function asBuffer(chunk: Uint8Array): Buffer {
  return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
}

function illFormed(source: ByteSource): Fault {
  const what = 'The text is not well-formed UTF-16 throughout; the bad units were replaced by U+FFFD.'
  return fault('text-ill-formed', what, { file: source.name }, 'Compare with another copy of the file.', 0)
}
