import { fold } from './fold.ts'
import { dashes, plainText, type Part } from './pattern.ts'

type Fixed = Exclude<Part, { readonly kind: 'any' }>

/**
 * Compiles a pattern to a test of a whole value. With `cased` false the value handed in must be folded already.
 * Time is bounded by length of value times length of pattern: segments between `*` are found left to right, never
 * taken back.
 */
export function compileGlob(parts: readonly Part[], cased: boolean): (value: string) => boolean {
  const ready = cased ? parts : parts.map((part) => (part.kind === 'text' ? { kind: part.kind, text: fold(part.text) } : part))
  const plain = plainText(ready)
  if (plain !== undefined) return (value) => value === plain
  return simpleGlob(ready) ?? segmentGlob(ready)
}

/** The frequent shapes with one text and `*` at the ends. */
function simpleGlob(parts: readonly Part[]): ((value: string) => boolean) | undefined {
  if (parts.length === 1 && parts[0]?.kind === 'any') return () => true
  const texts = parts.filter((part) => part.kind === 'text')
  const text = texts[0]?.text
  if (text === undefined || texts.length !== 1 || parts.some((part) => part.kind === 'one' || part.kind === 'dash'))
    return undefined
  const before = parts[0]?.kind === 'any'
  const after = parts.at(-1)?.kind === 'any'
  if (before && after) return (value) => value.includes(text)
  return before ? (value) => value.endsWith(text) : (value) => value.startsWith(text)
}

function segmentGlob(parts: readonly Part[]): (value: string) => boolean {
  const segments: Fixed[][] = [[]]
  for (const part of parts) {
    if (part.kind === 'any') segments.push([])
    else segments.at(-1)?.push(part)
  }
  const first = segments[0] ?? []
  const last = segments.at(-1) ?? []
  const middle = segments.slice(1, -1).filter((segment) => segment.length > 0)
  if (segments.length === 1) return (value) => forward(first, value, 0) === value.length
  return (value) => {
    let at = forward(first, value, 0)
    if (at < 0) return false
    for (const segment of middle) {
      at = search(segment, value, at)
      if (at < 0) return false
    }
    return backward(last, value) >= at
  }
}

/** End of the first place at or after `from` where the segment stands, or -1. */
function search(segment: readonly Fixed[], value: string, from: number): number {
  const [head] = segment
  for (let at = from; at <= value.length; at++) {
    if (head?.kind === 'text') {
      at = value.indexOf(head.text, at)
      if (at < 0) return -1
    }
    const end = forward(segment, value, at)
    if (end >= 0) return end
  }
  return -1
}

/** End of the segment when it stands at `at`, or -1. */
function forward(segment: readonly Fixed[], value: string, at: number): number {
  let end = at
  for (const part of segment) {
    if (part.kind === 'text') {
      if (!value.startsWith(part.text, end)) return -1
      end += part.text.length
    } else {
      if (end >= value.length) return -1
      if (part.kind === 'dash' && !dashes.includes(value.charAt(end))) return -1
      end += isPair(value, end) ? 2 : 1
    }
  }
  return end
}

/** Start of the segment when it stands at the end of the value, or -1. */
function backward(segment: readonly Fixed[], value: string): number {
  let start = value.length
  for (const part of segment.toReversed()) {
    if (part.kind === 'text') {
      start -= part.text.length
      if (start < 0 || !value.startsWith(part.text, start)) return -1
    } else {
      start -= start >= 2 && isPair(value, start - 2) ? 2 : 1
      if (start < 0) return -1
      if (part.kind === 'dash' && !dashes.includes(value.charAt(start))) return -1
    }
  }
  return start
}

/** Whether one character beyond the 16-bit range starts here. */
function isPair(value: string, at: number): boolean {
  return (value.codePointAt(at) ?? 0) > 0xffff
}
