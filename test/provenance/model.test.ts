import fc from 'fast-check'
import { expect, test } from 'vitest'
import { log10LR, posteriors, type Hypothesis } from '../../src/provenance/hypothesis.ts'
import { mix, mixInvented, pooled } from '../../src/provenance/mixture.ts'
import { logSum, microNats, tempering } from '../../src/provenance/model.ts'

test('P9 fifty rows count in full, of the rest one in ten', () => {
  expect(tempering(10) * 10).toBe(10)
  expect(tempering(50) * 50).toBe(50)
  expect(tempering(150) * 150).toBeCloseTo(60, 9)
})

test('P10 micro-nats add up to the same sum in any order', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -900, max: 0, noNaN: true }), { maxLength: 500 }), (logs) => {
      const sum = (list: readonly number[]): number => list.reduce((total, log) => total + microNats(log), 0)
      expect(sum(logs.toReversed())).toBe(sum(logs))
      expect(Number.isSafeInteger(sum(logs))).toBe(true)
    }),
  )
  expect(microNats(-Infinity)).toBe(-1_000_000_000)
})

test('P10 posteriors sum to 1 and no answer is held more than 10^6 times likelier than another', () => {
  const answers = (logs: readonly number[]): Hypothesis[] =>
    logs.map((log) => ({ kind: 'fabricated', log, prior: 1 / logs.length }))
  fc.assert(
    fc.property(fc.array(fc.double({ min: -1e6, max: 0, noNaN: true }), { minLength: 1, maxLength: 12 }), (logs) => {
      const found = posteriors(answers(logs))
      expect(found.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 9)
      expect(Math.max(...found) / Math.min(...found)).toBeLessThan(1.000001e6)
    }),
  )
  expect(log10LR(0, [-1_000])).toBe(6)
  expect(log10LR(-1_000, [0])).toBe(-6)
  expect(log10LR(0, [-Math.LN10 * 2, -50])).toBeCloseTo(2, 9)
})

test('P7 rows the source does not hold go to leaks or to invention, whichever explains them', () => {
  const source = Float64Array.from([...Array.from({ length: 80 }, () => -10), ...Array.from({ length: 20 }, () => -Infinity)])
  const leaks = Float64Array.from({ length: 100 }, (_, at) => (at >= 85 ? -9 : -Infinity))
  const invented = Float64Array.from({ length: 100 }, () => -30)
  const mixture = mix({ source, leaks, invented, tempering: 1 })
  expect(mixture.part.filter((part) => part === 'source')).toHaveLength(80)
  expect(mixture.part.filter((part) => part === 'leak')).toHaveLength(15)
  expect(mixture.part.filter((part) => part === 'invented')).toHaveLength(5)
  expect(mixture.mixed).toBeGreaterThan(0.99)
  const pure = mix({
    source: source.subarray(0, 80),
    leaks: leaks.subarray(0, 80),
    invented: invented.subarray(0, 80),
    tempering: 1,
  })
  expect(pure.mixed).toBeLessThan(0.05)
  expect(pure.micro).toBeGreaterThan(mixInvented(undefined, invented.subarray(0, 80)))
})

test('P7 known leaks are pooled evenly', () => {
  expect(pooled([])).toBeUndefined()
  expect(pooled([Float64Array.from([-1]), Float64Array.from([-Infinity])])?.[0]).toBeCloseTo(-1 - Math.LN2, 9)
  expect(logSum([-Infinity, -Infinity])).toBe(-Infinity)
})
