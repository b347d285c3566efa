import { logPoisson, logSum } from './poisson.ts'

/** How many subscribers have X explained and U unexplained days. */
export interface Cell {
  readonly x: number
  readonly u: number
  readonly count: number
}

/** One point of the prior: contact days in the period, share of them that leaves no record of a reason, ln of its weight. */
export interface PriorPoint {
  readonly lambda: number
  readonly epsilon: number
  readonly logWeight: number
}

/**
 * The most unexplained days at X explained ones that still say something to the prior: a person who is watched must not explain
 * herself away. Grows with X, so that those who are in contact often, and have a few unexplained days by the way, stay in.
 */
function mostUnexplained(x: number): number {
  return 3 + Math.floor(x / 2)
}

const lambdaPoints = 36
// Up to what `mostUnexplained` keeps: a point whose subscribers are mostly left out could take any weight.
const epsilons = [0.004, 0.012, 0.03, 0.06, 0.1, 0.18, 0.3] as const
const rounds = 400

/**
 * The prior over (lambda, epsilon) that makes the cells most likely: non-parametric maximum likelihood on a grid of 36 x 7 by EM.
 * Model: contact days of a subscriber ~ Poisson(lambda), each unexplained with probability epsilon; cells are read given that U is at most `mostUnexplained(X)`.
 * `cells` must hold the unseen subscribers as (0, 0). Fixed number of rounds, so that the same cells give the same prior.
 */
export function fitPrior(cells: readonly Cell[]): PriorPoint[] {
  const used = cells.filter((cell) => cell.u <= mostUnexplained(cell.x) && cell.count > 0).sort((a, b) => a.x - b.x || a.u - b.u)
  const total = used.reduce((sum, cell) => sum + cell.count, 0)
  const grid = gridFor(used)
  if (total === 0) return grid.map((point) => ({ ...point, logWeight: -Math.log(grid.length) }))
  const kept = grid.map(logKept)
  const likelihoods = used.map(({ x, u }) => scaled(grid.map((point, at) => logCell(point, { x, u }) - (kept[at] ?? 0))))
  const counts = Float64Array.from(used, (cell) => cell.count)
  let weights = new Float64Array(grid.length).fill(1 / grid.length)
  for (let round = 0; round < rounds; round += 1) weights = improved(weights, { likelihoods, counts, total })
  // From the weights among those kept back to all.
  const logs = Array.from(weights, (weight, at) => Math.log(weight) - (kept[at] ?? 0))
  const all = logSum(logs)
  return grid.map((point, at) => ({ ...point, logWeight: (logs[at] ?? -Infinity) - all }))
}

/** One round of EM. Every one of hundreds goes over all cells and points: the loops are bare. */
function improved(
  weights: Float64Array,
  given: { readonly likelihoods: readonly Float64Array[]; readonly counts: Float64Array; readonly total: number },
): Float64Array<ArrayBuffer> {
  const { likelihoods, counts, total } = given
  const next = new Float64Array(weights.length)
  for (let at = 0; at < likelihoods.length; at += 1) {
    const likelihood = likelihoods[at] as Float64Array
    let sum = 0
    for (let w = 0; w < weights.length; w += 1) sum += (weights[w] as number) * (likelihood[w] as number)
    if (sum === 0) continue
    const share = (counts[at] as number) / sum
    for (let w = 0; w < weights.length; w += 1)
      next[w] = (next[w] as number) + share * (weights[w] as number) * (likelihood[w] as number)
  }
  for (let w = 0; w < next.length; w += 1) next[w] = (next[w] as number) / total
  return next
}

/** ln P(X = x, U = u) at a point: the two counts of a split Poisson process are independent. */
function logCell(
  point: { readonly lambda: number; readonly epsilon: number },
  cell: { readonly x: number; readonly u: number },
): number {
  return logPoisson(point.lambda * (1 - point.epsilon), cell.x) + logPoisson(point.lambda * point.epsilon, cell.u)
}

/** ln P(U <= mostUnexplained(X)) at a point. */
function logKept({ lambda, epsilon }: { readonly lambda: number; readonly epsilon: number }): number {
  const terms: number[] = []
  let below = 0
  let next = 0
  const most = Math.ceil(lambda + 12 * Math.sqrt(lambda) + 20)
  for (let x = 0; x <= most; x += 1) {
    for (; next <= mostUnexplained(x); next += 1) below += Math.exp(logPoisson(lambda * epsilon, next))
    terms.push(logPoisson(lambda * (1 - epsilon), x) + Math.log(Math.min(1, below)))
  }
  return Math.min(0, logSum(terms))
}

function gridFor(cells: readonly Cell[]): { lambda: number; epsilon: number }[] {
  const most = Math.max(20, 2 * cells.reduce((max, cell) => Math.max(max, cell.x + cell.u), 0))
  const least = 0.005
  const step = Math.log(most / least) / (lambdaPoints - 1)
  return Array.from({ length: lambdaPoints }, (_one, at) => least * Math.exp(step * at)).flatMap((lambda) =>
    epsilons.map((epsilon) => ({ lambda, epsilon })),
  )
}

/** Likelihoods up to a common factor that EM does not see, so that none underflows together with all others. */
function scaled(logs: readonly number[]): Float64Array {
  const most = logs.reduce((max, log) => Math.max(max, log), -Infinity)
  return Float64Array.from(logs, (log) => Math.exp(log - most))
}
