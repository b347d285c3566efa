import fc from 'fast-check'
import { expect, test } from 'vitest'
import { logQValues, probabilityText } from '../../src/lookups/false-discovery.ts'
import { logPoisson, logPoissonTail } from '../../src/lookups/poisson.ts'
import { fitPrior, type Cell } from '../../src/lookups/prior.ts'
import { logPUnexplained } from '../../src/lookups/unexplained-days.ts'
import { seeded } from './case.ts'

function poisson(random: () => number, mean: number): number {
  let product = random()
  let k = 0
  for (const floor = Math.exp(-mean); product > floor; k += 1) product *= random()
  return k
}

/** Cells of a population of `size`: lognormal contact rates with a mean of 0.35, a share of 5 % unexplained that differs by subscriber. */
function population(seed: number, size: number): Map<string, Cell> {
  const random = seeded(seed)
  const cells = new Map<string, Cell>()
  for (let n = 0; n < size; n += 1) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
    const lambda = 0.35 * Math.exp(1.2 * normal - 0.72)
    const epsilon = random() < 0.02 ? 0.3 : 0.05
    add(cells, poisson(random, lambda * (1 - epsilon)), poisson(random, lambda * epsilon), 1)
  }
  return cells
}

function add(cells: Map<string, Cell>, x: number, u: number, count: number): void {
  const key = `${x}/${u}`
  cells.set(key, { x, u, count: (cells.get(key)?.count ?? 0) + count })
}

function rejected(cells: ReadonlyMap<string, Cell>, tests: number): Cell[] {
  const list = [...cells.values()]
  const prior = fitPrior(list)
  const q = logQValues(
    list.map((cell) => ({ logP: logPUnexplained(prior, cell), count: cell.count })),
    tests,
  )
  return list.filter((_cell, at) => (q[at] ?? 0) <= Math.log(0.05))
}

test('L12: tails of the Poisson distribution agree with values worked out by hand', () => {
  expect(Math.exp(logPoisson(2, 3))).toBeCloseTo(0.180447, 6)
  expect(Math.exp(logPoissonTail(2, 3))).toBeCloseTo(0.323324, 6)
  expect(Math.exp(logPoissonTail(0.01, 3))).toBeCloseTo(1.65421e-7, 11)
  expect(Math.exp(logPoissonTail(10, 1))).toBeCloseTo(1 - Math.exp(-10), 12)
  expect(logPoissonTail(0, 1)).toBe(-Infinity)
  expect(logPoissonTail(0, 0)).toBe(0)
  // Far in the tail, where 1 - P is zero in floating point.
  expect(logPoissonTail(0.001, 40)).toBeCloseTo(40 * Math.log(0.001) - 0.001 - 110.32063971475739, 3)
  expect(logPoisson(1500, 1500)).toBeCloseTo(-4.5756, 3)
})

test('L12: the tail falls with the count and rises with the mean', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 300, noNaN: true }), fc.integer({ min: 0, max: 400 }), (mean, k) => {
      expect(logPoissonTail(mean, k + 1)).toBeLessThanOrEqual(logPoissonTail(mean, k) + 1e-9)
      expect(logPoissonTail(mean * 1.1, k)).toBeGreaterThanOrEqual(logPoissonTail(mean, k) - 1e-9)
    }),
  )
})

test('L13: Benjamini and Hochberg on the fifteen p values of their paper', () => {
  const p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1]
  const q = logQValues(
    p.map((one) => ({ logP: Math.log(one), count: 1 })),
    15,
  ).map(Math.exp)
  // The paper rejects the first four at 5 %.
  expect(q.filter((one) => one <= 0.05)).toHaveLength(4)
  const byHand = [
    0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.063857, 0.063857, 0.0645, 0.0765, 0.486, 0.581182, 0.714875, 0.753231, 0.813214, 1,
  ]
  for (const [at, one] of q.entries()) expect(one).toBeCloseTo(byHand[at] ?? 0, 5)
})

test('L13: subscribers that were never read count as tests with p = 1', () => {
  const one = [{ logP: Math.log(1e-6), count: 1 }]
  expect(Math.exp(logQValues(one, 10)[0] ?? 0)).toBeCloseTo(1e-5, 12)
  expect(Math.exp(logQValues(one, 200_000)[0] ?? 0)).toBeCloseTo(0.2, 9)
})

