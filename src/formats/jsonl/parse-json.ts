import { limits } from '../../base/index.ts'
import { parseExactly } from './parse-exactly.ts'
import type { JsonObject, JsonValue, Parsed } from './json-value.ts'

// A number that JSON.parse may not give back as written: long, with a fraction or exponent, or minus zero. Linear: no nested repetition.
const riskyNumber = /(?:^|"[ \t\r\n]*:|[[,])[ \t\r\n]*-?(?:\d{1,20}[.eE]|\d{16})/
const minusZero = /(?:^|[:[,])[ \t\r\n]*-0(?![.\d])/
const keyEnd = /"[ \t\r\n]*:/g

/**
 * One JSON text. Most texts go through the runtime's own parser; those with a doubled key, a number it would change, or
 * ill-formed text are read by an exact one. Both give the same for the same text. Never throws.
 */
export function parseJson(text: string): Parsed {
  if (text.includes('\\ud') || text.includes('\\uD') || text.includes('__proto__') || !text.isWellFormed())
    return parseExactly(text)
  let value: JsonValue
  try {
    value = JSON.parse(riskyNumber.test(text) || minusZero.test(text) ? quoteNumbers(text) : text) as JsonValue
  } catch {
    return parseExactly(text)
  }
  const keys = countKeys(value, 0)
  if (keys === undefined) return { ok: false, why: 'depth', at: 0 }
  return keys === countMatches(text) ? { ok: true, value, notes: [] } : parseExactly(text)
}

const token = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g
const wholeNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/**
 * The text with quotes around the numbers that JSON.parse would not give back as written. Text that is no JSON does not
 * become JSON by it: behind an unclosed quote, a digit follows the first quote put in; a number in the place of a key
 * makes the count of keys differ.
 */
function quoteNumbers(text: string): string {
  return text.replace(token, (found) => {
    if (found.startsWith('"') || !wholeNumber.test(found)) return found
    const value = Number(found)
    return String(value) === found && !Object.is(value, -0) ? found : `"${found}"`
  })
}

/** How many members all objects have together; undefined when nesting passes the limit. */
function countKeys(value: JsonValue, depth: number): number | undefined {
  if (typeof value !== 'object' || value === null) return 0
  if (depth >= limits.depth) return undefined
  let sum = 0
  if (Array.isArray(value)) {
    for (const one of value as readonly JsonValue[]) {
      const inner = countKeys(one, depth + 1)
      if (inner === undefined) return undefined
      sum += inner
    }
    return sum
  }
  const object = value as JsonObject
  for (const key of Object.keys(object)) {
    const member = object[key] ?? null
    sum += 1
    if (typeof member === 'object' && member !== null) {
      const inner = countKeys(member, depth + 1)
      if (inner === undefined) return undefined
      sum += inner
    }
  }
  return sum
}

/** At least as many as there are members written, since each ends its name with a quote and a colon. */
function countMatches(text: string): number {
  let count = 0
  keyEnd.lastIndex = 0
  while (keyEnd.test(text)) count += 1
  return count
}
