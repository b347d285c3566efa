import { limits } from '../../base/index.ts'
import type { Flavour } from './flavour.ts'

/** What stands at a position of the dump: a whole unit, the beginning of one (more text is needed), or neither. */
export type Unit<T> =
  | { readonly kind: 'unit'; readonly value: T; readonly next: number }
  | { readonly kind: 'more' }
  | { readonly kind: 'wrong' }

const more = { kind: 'more' } as const
const wrong = { kind: 'wrong' } as const

/** One `(value, value, ...)` from its opening parenthesis. NULL becomes ''; expressions keep their text. */
export function readTuple(text: string, from: number, flavour: Flavour): Unit<string[]> {
  const values: string[] = []
  let at = from + 1
  for (;;) {
    const value = readValue(text, at, flavour)
    if (value.kind !== 'unit') return value
    values.push(value.value)
    if (values.length > limits.columns) return wrong
    at = skipSpace(text, value.next)
    if (at >= text.length) return more
    if (text[at] === ')') return { kind: 'unit', value: values, next: at + 1 }
    if (text[at] !== ',') return wrong
    at += 1
  }
}

const numeric = /[+-]?(?:\d{1,400}(?:\.\d{0,400})?|\.\d{1,400})(?:[eE][+-]?\d{1,9})?/y
const word = /[A-Za-z_][A-Za-z0-9_]{0,100}/y

function readValue(text: string, start: number, flavour: Flavour): Unit<string> {
  const from = skipSpace(text, start)
  const first = text[from]
  if (first === undefined || from + 2 >= text.length) return more
  if (first === "'" || first === '"') return afterCast(text, readQuoted(text, from, flavour.backslash))
  if (first === '0' && (text[from + 1] === 'x' || text[from + 1] === 'X'))
    return readHex(text, from + 2, text.slice(from, from + 2))
  numeric.lastIndex = from
  const number = numeric.exec(text)
  if (number !== null) {
    const next = from + number[0].length
    if (next >= text.length) return more
    return endsValue(text, next) ? { kind: 'unit', value: number[0], next } : readExpression(text, from, flavour)
  }
  word.lastIndex = from
  const name = word.exec(text)?.[0]
  if (name === undefined) return first === '(' ? readExpression(text, from, flavour) : wrong
  const after = from + name.length
  if (after + 1 >= text.length) return more
  if (text[after] === "'") return prefixed(text, { name, after, flavour })
  const spaced = skipSpace(text, after)
  if (name.startsWith('_') && text[spaced] === "'") return readQuoted(text, spaced, flavour.backslash)
  if (endsValue(text, after)) return { kind: 'unit', value: name.toUpperCase() === 'NULL' ? '' : name, next: after }
  return readExpression(text, from, flavour)
}

/** `E'..'`, `N'..'`, `X'..'`, `b'..'`, `_binary'..'`. */
function prefixed(text: string, at: { name: string; after: number; flavour: Flavour }): Unit<string> {
  const kind = at.name.toUpperCase()
  if (kind === 'X') {
    const end = text.indexOf("'", at.after + 1)
    if (end === -1) return more
    const digits = text.slice(at.after + 1, end)
    return { kind: 'unit', value: hexText(digits) ?? `0x${digits}`, next: end + 1 }
  }
  const backslash = kind === 'E' || (kind !== 'N' && kind !== 'B' && at.flavour.backslash)
  return afterCast(text, readQuoted(text, at.after, backslash || (kind === 'N' && at.flavour.backslash)))
}

const mysqlEscapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', 0: '\0', b: '\b', Z: '\u001a' }

/** A quoted literal from its quote on, escapes resolved. */
function readQuoted(text: string, from: number, backslash: boolean): Unit<string> {
  const quote = text[from] ?? "'"
  const parts: string[] = []
  let at = from + 1
  let plain = at
  for (;;) {
    const close = text.indexOf(quote, at)
    const escape = backslash ? nextBackslash(text, at, close) : -1
    if (escape !== -1) {
      const escaped = text[escape + 1]
      if (escaped === undefined) return more
      parts.push(text.slice(plain, escape), mysqlEscapes[escaped] ?? escaped)
      at = escape + 2
      plain = at
      continue
    }
    if (close === -1 || close + 1 >= text.length) return more
    if (text[close + 1] !== quote) {
      parts.push(text.slice(plain, close))
      return { kind: 'unit', value: parts.length === 1 ? (parts[0] ?? '') : parts.join(''), next: close + 1 }
    }
    parts.push(text.slice(plain, close + 1))
    at = close + 2
    plain = at
  }
}

