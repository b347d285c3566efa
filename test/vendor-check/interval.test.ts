import fc from 'fast-check'
import { expect, test } from 'vitest'
import { estimate } from '../../src/vendor-check/estimate.ts'
import { clopperPearson } from '../../src/vendor-check/interval.ts'

// Closed forms: with 0 of n the upper bound is 1 - (tail)^(1/n); with 1 hit of n the lower bound is 1 - (1 - tail)^(1/n).
test.each([1, 5, 10, 60, 1886, 20_000])('V12: 0, 1 and all of %i agree with the closed forms', (n) => {
  const none = clopperPearson(0, n, 0.95)
  expect(none.from).toBe(0)
  expect(none.to).toBeCloseTo(1 - 0.025 ** (1 / n), 12)
  const all = clopperPearson(n, n, 0.95)
  expect(all.to).toBe(1)
  expect(all.from).toBeCloseTo(0.025 ** (1 / n), 12)
  expect(clopperPearson(1, n, 0.95).from).toBeCloseTo(1 - 0.975 ** (1 / n), 12)
})

// Published: the tables of exact limits (Geigy / Lentner) and every statistics package: 95 %.
test.each([
  [5, 10, 0.1871, 0.8129],
  [1, 20, 0.0013, 0.2487],
  [10, 100, 0.049, 0.1762],
  [8, 10, 0.4439, 0.9748],
] as const)('V12: %i of %i is %f to %f', (hits, n, from, to) => {
  const got = clopperPearson(hits, n, 0.95)
  expect(got.from).toBeCloseTo(from, 4)
  expect(got.to).toBeCloseTo(to, 4)
})

test('V12: the bounds are where the binomial tails are 2.5 %, summed term by term', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 400 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, share) => {
      const hits = Math.min(n - 1, Math.max(1, Math.round(share * n)))
      const { from, to } = clopperPearson(hits, n, 0.95)
      expect(1 - tail(hits - 1, n, from)).toBeCloseTo(0.025, 8)
      expect(tail(hits, n, to)).toBeCloseTo(0.025, 8)
    }),
    { numRuns: 60 },
  )
})

test('nothing asked, nothing known', () => {
  expect(clopperPearson(0, 0, 0.95)).toEqual({ from: 0, to: 1 })
})

test('V12: the corrected share allows for what the controls missed', () => {
  const said = estimate({ sample: 900, handed: 54, never: 0 }, { sample: 1000, handed: 60, never: 60 })
  expect(said.controls).toBe('handed-missing')
  expect(said.corrected?.best).toBe(1)
  const half = estimate({ sample: 450, handed: 54, never: 0 }, { sample: 1000, handed: 60, never: 60 })
  expect(half.corrected?.best).toBeCloseTo(0.5, 10)
  expect(half.corrected?.from).toBeLessThan(0.45)
  expect(half.corrected?.to).toBeGreaterThan(0.55)
})

test('V12: controls that tell nothing apart give no corrected share', () => {
  const said = estimate({ sample: 10, handed: 30, never: 30 }, { sample: 100, handed: 60, never: 60 })
  expect(said.corrected).toBeUndefined()
  expect(said.controls).toBe('never-found')
})

test('V11: one row in ten left out shows with the stated chance', () => {
  const said = estimate({ sample: 10, handed: 50, never: 0 }, { sample: 20, handed: 50, never: 50 })
  expect(said.wouldShow).toBeCloseTo(0.995, 3)
  expect(estimate({ sample: 1, handed: 30, never: 0 }, { sample: 20, handed: 30, never: 9 }).wouldShow).toBeCloseTo(0.958, 3)
})

/** P(X <= k) of a binomial, by logarithms. */
function tail(k: number, n: number, p: number): number {
  let sum = 0
  let logChoose = 0
  for (let at = 0; at <= k; at += 1) {
    sum += Math.exp(logChoose + at * Math.log(p) + (n - at) * Math.log1p(-p))
    logChoose += Math.log(n - at) - Math.log(at + 1)
  }
  return sum
}
