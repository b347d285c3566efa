import type { CodeMap } from './pdf-codes.ts'

const token =
  /\((?:[^()\\]|\\[^]|\((?:[^()\\]|\\[^])*\))*\)|<[0-9A-Fa-f\s]*>|\/[^\s/<>[\]()]+|\[|\]|[-+]?\d*\.?\d+|'|"|[A-Za-z*]+/g

/**
 * Text of a page's content stream: strings of the text operators in their order, a new line where the pen moves down, a gap where it
 * moves on. `fonts` map codes of named fonts; other fonts are read as Windows Latin.
 */
export function pageText(content: string, fonts: ReadonlyMap<string, CodeMap>): string {
  const out: string[] = []
  const stack: string[] = []
  let font: CodeMap | undefined
  let list: string | undefined
  let size = 12
  let y: number | undefined
  const number = (back: number): number => Number(stack.at(-back) ?? 0)
  const line = (gap: number): void => {
    out.push(Math.abs(gap) > size * 1.8 ? '\n\n' : '\n')
  }
  for (const [part] of content.matchAll(token)) {
    const first = part[0]
    if (first === '[') list = ''
    else if (first === ']') {
      stack.push(list ?? '')
      list = undefined
    } else if (first === '(' || first === '<') {
      const text = stringOf(part, font)
      if (list === undefined) stack.push(text)
      else list += text
    } else if (list !== undefined) {
      if (Number(part) < -180 && !list.endsWith(' ')) list += ' '
    } else if (first === '/' || /[\d.+-]/.test(first ?? '')) stack.push(part)
    else {
      switch (part) {
        case 'Tf':
          font = fonts.get((stack.at(-2) ?? '').slice(1))
          size = Math.abs(number(1)) || size
          break
        case 'Tj':
        case 'TJ':
          out.push(stack.at(-1) ?? '')
          break
        case "'":
        case '"':
          line(size)
          out.push(stack.at(-1) ?? '')
          break
        case 'Td':
        case 'TD':
          if (number(1) === 0) out.push(' ')
          else line(number(1))
          break
        case 'T*':
          line(size)
          break
        case 'Tm': {
          const next = number(1)
          if (y !== undefined && next !== y) line(next - y)
          else if (y !== undefined) out.push(' ')
          y = next
          break
        }
        case 'ET':
          out.push('\n')
          break
      }
      stack.length = 0
    }
    if (stack.length > 1_000) stack.length = 0
  }
  return out
    .join('')
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

function stringOf(part: string, font: CodeMap | undefined): string {
  const bytes = part.startsWith('<') ? Buffer.from(part.slice(1, -1).replace(/\s/g, ''), 'hex') : literal(part.slice(1, -1))
  if (font === undefined) return new TextDecoder('windows-1252').decode(bytes)
  let text = ''
  for (let at = 0; at + font.bytes <= bytes.length; at += font.bytes)
    text += font.characters.get(font.bytes === 1 ? (bytes[at] ?? 0) : bytes.readUInt16BE(at)) ?? ''
  return text
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }

function literal(text: string): Buffer {
  const plain = text.replace(/\\(?:([0-7]{1,3})|\r?\n|([^]))/g, (_, octal: string | undefined, one: string | undefined) =>
    octal !== undefined ? String.fromCharCode(Number.parseInt(octal, 8) & 255) : one === undefined ? '' : (escapes[one] ?? one),
  )
  return Buffer.from(plain, 'latin1')
}
