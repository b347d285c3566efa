/** A share with its 95 % interval (Wilson). */
export interface Share {
  readonly hits: number
  readonly n: number
  readonly share: number
  readonly from: number
  readonly to: number
}

/** `hits` of `n`; of nothing the share is NaN and the interval everything. */
export function shareOf(hits: number, n: number): Share {
  if (n === 0) return { hits, n, share: Number.NaN, from: 0, to: 1 }
  const z = 1.959964
  const share = hits / n
  const centre = (share + (z * z) / (2 * n)) / (1 + (z * z) / n)
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))
  return { hits, n, share, from: hits === 0 ? 0 : Math.max(0, centre - half), to: hits === n ? 1 : Math.min(1, centre + half) }
}

/** The share of a list that meets a condition. */
export function shareWhere<T>(list: readonly T[], meets: (one: T) => boolean): Share {
  return shareOf(list.filter(meets).length, list.length)
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Value at a quantile of 0..1, the nearer of those there are; NaN of nothing. */
export function quantile(values: readonly number[], at: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(at * sorted.length))] ?? Number.NaN
}
