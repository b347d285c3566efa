import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sha256 } from '../../src/base/index.ts'
import { chanceOfCanary } from '../../src/marks/index.ts'
import { logBinomialTail, seeded } from '../../src/marks/chance.ts'
import { biasOf, siteScore } from '../../src/marks/code.ts'
import { expectations } from '../../src/marks/expectation.ts'
import { againstFreshKeys } from '../../src/marks/fresh-keys.ts'
import { informationPerSite, logMarks } from '../../src/marks/likelihood.ts'
import type { Bit } from '../../src/marks/site.ts'

test('M6 at least 38 of 40 fair coins by chance: 7.5e-10', () => {
  expect(Math.exp(logBinomialTail(38, 40))).toBeCloseTo(7.467e-10, 12)
})

test('M6 binomial tail: whole, empty, and against a plain sum', () => {
  expect([logBinomialTail(0, 10), logBinomialTail(11, 10)]).toEqual([0, -Infinity])
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 40 }), (n, k) => {
      let sum = 0
      let choose = 1
      for (let i = 0; i <= n; i += 1) {
        if (i >= k) sum += choose / 2 ** n
        choose = (choose * (n - i)) / (i + 1)
      }
      expect(Math.exp(logBinomialTail(k, n))).toBeCloseTo(sum, 9)
    }),
  )
})

test('M6 information per surviving site: 1, 0.71, 0.28 bits, so 20, 28, 72 rows of one site for 10^6 : 1; a few more while the noise is unknown', () => {
  const bits = [0, 0.05, 0.2].map((noise) => informationPerSite(noise, false))
  expect(bits.map((one) => one.toFixed(2))).toEqual(['1.00', '0.71', '0.28'])
  expect(bits.map((one) => Math.ceil(Math.log2(1e6) / one))).toEqual([20, 28, 72])
  const counts = {
    rows: 1_000,
    canaries: 0,
    withoutIdentifier: 0,
    markedRows: 1_000,
    examples: [],
    sites: [{ column: 'a', kind: 'trailing-dot', sites: 1_000 }],
  }
  expect(expectations(counts, false)[0]?.rowsNeeded.map((one) => one.rows)).toEqual([23, 32, 81])
})

test('M9 a site of a pool carries 0.56 bits: 2 - 1/ln 2', () => {
  expect(informationPerSite(0, true)).toBeCloseTo(2 - 1 / Math.LN2, 3)
})

test('M6 the log LR of clean sites comes near one bit each, and a wiped-out group costs next to nothing', () => {
  const random = seeded(sha256('likelihood'))
  const bits = Array.from({ length: 200 }, (): Bit => (random() < 0.5 ? 1 : 0))
  const clean = logMarks([bits.map((bit) => ({ bit, read: bit, bias: 0.5 }))])
  expect(clean / Math.LN2).toBeGreaterThan(190)
  expect(clean / Math.LN2).toBeLessThan(200)
  const wiped = logMarks([bits.map((bit) => ({ bit, read: 0 as const, bias: 0.5 }))])
  expect(wiped).toBeLessThan(0)
  expect(wiped).toBeGreaterThan(-2.5)
})

test('M6 innocent code words gain nothing on average: the mean of the LR is 1', () => {
  const random = seeded(sha256('martingale'))
  let sum = 0
  const runs = 40_000
  for (let run = 0; run < runs; run += 1) {
    const sites = Array.from({ length: 3 }, (_, at) => ({
      bit: random() < 0.5 ? (1 as const) : (0 as const),
      read: (at % 2) as Bit,
      bias: 0.5,
    }))
    sum += Math.exp(logMarks(sites.map((site) => [site])))
  }
  expect(sum / runs).toBeGreaterThan(0.97)
  expect(sum / runs).toBeLessThan(1.03)
})

test('M9 the score of a code word nobody was given has mean 0 and variance 1 a site', () => {
  for (const uniform of [0, 0.1, 0.5, 0.8, 1])
    for (const read of [0, 1] as const) {
      const bias = biasOf(uniform)
      const one = siteScore({ bit: 1, bias }, read)
      const zero = siteScore({ bit: 0, bias }, read)
      expect(bias * one + (1 - bias) * zero).toBeCloseTo(0, 9)
      expect(bias * one ** 2 + (1 - bias) * zero ** 2).toBeCloseTo(1, 9)
    }
})

test('M9 biases lie between the cutoffs, symmetric around one half', () => {
  expect(biasOf(0)).toBeCloseTo(0.01, 9)
  expect(biasOf(1)).toBeCloseTo(0.99, 9)
  expect(biasOf(0.5)).toBeCloseTo(0.5, 9)
})

test('M6 tilted draws meet the exact tail of fair coins far beyond plain draws', () => {
  const sites = Array.from({ length: 200 }, (_, at) => ({ read: (at % 2) as Bit, bias: 0.5 }))
  for (const agreeing of [130, 150, 170, 190, 200]) {
    const measured = againstFreshKeys(sites, 2 * agreeing - 200)
    expect(Math.abs(measured.log10P - logBinomialTail(agreeing, 200) / Math.LN10)).toBeLessThan(0.15)
  }
})

test('M6 chance level: an ordinary score has an ordinary p, the same every time', () => {
  const sites = Array.from({ length: 100 }, (_, at) => ({ read: (at % 2) as Bit, bias: biasOf(((at * 37) % 100) / 100) }))
  const once = againstFreshKeys(sites, 0)
  expect(once.log10P).toBeGreaterThan(Math.log10(0.4))
  expect(againstFreshKeys(sites, 0)).toEqual(once)
  expect(againstFreshKeys([], 0).log10P).toBe(0)
})

test('M10 the chance that a sample shows a canary', () => {
  expect(chanceOfCanary({ rows: 5, canaries: 2, sample: 2 })).toBeCloseTo(1 - 3 / 10, 9)
  expect(chanceOfCanary({ rows: 1_000_000, canaries: 5, sample: 1_886 })).toBeCloseTo(0.0094, 3)
  expect(chanceOfCanary({ rows: 10, canaries: 0, sample: 10 })).toBe(0)
  expect(chanceOfCanary({ rows: 10, canaries: 1, sample: 99 })).toBeCloseTo(1, 9)
})
