/** Natural logarithms of factorials, grown as needed; exact sums up to 1,000, Stirling's series above. */
const logFactorials = [0]

function logFactorial(n: number): number {
  if (n > 1_000) return (n + 0.5) * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * n) - 1 / (360 * n ** 3)
  for (let k = logFactorials.length; k <= n; k += 1) logFactorials.push((logFactorials[k - 1] ?? 0) + Math.log(k))
  return logFactorials[n] ?? 0
}

/** ln P(Poisson(mean) = k). */
export function logPoisson(mean: number, k: number): number {
  if (mean === 0) return k === 0 ? 0 : -Infinity
  return k * Math.log(mean) - mean - logFactorial(k)
}

/**
 * ln P(Poisson(mean) >= k), without loss in either tail: above the mean the series is summed from k on,
 * below it the complement is taken.
 */
export function logPoissonTail(mean: number, k: number): number {
  if (k <= 0) return 0
  if (mean === 0) return -Infinity
  if (k > mean) {
    let term = 1
    let sum = 1
    for (let n = k + 1; term > sum * 1e-17 && n < k + 100_000; n += 1) {
      term *= mean / n
      sum += term
    }
    return Math.min(0, logPoisson(mean, k) + Math.log(sum))
  }
  let below = 0
  for (let n = 0; n < k; n += 1) below += Math.exp(logPoisson(mean, n))
  return below >= 1 ? -Infinity : Math.log1p(-below)
}

/** ln of the sum of exponentials. */
export function logSum(terms: readonly number[]): number {
  let most = -Infinity
  for (const term of terms) if (term > most) most = term
  if (most === -Infinity) return -Infinity
  let sum = 0
  for (const term of terms) sum += Math.exp(term - most)
  return most + Math.log(sum)
}
