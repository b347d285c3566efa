import { Parser } from 'htmlparser2'
import { limits } from '../../base/index.ts'

const hidden = new Set(['script', 'style', 'noscript', 'template'])
const breaks = new Set(['p', 'br', 'div', 'li', 'tr', 'h1', 'h2', 'h3', 'h4', 'blockquote'])

/** Text of a field that may hold HTML: entities decoded, marks left off, scripts dropped. In and out: one string, bounded. */
export function plainText(text: string): string {
  const part = text.slice(0, limits.fieldChars)
  if (!/[<&]/.test(part)) return part.trim()
  const out: string[] = []
  let quiet = 0
  const parser = new Parser(
    {
      onopentag(name) {
        if (hidden.has(name)) quiet += 1
        if (breaks.has(name)) out.push('\n')
      },
      ontext(piece) {
        if (quiet === 0) out.push(piece)
      },
      onclosetag(name) {
        if (hidden.has(name)) quiet = Math.max(0, quiet - 1)
        if (breaks.has(name)) out.push('\n')
      },
    },
    { decodeEntities: true },
  )
  parser.write(part)
  parser.end()
  return out
    .join('')
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .trim()
}
