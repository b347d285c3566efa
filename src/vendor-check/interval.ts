import { invariant } from '../base/index.ts'

/** A share between 0 and 1 with its bounds. */
export interface Interval {
  readonly from: number
  readonly to: number
}

/**
 * The exact interval of Clopper and Pearson for `hits` of `n` at a level such as 0.95: quantiles of the beta distribution.
 * With n = 0 nothing is known: 0 to 1.
 */
export function clopperPearson(hits: number, n: number, level: number): Interval {
  invariant(hits >= 0 && hits <= n && level > 0 && level < 1, 'hits of n at a level')
  if (n === 0) return { from: 0, to: 1 }
  const tail = (1 - level) / 2
  return {
    from: hits === 0 ? 0 : betaQuantile(tail, hits, n - hits + 1),
    to: hits === n ? 1 : betaQuantile(1 - tail, hits + 1, n - hits),
  }
}

/** The x at which the regularised incomplete beta function is `p`, by halving to the last bit. */
function betaQuantile(p: number, a: number, b: number): number {
  let [low, high] = [0, 1]
  for (let step = 0; step < 200 && high - low > Number.EPSILON * high; step += 1) {
    const middle = (low + high) / 2
    if (incompleteBeta(middle, a, b) < p) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** The regularised incomplete beta function by Lentz's continued fraction (Numerical Recipes, 3rd edition, 6.4). */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x))
  return x < (a + 1) / (a + b + 2) ? (front * fraction(x, a, b)) / a : 1 - (front * fraction(1 - x, b, a)) / b
}

function fraction(x: number, a: number, b: number): number {
  const tiny = 1e-300
  const away = (value: number): number => (Math.abs(value) < tiny ? tiny : value)
  let c = 1
  let d = 1 / away(1 - ((a + b) * x) / (a + 1))
  let result = d
  for (let m = 1; m <= 10_000; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / away(1 + even * d)
    c = away(1 + even / c)
    result *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / away(1 + odd * d)
    c = away(1 + odd / c)
    result *= d * c
    if (Math.abs(d * c - 1) < 1e-15) break
  }
  return result
}

/** Logarithm of the gamma function for x >= 1: Stirling's series after lifting x above 15. */
function logGamma(x: number): number {
  let shift = 0
  let at = x
  for (; at < 15; at += 1) shift -= Math.log(at)
  const inverse = 1 / (at * at)
  const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse * (1 / 1680 - inverse / 1188)))) / at
  return shift + (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI) + series
}
