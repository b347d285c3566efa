import type { TableSize } from './verdict.ts'

const leastNumbers = 20
/** Ranges wider than this are not given out one after another. */
const widest = 1_000_000_000
/** Of numbers that fill this share of their range the sample is a slice of neighbours: it tells nothing of what lies beside it. */
const slice = 0.1
/** Gaps between even draws scatter about as much as they are wide; a sequence read in order has gaps more alike than this, as a share of their mean. */
const regular = 0.7
/** Kolmogorov's bound for numbers spread evenly over their range, at 1 %. */
const uneven = 1.63

/**
 * How many rows a table numbered one after another has, by different numbers that were drawn from it: spread (n+1)/(n-1) - 1 with both ends unknown
 * (Goodman 1954); `most` is the upper 95 % limit for draws without order, `least` the spread itself. Undefined when the numbers are few, a slice of
 * neighbours, unevenly spread or too far apart: they are no such draw.
 */
export function tableSize(numbers: ReadonlySet<number>): TableSize | undefined {
  const n = numbers.size
  if (n < leastNumbers) return undefined
  const sorted = Float64Array.from(numbers).toSorted()
  const [low = 0, high = 0] = [sorted[0], sorted[n - 1]]
  const spread = high - low
  if (spread > widest || n >= (spread + 1) * slice || scatter(sorted) < regular || departure(sorted) > uneven) return undefined
  return {
    numbers: n,
    least: spread + 1,
    about: Math.round((spread * (n + 1)) / (n - 1) - 1),
    most: Math.ceil(spread / lowestShare(n)),
  }
}

/** Standard deviation of the gaps as a share of their mean. */
function scatter(sorted: Float64Array): number {
  const gaps = sorted.subarray(1).map((value, at) => value - (sorted[at] ?? 0))
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
  return Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length) / mean
}

/** How far the numbers between the first and the last depart from an even spread: Kolmogorov's distance times the root of their count. */
function departure(sorted: Float64Array): number {
  const inner = sorted.length - 2
  const [low = 0, high = 0] = [sorted[0], sorted.at(-1)]
  let most = 0
  for (let at = 1; at <= inner; at += 1) {
    const place = ((sorted[at] ?? 0) - low) / (high - low)
    most = Math.max(most, Math.abs(place - (at - 1) / inner), Math.abs(place - at / inner))
  }
  return most * Math.sqrt(inner)
}

/** The share of the whole that the spread of n even draws stays under one time in twenty: it follows Beta(n-1, 2). */
function lowestShare(n: number): number {
  let [from, to] = [0, 1]
  for (let step = 0; step < 60; step += 1) {
    const x = (from + to) / 2
    if (n * x ** (n - 1) - (n - 1) * x ** n < 0.05) from = x
    else to = x
  }
  return from
}
