/** A group of tests with the same p value. */
interface TestGroup {
  /** ln p. */
  readonly logP: number
  readonly count: number
}

/**
 * Benjamini and Hochberg (1995) over `tests` tests, of which those not in `groups` have p = 1. Gives ln q for each group, in the order given:
 * the least level at which its tests are rejected. q = min over p' >= p of p' m / rank(p'), never above 1.
 */
export function logQValues(groups: readonly TestGroup[], tests: number): number[] {
  const order = groups.map((group, index) => ({ ...group, index })).sort((a, b) => a.logP - b.logP)
  const m = Math.log(
    Math.max(
      tests,
      groups.reduce((sum, group) => sum + group.count, 0),
      1,
    ),
  )
  let rank = order.reduce((sum, group) => sum + group.count, 0)
  let least = 0
  const q = groups.map(() => 0)
  for (const group of order.toReversed()) {
    if (group.count > 0) least = Math.min(least, group.logP + m - Math.log(rank))
    q[group.index] = least
    rank -= group.count
  }
  // Groups with the same p have the same rank: the last of them.
  for (let at = order.length - 2; at >= 0; at -= 1) {
    const here = order[at]
    const next = order[at + 1]
    if (here !== undefined && next !== undefined && here.logP === next.logP) q[here.index] = q[next.index] ?? 0
  }
  return q
}

/** A probability as decimal text with exponent, from its natural logarithm: `3.1e-9`, `1.0e+0`. */
export function probabilityText(log: number): string {
  if (log === -Infinity) return '0.0e+0'
  const tens = log / Math.LN10
  let exponent = Math.floor(tens)
  let mantissa = Math.round(10 ** (tens - exponent) * 10) / 10
  if (mantissa >= 10) {
    mantissa = 1
    exponent += 1
  }
  return `${mantissa.toFixed(1)}e${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`
}
