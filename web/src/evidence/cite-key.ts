import type { Cite } from '../../../src/server/api.ts'
import { isCite } from './is-cite.ts'

/** A short stable key of a cite for the URL (53 bits over its JSON). */
export function citeKey(cite: Cite): string {
  const text = JSON.stringify(cite)
  let [a, b] = [0xdeadbeef, 0x41c6ce57]
  for (let n = 0; n < text.length; n += 1) {
    const code = text.charCodeAt(n)
    a = Math.imul(a ^ code, 2654435761)
    b = Math.imul(b ^ code, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36)
}

/** The cite of a key anywhere in an answer; undefined when the case no longer has it. */
export function findCite(answer: unknown, key: string): Cite | undefined {
  const stack: unknown[] = [answer]
  while (stack.length > 0) {
    const value = stack.pop()
    if (typeof value !== 'object' || value === null) continue
    if (isCite(value)) {
      if (citeKey(value) === key) return value
      continue
    }
    for (const one of Object.values(value)) if (typeof one === 'object') stack.push(one)
  }
  return undefined
}
