/**
 * Higher criticism (Donoho and Jin 2004) over discrete p values: the largest standardised excess of small p, over those of rank up to half of
 * all tests and above 1 / tests. 0 where nothing exceeds. Tests without a cell have p = 1.
 */
export function higherCriticism(options: {
  readonly cells: readonly { readonly logP: number; readonly count: number }[]
  readonly tests: number
}): number {
  const order = [...options.cells].sort((a, b) => a.logP - b.logP)
  let rank = 0
  let most = 0
  for (const { logP, count } of order) {
    rank += count
    const p = Math.exp(logP)
    if (rank > options.tests / 2 || p >= 0.5) break
    if (p < 1 / options.tests) continue
    most = Math.max(most, (Math.sqrt(options.tests) * (rank / options.tests - p)) / Math.sqrt(p * (1 - p)))
  }
  return most
}
