import { unreachable } from '../base/index.ts'
import { meets, type Correlation } from './correlation.ts'
import { fold } from './fold.ts'

/** A value of an event as a correlation needs it: a text to tell apart, or an amount. */
export type Mark = string | number

const plainDigits = /^-?\d{1,15}$/
const decimalDigits = /^-?\d{1,15}\.\d{1,9}$/
const hexDigits = /^0[xX][0-9a-fA-F]{1,13}$/

/** The amount a field states, or undefined for other text and for more than fifteen digits. */
function amountOf(text: string): number | undefined {
  return plainDigits.test(text) || decimalDigits.test(text) || hexDigits.test(text) ? Number(text) : undefined
}

/** What a correlation needs of an event beyond its time: undefined when the event lacks the fields and does not count. */
export function markOf(
  correlation: Correlation,
  fields: Readonly<Record<string, string>>,
  names: readonly string[],
): Mark | undefined {
  switch (correlation.type) {
    case 'event_count':
    case 'temporal':
    case 'temporal_ordered':
      return 0
    case 'value_count':
      return keyOf(fields, names)
    case 'value_percentile':
      return correlation.percentile === undefined ? keyOf(fields, names) : amountAt(fields, names)
    case 'value_sum':
    case 'value_avg':
    case 'value_median':
      return amountAt(fields, names)
    default:
      return unreachable(correlation.type)
  }
}

/** The values of several fields as one key, without the difference of upper and lower case; undefined when one is absent. */
export function keyOf(fields: Readonly<Record<string, string>>, names: readonly string[]): string | undefined {
  let key = ''
  for (let n = 0; n < names.length; n++) {
    const value = fields[names[n] ?? '']
    if (typeof value !== 'string') return undefined
    key = n === 0 ? fold(value) : `${key}\u0000${fold(value)}`
  }
  return key
}

function amountAt(fields: Readonly<Record<string, string>>, names: readonly string[]): number | undefined {
  const value = fields[names[0] ?? '']
  return typeof value === 'string' ? amountOf(value) : undefined
}

/** One event of a window that is judged as a whole. */
export interface Marked {
  /** Its number in the window. */
  readonly number: number
  readonly part: number
  readonly mark: Mark
}

/** What the condition compares over a whole window, and the events that contribute; undefined when there are none. */
export function measure(
  correlation: Correlation,
  of: readonly Marked[],
): { readonly value: number; readonly of: readonly Marked[] } | undefined {
  if (of.length === 0) return undefined
  const amounts = (): number[] => of.map(({ mark }) => Number(mark))
  switch (correlation.type) {
    case 'event_count':
      return { value: of.length, of }
    case 'value_count':
      return { value: new Set(of.map(({ mark }) => mark)).size, of }
    case 'value_sum':
      return { value: sum(amounts()), of }
    case 'value_avg':
      return { value: sum(amounts()) / of.length, of }
    case 'value_median': {
      const sorted = amounts().sort((a, b) => a - b)
      const half = Math.floor(sorted.length / 2)
      const upper = sorted[half] ?? 0
      return { value: sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? 0) + upper) / 2, of }
    }
    case 'value_percentile': {
      if (correlation.percentile === undefined) return rareOrFrequent(correlation, of)
      const sorted = amounts().sort((a, b) => a - b)
      const rank = Math.ceil((correlation.percentile / 100) * sorted.length)
      return { value: sorted[Math.max(rank, 1) - 1] ?? 0, of }
    }
    case 'temporal':
      return { value: new Set(of.map(({ part }) => part)).size, of }
    case 'temporal_ordered':
      return { value: longestOrder(of), of }
    default:
      return unreachable(correlation.type)
  }
}

/** The values whose share of all, in percent, meets the condition; the value measured is the smallest such share. */
function rareOrFrequent(
  correlation: Correlation,
  of: readonly Marked[],
): { readonly value: number; readonly of: readonly Marked[] } | undefined {
  const counts = new Map<Mark, number>()
  for (const { mark } of of) counts.set(mark, (counts.get(mark) ?? 0) + 1)
  let least: number | undefined
  const chosen = new Set<Mark>()
  for (const [mark, count] of counts) {
    const share = (100 * count) / of.length
    if (!meets(share, correlation.bounds)) continue
    chosen.add(mark)
    if (least === undefined || share < least) least = share
  }
  return least === undefined ? undefined : { value: least, of: of.filter(({ mark }) => chosen.has(mark)) }
}

/** The most parts that occur in the order written. */
function longestOrder(of: readonly Marked[]): number {
  const longest: number[] = []
  let best = 0
  for (const { part } of of) {
    let before = 0
    for (let earlier = 0; earlier < part; earlier++) before = Math.max(before, longest[earlier] ?? 0)
    longest[part] = Math.max(longest[part] ?? 0, before + 1)
    best = Math.max(best, longest[part])
  }
  return best
}

/** Whole parts and billionths apart, so that the order of adding changes nothing. */
function sum(amounts: readonly number[]): number {
  let whole = 0
  let billionths = 0
  for (const amount of amounts) {
    whole += Math.trunc(amount)
    billionths += Math.round((amount - Math.trunc(amount)) * 1e9)
  }
  return whole + billionths / 1e9
}
