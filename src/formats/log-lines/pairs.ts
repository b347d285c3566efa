import { limits } from '../../base/index.ts'

const name = /[A-Za-z_][\w.@%/()[\]-]{0,127}(?==)/y

/**
 * The `name=value` pairs of a text, in quotes or bare, parted by blanks, commas or semicolons; a doubled name keeps its
 * last value. Text between pairs is passed over. At most `limits.eventFields`.
 */
export function readPairs(text: string): Record<string, string> {
  const fields: Record<string, string> = {}
  eachPair(text, (key, value) => {
    fields[key === '__proto__' ? '(__proto__)' : key] = value
  })
  return fields
}

/** Calls `take` for each pair of a text, in order, as `readPairs` finds them. */
export function eachPair(text: string, take: (key: string, value: string, quoted: boolean) => void): void {
  let count = 0
  let at = 0
  while (at < text.length && count < limits.eventFields) {
    name.lastIndex = at
    const key = name.exec(text)?.[0]
    if (key === undefined) {
      at = nextStart(text, at)
      continue
    }
    const value = valueAt(text, at + key.length + 1)
    take(key, value.text, value.quoted)
    count += 1
    at = value.end
  }
}

function nextStart(text: string, from: number): number {
  for (let i = from; i < text.length; i += 1) if (isGap(text.charCodeAt(i))) return i + 1
  return text.length
}

function valueAt(text: string, from: number): { text: string; end: number; quoted: boolean } {
  const quote = text[from]
  if (quote === '"' || quote === "'") {
    let value = ''
    let start = from + 1
    for (let i = from + 1; i < text.length; i += 1) {
      if (text[i] === '\\' && (text[i + 1] === quote || text[i + 1] === '\\')) {
        value += text.slice(start, i)
        start = i + 1
        i += 1
      } else if (text[i] === quote) return { text: value + text.slice(start, i), end: i + 1, quoted: true }
    }
    // A quote that is never closed: the value goes to the end of the text.
    return { text: value + text.slice(start), end: text.length, quoted: true }
  }
  for (let i = from; i < text.length; i += 1)
    if (isGap(text.charCodeAt(i))) return { text: text.slice(from, i), end: i, quoted: false }
  return { text: text.slice(from), end: text.length, quoted: false }
}

function isGap(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 44 || code === 59
}

/**
 * Pairs parted by commas whose names and values hold blanks (`Device IP Address=192.0.2.1, CmdSet=[ CmdAV=show ]`); values of
 * a name that comes again are joined by line ends.
 */
export function readCommaPairs(text: string): Record<string, string> {
  const fields: Record<string, string> = {}
  let count = 0
  for (const part of commaParts(text)) {
    const equals = part.indexOf('=')
    const key = part.slice(0, equals).trim()
    if (equals < 1 || key.length > 128 || count >= limits.eventFields) continue
    const name = key === '__proto__' ? '(__proto__)' : key
    const value = part.slice(equals + 1).trim()
    fields[name] = fields[name] === undefined ? value : `${fields[name]}\n${value}`
    count += 1
  }
  return fields
}

function commaParts(text: string): string[] {
  const parts: string[] = []
  let start = 0
  let depth = 0
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i]
    if (c === '\\') i += 1
    else if (c === '[' || c === '{') depth += 1
    else if ((c === ']' || c === '}') && depth > 0) depth -= 1
    else if ((c === ',' || c === ';') && depth === 0) {
      parts.push(text.slice(start, i))
      start = i + 1
    }
  }
  parts.push(text.slice(start))
  return parts
}
