/** Smallest, middle and largest of some runs. */
export interface Spread {
  readonly min: number
  readonly median: number
  readonly max: number
}

/** The spread of one or more numbers; of an even number of them the median is the mean of the middle two. */
export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (index: number): number => sorted[index] ?? Number.NaN
  const middle = sorted.length / 2
  return {
    min: at(0),
    median: Number.isInteger(middle) ? (at(middle - 1) + at(middle)) / 2 : at(Math.floor(middle)),
    max: at(sorted.length - 1),
  }
}
