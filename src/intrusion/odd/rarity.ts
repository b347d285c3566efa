/** Days of logs that teach what is usual, before anything is called new. */
export const learningDays = 7

const mostBits = 10

/** Bits of something that happened to `others` of so many `seen`: how surprising one more is (add one half). */
export function bitsOfRarity(others: number, seen: number): number {
  return Math.min(mostBits, -Math.log2((others + 0.5) / (seen + 1)))
}

/** Bits of an amount that is so many times what is usual. */
export function bitsOfRatio(ratio: number): number {
  return Math.min(8, 1 + Math.log2(ratio))
}

/** The value below which a share of the values lies; 0 of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