test('L13: ties and groups give what single tests give, in any order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ p: fc.constantFrom(1e-9, 1e-5, 0.001, 0.01, 0.04, 0.2, 1), count: fc.integer({ min: 1, max: 5 }) }), {
        minLength: 1,
        maxLength: 8,
      }),
      (groups) => {
        const grouped = logQValues(
          groups.map(({ p, count }) => ({ logP: Math.log(p), count })),
          60,
        )
        const singles = groups.flatMap(({ p, count }, group) =>
          Array.from({ length: count }, () => ({ logP: Math.log(p), count: 1, group })),
        )
        const each = logQValues(singles.toReversed(), 60).toReversed()
        for (const [at, single] of singles.entries()) expect(each[at]).toBeCloseTo(grouped[single.group] ?? 0, 9)
      },
    ),
  )
})

test('L11: the fit recovers a known prior', () => {
  // Exact expected cells of a two-point prior, truncated nowhere.
  const truth = [
    { lambda: 0.2, epsilon: 0.04, weight: 0.9 },
    { lambda: 5, epsilon: 0.15, weight: 0.1 },
  ]
  const cells: Cell[] = []
  for (let x = 0; x <= 20; x += 1)
    for (let u = 0; u <= 8; u += 1) {
      const share = truth.reduce(
        (sum, { lambda, epsilon, weight }) =>
          sum + weight * Math.exp(logPoisson(lambda * (1 - epsilon), x) + logPoisson(lambda * epsilon, u)),
        0,
      )
      cells.push({ x, u, count: Math.round(share * 1_000_000) })
    }
  const prior = fitPrior(cells)
  const weight = (test: (point: { lambda: number; epsilon: number }) => boolean): number =>
    prior.filter(test).reduce((sum, point) => sum + Math.exp(point.logWeight), 0)
  expect(weight(() => true)).toBeCloseTo(1, 9)
  expect(weight(({ lambda }) => lambda > 3 && lambda < 8)).toBeCloseTo(0.1, 2)
  expect(weight(({ lambda, epsilon }) => lambda > 3 && lambda < 8 && epsilon >= 0.08 && epsilon <= 0.3)).toBeGreaterThan(0.09)
  const mean = prior.reduce((sum, point) => sum + Math.exp(point.logWeight) * point.lambda * point.epsilon, 0)
  expect(mean).toBeCloseTo(0.9 * 0.2 * 0.04 + 0.1 * 5 * 0.15, 2)
})

test('L12: where nobody is watched, the share of populations with any flag stays near the level of 5 %', () => {
  const flagged = Array.from({ length: 30 }, (_one, at) => rejected(population(at + 1, 50_000), 50_000).length)
  // Binomial(30, 0.05): five or more would be met in 1.6 % of runs.
  expect(flagged.filter((count) => count > 0).length).toBeLessThanOrEqual(4)
})

test('L12: twenty planted among 200,000 are found at eight days each; at most one in twenty of the flagged is not planted', () => {
  let flagged = 0
  for (const seed of [77, 78, 79, 80, 81]) {
    const cells = population(seed, 200_000)
    const eight = [0, 1, 2].map((x) => cells.get(`${x}/8`)?.count ?? 0)
    for (let n = 0; n < 20; n += 1) add(cells, n % 3, 8, 1)
    const found = rejected(cells, 200_020)
    const planted = found.filter((cell) => cell.u === 8 && cell.x < 3)
    expect(planted.reduce((sum, cell) => sum + cell.count, 0) - eight.reduce((sum, count) => sum + count, 0)).toBe(20)
    flagged += found.reduce((sum, cell) => sum + cell.count, 0)
  }
  expect(flagged - 100).toBeLessThanOrEqual(5)
})

test('L11: the planted days do not raise the baseline: p of a cell is the same with and without them', () => {
  const clean = population(5, 50_000)
  const planted = new Map(clean)
  add(planted, 0, 9, 2_000)
  const p = (cells: ReadonlyMap<string, Cell>): number => logPUnexplained(fitPrior([...cells.values()]), { x: 0, u: 9 })
  expect(p(planted)).toBeCloseTo(p(clean), 6)
})

test('L12: without any access nothing is claimed', () => {
  expect(logPUnexplained(fitPrior([]), { x: 0, u: 0 })).toBe(0)
  expect(rejected(new Map(), 1000)).toEqual([])
})

test('L13: probabilities as text keep two digits at any size', () => {
  expect(probabilityText(Math.log(3.1e-9))).toBe('3.1e-9')
  expect(probabilityText(0)).toBe('1.0e+0')
  expect(probabilityText(-2000)).toBe('2.6e-869')
  expect(probabilityText(Math.log(9.99e-5))).toBe('1.0e-4')
})
