import { UserError } from '../../base/index.ts'

/** What `log_line_prefix` can tell about an entry. */
export type PrefixField = 'time' | 'epoch' | 'pid' | 'session' | 'user' | 'database' | 'host' | 'application' | 'other'

/** A server log line taken apart: the fields of its prefix, its severity and the message behind it. */
export interface PrefixedLine {
  readonly fields: Partial<Record<PrefixField, string>>
  readonly severity: string
  readonly message: string
}

type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'field'; readonly field: PrefixField }
  | { readonly kind: 'stop' }

const escapes: Readonly<Record<string, PrefixField>> = {
  a: 'application',
  u: 'user',
  d: 'database',
  r: 'host',
  h: 'host',
  p: 'pid',
  c: 'session',
  t: 'time',
  m: 'time',
  n: 'epoch',
  b: 'other',
  P: 'other',
  L: 'other',
  i: 'other',
  e: 'other',
  l: 'other',
  s: 'other',
  v: 'other',
  x: 'other',
  Q: 'other',
}

const time = /\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(?:\.\d{1,6})? (?:[A-Za-z]{1,6}|[+-]\d{2}(?::?\d{2}){0,2})/y
const epoch = /\d{9,11}(?:\.\d{1,6})?/y
const severity = /(?:DEBUG[1-5]?|INFO|NOTICE|WARNING|ERROR|LOG|FATAL|PANIC|DETAIL|HINT|QUERY|CONTEXT|STATEMENT|LOCATION): {1,2}/y

/** Longest value of a prefix field; PostgreSQL cuts names at 63 bytes, hosts and remote ports are shorter than this. */
const fieldChars = 300

/**
 * Compiles PostgreSQL's `log_line_prefix` into a parser of one line, linear in its length. The parser gives undefined for a line that
 * does not begin so (a continuation). Throws UserError `pgaudit-prefix` when the template has an unknown escape or states no time.
 */
export function compilePrefix(template: string): (line: string) => PrefixedLine | undefined {
  const parts = partsOf(template)
  if (!parts.some((part) => part.kind === 'field' && (part.field === 'time' || part.field === 'epoch')))
    throw new UserError({
      code: 'pgaudit-prefix',
      message: 'The log_line_prefix states no time.',
      hint: 'It needs %m, %t or %n; copy it from postgresql.conf.',
    })
  return (line) => {
    const fields: Partial<Record<PrefixField, string>> = {}
    let at = 0
    for (const [index, part] of parts.entries()) {
      if (part.kind === 'stop') {
        // Processes without a session write nothing behind %q.
        const end = severityAt(line, at)
        if (end !== undefined) return { fields, ...end }
        continue
      }
      if (part.kind === 'text') {
        // Padding may stand where the template has a space.
        if (!line.startsWith(part.text, at)) return undefined
        at += part.text.length
        continue
      }
      const end = fieldEnd(line, at, { field: part.field, following: parts.slice(index + 1) })
      if (end === undefined) return undefined
      if (part.field !== 'other') fields[part.field] = line.slice(at, end).trim()
      at = end
    }
    const end = severityAt(line, at)
    return end === undefined ? undefined : { fields, ...end }
  }
}

function partsOf(template: string): Part[] {
  const parts: Part[] = []
  const escape = /%(-?\d{0,3})([A-Za-z%])|([^%]+)/y
  let at = 0
  while (at < template.length) {
    escape.lastIndex = at
    const found = escape.exec(template)
    const letter = found?.[2]
    const field = letter === undefined ? undefined : escapes[letter]
    if (found === null || (letter !== undefined && letter !== '%' && letter !== 'q' && field === undefined))
      throw new UserError({
        code: 'pgaudit-prefix',
        message: `The log_line_prefix has an unknown escape at character ${at + 1}.`,
        hint: 'Copy it from postgresql.conf, with its spaces.',
      })
    if (letter === 'q') parts.push({ kind: 'stop' })
    else if (field !== undefined) parts.push({ kind: 'field', field })
    else addText(parts, letter === '%' ? '%' : (found[3] ?? ''))
    at = escape.lastIndex
  }
  return parts
}

function addText(parts: Part[], text: string): void {
  const last = parts.at(-1)
  if (last?.kind === 'text') parts[parts.length - 1] = { kind: 'text', text: last.text + text }
  else parts.push({ kind: 'text', text })
}

/** A field ends where the text behind it in the template begins; the last one before the severity. */
function fieldEnd(line: string, from: number, part: { field: PrefixField; following: readonly Part[] }): number | undefined {
  if (part.field === 'time' || part.field === 'epoch') {
    const pattern = part.field === 'time' ? time : epoch
    pattern.lastIndex = from
    return pattern.test(line) ? pattern.lastIndex : undefined
  }
  const next = part.following.find((one) => one.kind !== 'stop')
  const window = line.slice(from, from + fieldChars)
  if (next?.kind !== 'text') {
    const end = /[ ,:@[\]]/.exec(window)
    return from + (end?.index ?? window.length)
  }
  const last = part.following.every((one) => one.kind !== 'field')
  for (let at = window.indexOf(next.text); at !== -1; at = window.indexOf(next.text, at + 1))
    if (!last || severityAt(line, from + at + next.text.length) !== undefined) return from + at
  return undefined
}

function severityAt(line: string, at: number): { severity: string; message: string } | undefined {
  severity.lastIndex = at
  const found = severity.exec(line)
  return found === null
    ? undefined
    : { severity: found[0].slice(0, found[0].indexOf(':')), message: line.slice(severity.lastIndex) }
}
