import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decoysNeeded, hitProbability } from '../../src/disclosure/index.ts'

test('D7: the probability is that of the hypergeometric law', () => {
  // 1 - C(8, 3) / C(10, 3) = 1 - 56 / 120
  expect(hitProbability({ size: 10, reads: 3, decoys: 2 })).toBeCloseTo(64 / 120, 12)
  expect(hitProbability({ size: 10, reads: 2, decoys: 3 })).toBeCloseTo(64 / 120, 12)
  expect(hitProbability({ size: 10, reads: 9, decoys: 2 })).toBe(1)
  expect(hitProbability({ size: 10, reads: 3, decoys: 0 })).toBe(0)
  expect(hitProbability({ size: 10_000_000, reads: 20, decoys: 100 })).toBeLessThan(0.000_21)
})

test('D7: the number of decoys is the least that reaches the probability', () => {
  const sizes = fc.integer({ min: 1, max: 3_000 }).chain((size) =>
    fc.record({
      size: fc.constant(size),
      reads: fc.integer({ min: 1, max: size }),
      probability: fc.double({ min: 0.01, max: 0.99, noNaN: true }),
    }),
  )
  fc.assert(
    fc.property(sizes, ({ size, reads, probability }) => {
      const decoys = decoysNeeded({ size, reads, probability })
      expect(hitProbability({ size, reads, decoys })).toBeGreaterThanOrEqual(probability)
      if (decoys > 0) expect(hitProbability({ size, reads, decoys: decoys - 1 })).toBeLessThan(probability)
    }),
  )
})
