/** Natural log of the probability of at least `agreeing` of `sites` fair coins. Exact sum over the tail. */
export function logBinomialTail(agreeing: number, sites: number): number {
  if (agreeing <= 0) return 0
  if (agreeing > sites) return -Infinity
  let sum = -Infinity
  for (let k = sites; k >= agreeing; k -= 1) sum = logAdd(sum, logChoose(sites, k) - sites * Math.LN2)
  return Math.min(0, sum)
}

/** log(exp(a) + exp(b)) */
export function logAdd(a: number, b: number): number {
  const top = Math.max(a, b)
  return top === -Infinity ? top : top + Math.log1p(Math.exp(Math.min(a, b) - top))
}

/** Natural log of the number of ways to choose k of n. */
export function logChoose(n: number, k: number): number {
  return k < 0 || k > n ? -Infinity : logFactorial(n) - logFactorial(k) - logFactorial(n - k)
}

const factorials = [0, 0]

/** log n!; a table up to 1,000, then Stirling's series (error below 1e-12). */
function logFactorial(n: number): number {
  if (n <= 1_000) {
    for (let next = factorials.length; next <= n; next += 1) factorials.push((factorials[next - 1] ?? 0) + Math.log(next))
    return factorials[n] ?? 0
  }
  const x = n + 1
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * x) - 1 / (360 * x ** 3)
}

/** A stream of numbers between 0 (inclusive) and 1 from a seed (xoshiro128**): the same draws for the same question. */
export function seeded(seed: string): () => number {
  const state = Uint32Array.from([0, 8, 16, 24], (at) => Number.parseInt(seed.slice(at, at + 8), 16) || at + 1)
  return () => {
    const [a = 0, b = 0, c = 0, d = 0] = state
    const product = Math.imul(b, 5)
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0
    const c1 = c ^ a
    const d1 = d ^ b
    state[0] = a ^ d1
    state[1] = b ^ c1
    state[2] = c1 ^ (b << 9)
    state[3] = (d1 << 11) | (d1 >>> 21)
    return result / 2 ** 32
  }
}
