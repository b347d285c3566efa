import { isCite } from '../evidence/is-cite.ts'
import { printable } from './printable.ts'

/**
 * An answer of the server with every text in it made printable, in one place, so that no component can forget it.
 * Cites stay as they are: they go back to the server unchanged, and their labels are made printable when written.
 */
export function printableAnswer<T>(value: T): T {
  return clean(value) as T
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return printable(value)
  if (Array.isArray(value)) return value.map(clean)
  if (typeof value !== 'object' || value === null || isCite(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, clean(one)]))
}
