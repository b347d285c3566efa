import { logPoisson, logPoissonTail, logSum } from './poisson.ts'
import type { PriorPoint } from './prior.ts'

/**
 * Test S1: ln p of seeing U or more unexplained days at a subscriber with X explained ones,
 * p = sum over the prior of w(lambda, epsilon | X) P(Poisson(lambda epsilon) >= U).
 * The prior is weighed by X alone: the unexplained days under test do not enter their own baseline.
 */
export function logPUnexplained(prior: readonly PriorPoint[], cell: { readonly x: number; readonly u: number }): number {
  if (cell.u <= 0) return 0
  const weights = prior.map((point) => point.logWeight + logPoisson(point.lambda * (1 - point.epsilon), cell.x))
  const all = logSum(weights)
  // No point of the prior gives such an X: nothing is known about this subscriber's baseline, so nothing is claimed.
  if (all === -Infinity) return 0
  const tails = prior.map((point, at) => (weights[at] ?? -Infinity) + logPoissonTail(point.lambda * point.epsilon, cell.u))
  return Math.min(0, logSum(tails) - all)
}
