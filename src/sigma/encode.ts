import { RuleProblem } from './problem.ts'
import { dashes, plainText, type Part } from './pattern.ts'

type Utf16 = 'utf16' | 'utf16le' | 'utf16be' | 'wide'

/** Most texts one value with interchangeable dashes may stand for when it is encoded. */
const mostTexts = 625

/** UTF-16 bytes of a text; `utf16` writes the byte order mark FF FE first. */
export function utf16(text: string, order: Utf16): Uint8Array {
  const bytes = Buffer.from(text, 'utf16le')
  if (order === 'utf16be') return bytes.swap16()
  return order === 'utf16' ? Buffer.concat([Buffer.of(0xff, 0xfe), bytes]) : bytes
}

/** Base64 of the bytes, padding included. */
export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}

/** The part of the Base64 text that does not depend on the neighbours, for the three places the bytes can stand at. */
export function base64Offsets(bytes: Uint8Array): string[] {
  return [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift, ' '), bytes]).toString('base64')
    const start = [0, 2, 3][shift] ?? 0
    const cut = [0, 3, 2][(bytes.length + shift) % 3] ?? 0
    return text.slice(start, text.length - cut)
  })
}

/** The plain texts a pattern without wildcards stands for: one, or one per choice of its dashes. */
export function plainTexts(parts: readonly Part[]): string[] {
  const plain = plainText(parts)
  if (plain !== undefined) return [plain]
  let texts = ['']
  for (const part of parts) {
    if (part.kind === 'any' || part.kind === 'one') throw new RuleProblem('a value with wildcards cannot be encoded')
    const choices = part.kind === 'text' ? [part.text] : dashes.split('')
    texts = texts.flatMap((text) => choices.map((choice) => text + choice))
    if (texts.length > mostTexts) throw new RuleProblem('too many dashes in a value that is encoded')
  }
  return texts
}
