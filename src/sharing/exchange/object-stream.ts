import { limits } from '../../base/index.ts'

/** A part of a document of STIX objects: one object as text, or why one was passed over, or the other members at the end. */
export type ObjectPart =
  | { readonly kind: 'object'; readonly text: string }
  /** `n` counts objects from 1. */
  | { readonly kind: 'skipped'; readonly n: number; readonly why: string }
  | { readonly kind: 'rest'; readonly members: Readonly<Record<string, string>>; readonly whole: boolean }

const quote = 0x22
const backslash = 0x5c
const openBrace = 0x7b
const closeBrace = 0x7d
const openBracket = 0x5b
const closeBracket = 0x5d
const restChars = 4_096

/**
 * Splits `{"objects": [{...}, ...], ...}` (a bundle, a TAXII envelope) into its objects while it is read: memory is that of one
 * object. Objects that are too large or nested too deeply are passed over. Ends with the other members whose values are plain
 * (`more`, `next`, `type`), and whether the document was whole.
 */
export async function* objectStream(source: AsyncIterable<Uint8Array>): AsyncGenerator<ObjectPart> {
  const members: Record<string, string> = {}
  let depth = 0
  let inString = false
  let escaped = false
  let inObjects = false
  let collecting: Buffer[] = []
  let collected = 0
  let collectingFrom = -1
  let tooMuch = ''
  let outer = ''
  let count = 0
  let bytes = 0
  let ended = false
  for await (const given of source) {
    const chunk = Buffer.from(given.buffer, given.byteOffset, given.byteLength)
    bytes += chunk.length
    if (bytes > limits.sharedBytes) return yield { kind: 'rest', members: membersOf(outer, members), whole: false }
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0
      if (inString) {
        if (escaped) escaped = false
        else if (byte === backslash) escaped = true
        else if (byte === quote) inString = false
        if (depth === 1 && outer.length < restChars) outer += String.fromCodePoint(byte)
        continue
      }
      if (byte === quote) inString = true
      else if (byte === openBrace || byte === openBracket) {
        if (depth === 1 && byte === openBracket && /"objects"\s*:\s*$/.test(outer.slice(-64))) inObjects = true
        depth += 1
        if (inObjects && depth === 3 && byte === openBrace) {
          count += 1
          collectingFrom = at
          collected = 0
          collecting = []
          tooMuch = ''
        }
        if (depth > limits.depth + 3) tooMuch = 'nested too deeply'
      } else if (byte === closeBrace || byte === closeBracket) {
        depth -= 1
        if (depth < 0) return yield { kind: 'rest', members: membersOf(outer, members), whole: false }
        if (inObjects && depth === 2 && collectingFrom >= 0) {
          const last = chunk.subarray(collectingFrom, at + 1)
          if (collected + last.length > limits.sharedObjectBytes) tooMuch = tooMuch === '' ? 'too large' : tooMuch
          if (tooMuch === '') yield { kind: 'object', text: Buffer.concat([...collecting, last]).toString('utf8') }
          else yield { kind: 'skipped', n: count, why: tooMuch }
          collectingFrom = -1
          collected = 0
          collecting = []
        }
        if (inObjects && depth === 1) inObjects = false
        if (depth === 0) ended = true
      }
      if (depth === 1 && outer.length < restChars) outer += String.fromCodePoint(byte)
    }
    if (collectingFrom >= 0) {
      const part = chunk.subarray(collectingFrom)
      collected += part.length
      if (collected > limits.sharedObjectBytes) {
        tooMuch = 'too large'
        collecting = []
      } else if (tooMuch === '') collecting.push(Buffer.from(part))
      collectingFrom = 0
    }
  }
  yield { kind: 'rest', members: membersOf(outer, members), whole: ended && depth === 0 }
}

/** Plain members of the outermost object: texts, numbers, `true` and `false`. */
function membersOf(outer: string, found: Record<string, string>): Readonly<Record<string, string>> {
  for (const [, name = '', text, word] of outer.matchAll(
    /"(more|next|type|id)"\s*:\s*(?:"((?:[^"\\]|\\.){0,2000})"|(true|false|\d{1,20}))/g,
  ))
    found[name] = text ?? word ?? ''
  return found
}
