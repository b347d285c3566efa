import { logNegativeBinomialTail } from './negative-binomial.ts'
import { logPoisson, logPoissonTail, logSum } from './poisson.ts'
import type { PriorPoint } from './prior.ts'

/** What is expected of a subscriber, given days that are not under test. */
export interface Baseline {
  /** ln p of `u` or more days without a reason, or of `y` or more by accounts that make `share` of such reads. */
  readonly tail: (given: { readonly x: number; readonly v?: number }, event: Event) => number
  /** ln of how much more likely `u` days are at `factor` times the expected rate, over `share` of the period. */
  readonly logRatio: (given: {
    readonly x: number
    readonly u: number
    readonly factor: number
    readonly share: number
  }) => number
}

type Event =
  /** U or more days in all. */
  | { readonly kind: 'days'; readonly u: number }
  /** Y or more by accounts with this share of all such reads, which differ between subscribers by `size` (negative binomial). */
  | { readonly kind: 'share'; readonly y: number; readonly share: number; readonly size: number }
  /** One account on D or more days: whoever came first, the others again with probability `again`. */
  | { readonly kind: 'again'; readonly d: number; readonly again: number }

/**
 * Expectations under the prior, weighed by X explained and, where given, V unexplained days that are not under test: counts of a split
 * Poisson process are independent given its rate, so neither enters its own baseline (rules L12, R4, R6).
 */
export function baselineOf(prior: readonly PriorPoint[]): Baseline {
  const rates = prior.map((point) => point.lambda * point.epsilon)
  const explained = prior.map((point) => point.lambda * (1 - point.epsilon))
  const known = new Map<string, Float64Array | undefined>()
  const tails = new Map<string, number>()

  /** Weights of the points by what is given; undefined when no point gives it. */
  function weightsOf(x: number, v: number | undefined): Float64Array | undefined {
    const key = `${x}/${v ?? ''}`
    if (known.has(key)) return known.get(key)
    const logs = prior.map(
      (point, at) => point.logWeight + logPoisson(explained[at] ?? 0, x) + (v === undefined ? 0 : logPoisson(rates[at] ?? 0, v)),
    )
    const all = logSum(logs)
    const weights = all === -Infinity ? undefined : Float64Array.from(logs, (log) => log - all)
    known.set(key, weights)
    return weights
  }

  return {
    tail(given, event) {
      const key = `${given.x}/${given.v ?? ''}/${Object.values(event).join('/')}`
      const before = tails.get(key)
      if (before !== undefined) return before
      const weights = weightsOf(given.x, given.v)
      const log =
        weights === undefined
          ? 0
          : Math.min(0, logSum(rates.map((rate, at) => (weights[at] ?? -Infinity) + logTailAt(rate, event))))
      if (tails.size > 500_000) tails.clear()
      tails.set(key, log)
      return log
    },
    logRatio({ x, u, factor, share }) {
      const weights = weightsOf(x, undefined)
      if (weights === undefined) return 0
      const at = (scale: number): number =>
        logSum(rates.map((rate, n) => (weights[n] ?? -Infinity) + logPoisson(rate * share * scale, u)))
      const [more, usual] = [at(factor), at(1)]
      return usual === -Infinity ? 0 : more - usual
    },
  }
}

function logTailAt(rate: number, event: Event): number {
  switch (event.kind) {
    case 'days':
      return logPoissonTail(rate, event.u)
    case 'share':
      return logNegativeBinomialTail({ mean: rate * event.share, size: event.size, k: event.y })
    case 'again':
      // The expected number of reads that are followed or preceded by D - 1 others of the same account.
      return event.d <= 1 ? 0 : Math.min(0, Math.log(rate) + logPoissonTail(rate * event.again, event.d - 1))
  }
}
