import { logSum, microNats, model } from './model.ts'

/** The sample under one hypothesis: so many rows from the source, the rest from known leaks or invented. */
export interface Mixture {
  /** log P(sample | hypothesis) in micro-nats, averaged over the shares (not tempered). */
  readonly micro: number
  /** The likeliest shares. */
  readonly leakShare: number
  readonly inventedShare: number
  /** Weight (0 to 1) of the cases in which 5 % or more of the rows come from elsewhere; tempered. */
  readonly mixed: number
  /** Per row, by position: which part explains it best at those shares. */
  readonly part: readonly ('source' | 'leak' | 'invented')[]
}

/** Weighs the source against leaks and invention over a grid of shares (rule P7). Without leaks their share is 0. */
export function mix(options: {
  readonly source: Float64Array
  readonly leaks: Float64Array | undefined
  readonly invented: Float64Array
  readonly tempering: number
}): Mixture {
  const { source, leaks, invented, tempering } = options
  const cases = (leaks === undefined ? [0] : model.leakShares).flatMap((leakShare) =>
    model.inventedShares.map((inventedShare) => ({ leakShare, inventedShare, micro: 0 })),
  )
  const possible = cases.filter((one) => one.leakShare + one.inventedShare < 1)
  for (const one of possible) {
    let sum = 0
    for (let at = 0; at < source.length; at += 1) sum += microNats(logSum(parts(at, one)))
    one.micro = sum
  }
  const best = possible.reduce((a, b) => (b.micro > a.micro ? b : a))
  // Half of the prior is on the purest case, the rest is even: a small sample is not called mixed by default.
  const prior = (one: (typeof possible)[number]): number => Math.log(one === possible[0] ? 0.5 : 0.5 / (possible.length - 1))
  const mean = logSum(possible.map((one) => (one.micro - best.micro) / 1e6 + prior(one)))
  const weights = possible.map((one) => Math.exp(((one.micro - best.micro) / 1e6) * tempering + prior(one)))
  const weight = (some: readonly number[]): number => some.reduce((sum, one) => sum + one, 0)
  const mixed = weight(weights.filter((_, at) => isMixed(possible[at]))) / weight(weights)
  const part = Array.from(source, (_, at) => {
    const [own = -Infinity, leak = -Infinity, made = -Infinity] = parts(at, best)
    return own >= leak && own >= made ? 'source' : leak >= made ? 'leak' : 'invented'
  })
  return { micro: best.micro + microNats(mean), leakShare: best.leakShare, inventedShare: best.inventedShare, mixed, part }

  function parts(at: number, shares: { readonly leakShare: number; readonly inventedShare: number }): number[] {
    return [
      Math.log(1 - shares.leakShare - shares.inventedShare) + (source[at] ?? -Infinity),
      leaks === undefined ? -Infinity : Math.log(shares.leakShare) + (leaks[at] ?? -Infinity),
      Math.log(shares.inventedShare) + (invented[at] ?? -Infinity),
    ]
  }
}

/** The sample when no row comes from a copy: invented rows beside rows of known leaks. */
export function mixInvented(leaks: Float64Array | undefined, invented: Float64Array): number {
  const shares = leaks === undefined ? [0] : model.leakShares
  const micros = shares.map((share) => {
    let sum = 0
    for (let at = 0; at < invented.length; at += 1) {
      sum += microNats(logSum([Math.log(share) + (leaks?.[at] ?? -Infinity), Math.log(1 - share) + (invented[at] ?? -Infinity)]))
    }
    return sum
  })
  const best = Math.max(...micros)
  return best + microNats(logSum(micros.map((micro) => (micro - best) / 1e6)) - Math.log(shares.length))
}

function isMixed(shares: { readonly leakShare: number; readonly inventedShare: number } | undefined): boolean {
  return shares !== undefined && shares.leakShare + shares.inventedShare >= model.mixed
}

/** The mean of several densities: a row taken from one of the known leaks. */
export function pooled(densities: readonly Float64Array[]): Float64Array | undefined {
  const [first] = densities
  if (first === undefined) return undefined
  return first.map((_, at) => logSum(densities.map((density) => density[at] ?? -Infinity)) - Math.log(densities.length))
}
