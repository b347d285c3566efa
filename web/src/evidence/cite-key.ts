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

const openedHere = 'breachline-cite-'

/** Keeps a cite that stands in no answer of the case (a record listed on request), so that its address opens again in this window. */
export function keepCite(cite: Cite): string {
  const key = citeKey(cite)
  sessionStorage.setItem(openedHere + key, JSON.stringify(cite))
  return key
}

/** A cite kept by `keepCite` in this window. */
export function keptCite(key: string): Cite | undefined {
  const text = sessionStorage.getItem(openedHere + key)
  if (text === null) return undefined
  const value: unknown = JSON.parse(text)
  return typeof value === 'object' && value !== null && isCite(value) ? value : undefined
}
