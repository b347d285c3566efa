import { createHash } from 'node:crypto'

/** What may stand in a finding's parameters: no floating-point numbers (fixed decimals are strings). */
export type Canonical =
  | null
  | boolean
  | number
  | string
  | readonly Canonical[]
  | { readonly [key: string]: Canonical | undefined }

/**
 * Canonical JSON: keys in UTF-16 code unit order, no white space, integers only, well-formed text
 * (RFC 8785 restricted to integers, so that no number formatting can differ between runs). `undefined` members are left out.
 * Throws on a fraction, an unsafe integer, or ill-formed text: those are bugs of the caller.
 */
export function canonicalJson(value: Canonical): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new Error(`internal error: ${value} is no integer; write decimals as text`)
    return String(value === 0 ? 0 : value)
  }
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new Error('internal error: ill-formed text in canonical JSON')
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const object = value as { readonly [key: string]: Canonical | undefined }
  const members = Object.keys(object)
    .sort()
    .flatMap((key) => {
      const member = object[key]
      return member === undefined ? [] : [`${JSON.stringify(key)}:${canonicalJson(member)}`]
    })
  return `{${members.join(',')}}`
}

/** A content id: prefix, underscore, and the first 128 bits of SHA-256 over the canonical JSON, in hex. */
export function contentId(prefix: string, value: Canonical): string {
  return `${prefix}_${createHash('sha256').update(canonicalJson(value)).digest('hex').slice(0, 32)}`
}

/** A number as a fixed decimal text for canonical JSON: `fixed(0.12345, 3)` is `"0.123"`, and -0 is `"0.000"`. */
export function fixed(value: number, digits: number): string {
  const text = value.toFixed(digits)
  return /^-0\.?0*$/.test(text) ? text.slice(1) : text
}
