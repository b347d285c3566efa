import { unreachable } from '../base/index.ts'
import type { Comparison } from './plan.ts'

type Numeral = bigint | number

/** Reads a decimal numeral or a `0x…` one; undefined for any other text. Whole numbers keep all their digits. */
export function readNumeral(text: string): Numeral | undefined {
  if (text.length === 0 || text.length > 80) return undefined
  if (/^-?\d+$/.test(text) || /^0[xX][0-9a-fA-F]+$/.test(text)) return BigInt(text)
  if (!/^-?\d+\.\d+$/.test(text)) return undefined
  const value = Number(text)
  return Number.isSafeInteger(value) ? BigInt(value) : value
}

/** One text per number (`0x1f`, `031` and `31.0` give `31`), or undefined when the text is no numeral. */
export function numeralKey(text: string): string | undefined {
  return readNumeral(text)?.toString()
}

/** Compiles a comparison with a number to a test of a value in text; text that is no numeral fails it. */
export function compileComparison(op: Comparison, value: string): (text: string) => boolean {
  const bound = readNumeral(value) ?? Number(value)
  return (text) => {
    const found = readNumeral(text)
    return found !== undefined && compare(found, op, bound)
  }
}

function compare(found: Numeral, op: Comparison, bound: Numeral): boolean {
  switch (op) {
    case 'eq':
      return found === bound
    case 'lt':
      return found < bound
    case 'lte':
      return found <= bound
    case 'gt':
      return found > bound
    case 'gte':
      return found >= bound
    default:
      return unreachable(op)
  }
}
