import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PairCounts } from '../../src/sigma/pair-counts.ts'

test('counts of pairs are those of a plain map, whatever comes and goes', () => {
  const pair = fc.tuple(fc.nat(40), fc.nat(40), fc.boolean())
  let gone = 0
  fc.assert(
    fc.property(fc.array(pair, { minLength: 1, maxLength: 3_000, size: 'max' }), (some) => {
      const counts = new PairCounts()
      const plain = new Map<string, number>()
      for (const [left, right, adds] of some) {
        const key = `${left} ${right}`
        const want = Math.max(0, (plain.get(key) ?? 0) + (adds ? 1 : -1))
        if (want === 0 && (plain.get(key) ?? 0) > 0) gone++
        plain.set(key, want)
        expect(adds ? counts.add(left, right) : counts.take(left, right)).toBe(want)
      }
    }),
    { numRuns: 40 },
  )
  expect(gone).toBeGreaterThan(100)
})
