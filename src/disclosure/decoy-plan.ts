/**
 * Probability that an actor who reads `reads` of `size` records, none twice and without knowing which are decoys, reads one of `decoys` at least:
 * 1 - C(N - m, k) / C(N, k), the hypergeometric law.
 */
export function hitProbability(options: { readonly size: number; readonly reads: number; readonly decoys: number }): number {
  const { size, reads, decoys } = options
  if (decoys <= 0 || reads <= 0) return 0
  if (reads + decoys > size) return 1
  // The smaller of the two is gone through: C(N - m, k) / C(N, k) is the same with m and k exchanged.
  const [few, many] = reads < decoys ? [reads, decoys] : [decoys, reads]
  let missed = 0
  for (let at = 0; at < few; at += 1) missed += Math.log1p(-many / (size - at))
  return -Math.expm1(missed)
}

/** The least number of decoys by which such an actor reads one with `probability` at least. */
export function decoysNeeded(options: { readonly size: number; readonly reads: number; readonly probability: number }): number {
  const { size, reads, probability } = options
  let [low, high] = [0, Math.max(0, size - reads + 1)]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (hitProbability({ size, reads, decoys: middle }) >= probability) high = middle
    else low = middle + 1
  }
  return low
}
