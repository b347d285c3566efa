import { describe, expect, test } from 'vitest'
import { requests, uniform, withFakes } from './allocation.ts'
import { differences, guilt, type Objects } from './guilt.ts'

// The published baseline: docs/whose-copy.md says why the product does not use it.

const first = (count: number): Objects => new Set(Array.from({ length: count }, (_, at) => at))

test.each([
  [0, 1, 0.99609],
  [0.2, 1, 0.9832],
  [0.5, 0.99961, 0.89989],
  [0.7, 0.98429, 0.72751],
  [0.8, 0.92778, 0.56953],
  [0.9, 0.71442, 0.33658],
  [1, 0, 0],
])('figure 1a: 16 objects all leaked, one agent with all, one with half, p = %f', (p, all, half) => {
  const shares = guilt({ held: [first(16), first(8)], leaked: first(16), p })
  expect(shares[0]).toBeCloseTo(all, 5)
  expect(shares[1]).toBeCloseTo(half, 5)
})

test.each([
  [0.2, [0.64, 0.8704, 0.9832, 0.9997]],
  [0.5, [0.4375, 0.6836, 0.8999, 0.99]],
  [0.9, [0.0975, 0.1855, 0.3366, 0.5599]],
])('figure 1b-d: guilt of the second agent by its share of the leaked objects, p = %f', (p, wanted) => {
  const found = [2, 4, 8, 16].map((count) => guilt({ held: [first(16), first(count)], leaked: first(16), p })[1])
  for (const [at, value] of wanted.entries()) expect(found[at]).toBeCloseTo(value, 4)
})

test.each([
  [0.5, 0.625],
  [0.2, 0.88],
])('three objects, two agents who share one, p = %f', (p, wanted) => {
  const shares = guilt({ held: [new Set([1, 2]), new Set([1, 3])], leaked: new Set([1, 2, 3]), p })
  expect(shares[0]).toBeCloseTo(wanted, 10)
  expect(shares[1]).toBeCloseTo(wanted, 10)
})

describe('figure 3: 10 objects, 10 agents who ask for 8 each, p = 0.5', () => {
  const runs = 200
  const scenarios = Array.from({ length: runs }, (_, seed) =>
    requests({ agents: 10, objects: 10, each: 8, random: uniform(seed) }),
  )
  const over = (fakes: number, select: 'random' | 'optimal'): { average: number; least: number; averages: readonly number[] } => {
    const found = scenarios.map((held, at) => differences(withFakes({ held, fakes, select, random: uniform(1_000 + at) }), 0.5))
    const averages = found.map(({ average }) => average)
    const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / runs
    return { average: mean(averages), least: mean(found.map(({ least }) => least)), averages }
  }

  test('without fake objects nobody stands out', () => {
    const { average, averages } = over(0, 'random')
    expect(average).toBeCloseTo(0.0733, 3)
    expect(Math.min(...averages)).toBeGreaterThan(0.072)
    expect(Math.max(...averages)).toBeLessThan(0.076)
  })

  const printed = [
    [0, 0.073, 0.0351],
    [2, 0.133, 0.035],
    [6, 0.253, 0.04],
    [8, 0.312, 0.045],
    [10, 0.371, 0.334],
    [14, 0.431, 0.334],
    [20, 0.52, 0.483],
  ] as const

  test.each(printed)('e-optimal with %i fake objects: the average difference', (fakes, average) => {
    const { averages } = over(fakes, 'optimal')
    for (const found of averages) expect(Math.abs(found - average)).toBeLessThan(0.008)
  })

  // The least difference hangs on the requests that were drawn; about one draw in 27 gives the printed ones. This is such a draw.
  test.each(printed)(
    'e-optimal with %i fake objects, one draw of requests: average and least difference',
    (fakes, average, least) => {
      const held = requests({ agents: 10, objects: 10, each: 8, random: uniform(2504) })
      const found = differences(withFakes({ held, fakes, select: 'optimal', random: uniform(1) }), 0.5)
      expect(found.average).toBeCloseTo(average, 3)
      expect(Math.abs(found.least - least)).toBeLessThan(0.0006)
    },
  )

  test('the two jumps of e-optimal come at one and at two fake objects per agent', () => {
    const least = (fakes: number): number => over(fakes, 'optimal').least
    expect(least(10) - least(8)).toBeGreaterThan(0.2)
    expect(least(20) - least(14)).toBeGreaterThan(0.1)
    expect(least(14) - least(10)).toBeLessThan(0.03)
  })

  test.each([
    [10, 0.305],
    [14, 0.378],
    [20, 0.444],
  ])('e-random with %i fake objects: the average rises, the least difference stays low', (fakes, average) => {
    const found = over(fakes, 'random')
    expect(Math.abs(found.average - average)).toBeLessThan(0.015)
    expect(found.least).toBeLessThan(0.12)
  })
})

describe('1,886 rows that every vendor holds', () => {
  const rows = first(1_886)

  test.each([
    [50, 0.999_999_994],
    [10, 1],
  ])('%i vendors are all but certain at once: the shares do not sum to 1', (vendors, wanted) => {
    const shares = guilt({ held: Array.from({ length: vendors }, () => rows), leaked: rows, p: 0.5 })
    for (const share of shares) expect(share).toBeCloseTo(wanted, 9)
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeGreaterThan(vendors - 0.001)
  })

  test('rows that a vendor does not hold, and the size of its copy, change nothing', () => {
    const others = [first(100), first(10_000)]
    const shares = guilt({ held: others, leaked: first(100), p: 0.5 })
    expect(shares[0]).toBe(shares[1])
    const more = guilt({
      held: others,
      leaked: new Set([...first(100), ...Array.from({ length: 900 }, (_, at) => 20_000 + at)]),
      p: 0.5,
    })
    expect(more[0]).toBe(shares[0])
  })
})
