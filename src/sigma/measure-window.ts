import { unreachable } from '../base/index.ts'
import { meets, type Correlation } from './correlation.ts'

/** One event of a window that is judged as a whole. */
export interface Marked {
  /** Its number in the window. */
  readonly number: number
  readonly part: number
  /** Its amount, or the number of its text. */
  readonly mark: number
}

/** What the condition compares over a whole window, and the events that contribute; undefined when there are none. */
export function measure(
  correlation: Correlation,
  of: readonly Marked[],
): { readonly value: number; readonly of: readonly Marked[] } | undefined {
  if (of.length === 0) return undefined
  const amounts = (): number[] => of.map(({ mark }) => mark)
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
  const counts = new Map<number, number>()
  for (const { mark } of of) counts.set(mark, (counts.get(mark) ?? 0) + 1)
  let least: number | undefined
  const chosen = new Set<number>()
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
