import { Parser } from 'htmlparser2'

/** What one part of a workbook says: elements by their name without prefix, and text. */
export interface PartReader {
  open(name: string, attributes: Readonly<Record<string, string>>): void
  close?(name: string): void
  text?(text: string): void
}

/**
 * Reads an XML part as a stream. No document type is read and no entity but the five of XML and character references is ever
 * replaced, so that nothing grows; memory does not depend on the size of the part.
 */
export async function readPart(chunks: AsyncIterable<Uint8Array>, reader: PartReader): Promise<void> {
  const decoder = new TextDecoder('utf-8')
  const parser = new Parser(
    {
      onopentag: (name, attributes) => reader.open(plain(name), attributes),
      onclosetag: (name) => reader.close?.(plain(name)),
      ontext: (text) => reader.text?.(text),
    },
    { xmlMode: true, decodeEntities: true },
  )
  for await (const chunk of chunks) parser.write(decoder.decode(chunk, { stream: true }))
  parser.end(decoder.decode())
}

function plain(name: string): string {
  const colon = name.indexOf(':')
  return colon === -1 ? name : name.slice(colon + 1)
}
