import { logPoissonTail } from './poisson.ts'

/**
 * ln P(N >= k) for a negative binomial count of the given mean and size (variance = mean + mean^2 / size); Poisson at infinite size.
 * Above the mean the series is summed from k on, below it the complement is taken.
 */
export function logNegativeBinomialTail(options: { readonly mean: number; readonly size: number; readonly k: number }): number {
  const { mean, size, k } = options
  if (k <= 0) return 0
  if (mean <= 0) return -Infinity
  if (!Number.isFinite(size) || size > 1e6) return logPoissonTail(mean, k)
  const share = Math.log(mean / (mean + size))
  let log = size * Math.log(size / (size + mean))
  let below = 0
  for (let n = 0; n < k; n += 1) {
    below += Math.exp(log)
    log += share + Math.log((n + size) / (n + 1))
  }
  if (k <= mean) return below >= 1 ? -Infinity : Math.log1p(-below)
  const ratio = mean / (mean + size)
  let term = 1
  let sum = 1
  for (let n = k; term > sum * 1e-16 && n < k + 100_000; n += 1) {
    term *= (ratio * (n + size)) / (n + 1)
    sum += term
  }
  return Math.min(0, log + Math.log(sum))
}

/** ln P(N >= k) for a beta-binomial count: `n` trials, a mean share, and the sum of both parameters of the beta (infinite = binomial). */
export function logBetaBinomialTail(options: {
  readonly n: number
  readonly share: number
  readonly concentration: number
  readonly k: number
}): number {
  const { n, share, k } = options
  if (k <= 0) return 0
  if (share <= 0) return -Infinity
  if (share >= 1) return 0
  const concentration = Math.min(options.concentration, 1e7)
  const [a, b] = [share * concentration, (1 - share) * concentration]
  // From the term at 0 by ratios; ln of the running term, so that long series do not underflow.
  let log = 0
  for (let j = 0; j < n; j += 1) log += Math.log((b + j) / (a + b + j))
  const terms: number[] = []
  for (let j = 0; j <= n; j += 1) {
    if (j >= k) terms.push(log)
    log += Math.log((((n - j) / (j + 1)) * (a + j)) / (b + n - j - 1))
  }
  let most = -Infinity
  for (const term of terms) if (term > most) most = term
  if (most === -Infinity) return -Infinity
  let sum = 0
  for (const term of terms) sum += Math.exp(term - most)
  return Math.min(0, most + Math.log(sum))
}