/** The next backslash before `end`; looks no further than `end`, so that a text without any costs one pass. */
function nextBackslash(text: string, from: number, end: number): number {
  const stop = end === -1 ? text.length : end
  for (let at = from; at < stop; at += 1) if (text.charCodeAt(at) === 0x5c) return at
  return -1
}

/** Drops PostgreSQL's `::type` after a literal. */
function afterCast(text: string, literal: Unit<string>): Unit<string> {
  if (literal.kind !== 'unit' || text[literal.next] !== ':') return literal
  const cast = /::[A-Za-z_][A-Za-z0-9_ .[\]"]{0,100}(?:\(\d{1,9}(?:,\d{1,9})?\))?/y
  cast.lastIndex = literal.next
  const match = cast.exec(text)
  if (match === null) return text.length - literal.next < 120 ? more : wrong
  const next = literal.next + match[0].length
  return next >= text.length ? more : { ...literal, next }
}

function readHex(text: string, from: number, prefix: string): Unit<string> {
  let at = from
  while (at < text.length && /[0-9A-Fa-f]/.test(text[at] ?? '')) at += 1
  if (at >= text.length) return more
  const digits = text.slice(from, at)
  return endsValue(text, at) ? { kind: 'unit', value: hexText(digits) ?? prefix + digits, next: at } : wrong
}

/** Bytes written as hex, as text where they are UTF-8 without control characters. */
function hexText(digits: string): string | undefined {
  if (digits === '' || digits.length % 2 === 1 || /[^0-9A-Fa-f]/.test(digits)) return undefined
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(digits, 'hex'))
    return /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(text) ? undefined : text
  } catch {
    return undefined
  }
}

/** Anything else up to the comma or parenthesis that ends the value, as written. */
function readExpression(text: string, from: number, flavour: Flavour): Unit<string> {
  let depth = 0
  let at = from
  while (at < text.length) {
    if (at - from > 10_000) return wrong
    const character = text[at]
    if (character === "'" || character === '"') {
      const quoted = readQuoted(text, at, flavour.backslash)
      if (quoted.kind !== 'unit') return quoted
      at = quoted.next
      continue
    }
    if (character === ';') return wrong
    if (character === '(') depth += 1
    if (depth > limits.depth) return wrong
    if (depth === 0 && (character === ',' || character === ')'))
      return { kind: 'unit', value: castValue(text.slice(from, at).trim(), flavour), next: at }
    if (character === ')') depth -= 1
    at += 1
  }
  return more
}

/** `CAST(N'2024-09-30' AS Date)` and `CONVERT(date, N'..')` are the text in them; other expressions stay as written. */
function castValue(expression: string, flavour: Flavour): string {
  const opening = /^(?:CAST\s{0,9}\(|CONVERT\s{0,9}\(\s{0,9}\w{1,30}\s{0,9}(?:\(\d{1,5}\))?\s{0,9},)\s{0,9}/i.exec(
    expression,
  )?.[0]
  if (opening === undefined) return expression
  const inner = readValue(`${expression},,`, opening.length, flavour)
  if (inner.kind === 'unit') return inner.value
  const number = /^[+-]?[\d.]{1,60}(?=\s)/.exec(expression.slice(opening.length))?.[0]
  return number ?? expression
}

function endsValue(text: string, at: number): boolean {
  const next = text[skipSpace(text, at)]
  return next === ',' || next === ')' || next === undefined
}

/** First position from `at` on that is no white space. */
export function skipSpace(text: string, at: number): number {
  let next = at
  while (next < text.length && text.charCodeAt(next) <= 0x20) next += 1
  return next
}
