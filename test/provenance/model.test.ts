import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayTerm, log10LR, posteriors, type Hypothesis } from '../../src/provenance/hypothesis.ts'
import { mix } from '../../src/provenance/mixture.ts'
import type { Part } from '../../src/provenance/shares.ts'
import { foreignOf, type Foreign } from '../../src/provenance/row-fit.ts'
import type { Dating } from '../../src/provenance/dating.ts'
import { orderKept } from '../../src/provenance/order.ts'
import { logSum, microNats, model, tempering } from '../../src/provenance/model.ts'

test('P9 so many rows count in full, of the rest a share', () => {
  for (const of of ['cells', 'people'] as const) {
    const { fullRows, furtherRows } = model[of]
    expect(tempering(10, of) * 10).toBe(10)
    expect(tempering(fullRows, of)).toBe(1)
    expect(tempering(fullRows + 1_000, of) * (fullRows + 1_000)).toBeCloseTo(fullRows + 1_000 * furtherRows, 9)
  }
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
  const answers = (logs: readonly number[]): Pick<Hypothesis, 'log' | 'prior'>[] =>
    logs.map((log) => ({ log, prior: 1 / logs.length }))
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

const parts = (main: number, ...logs: Float64Array[]): Part[] =>
  logs.map((log, at) => ({ of: at < main ? 'source' : 'invented', main: at < main, log }))

test('P7 rows the source does not hold go to leaks or to invention, whichever explains them', () => {
  const source = Float64Array.from([...Array.from({ length: 80 }, () => -10), ...Array.from({ length: 20 }, () => -Infinity)])
  const leaks = Float64Array.from({ length: 100 }, (_, at) => (at >= 85 ? -9 : -Infinity))
  const invented = Float64Array.from({ length: 100 }, () => -30)
  const mixture = mix({ partsAt: () => parts(1, source, leaks, invented), rows: 100, weight: 1 })
  expect([...mixture.part].filter((part) => part === 0)).toHaveLength(80)
  expect([...mixture.part].filter((part) => part === 1)).toHaveLength(15)
  expect([...mixture.part].filter((part) => part === 2)).toHaveLength(5)
  expect(mixture.shares[0]).toBeCloseTo(0.8, 2)
  expect(mixture.mixed).toBeGreaterThan(0.99)
  const first80 = [source, leaks, invented].map((part) => part.subarray(0, 80))
  const pure = mix({ partsAt: () => parts(1, ...first80), rows: 80, weight: 1 })
  expect(pure.mixed).toBeLessThan(0.05)
  expect(pure.log).toBeGreaterThan(mix({ partsAt: () => parts(1, ...first80.slice(2)), rows: 80, weight: 1 }).log)
})

test('P7 the shares of two sources that explain rows apart are found', () => {
  const rows = 200
  const one = Float64Array.from({ length: rows }, (_, at) => (at < 130 ? -8 : -40))
  const two = Float64Array.from({ length: rows }, (_, at) => (at < 130 ? -40 : -8))
  const invented = Float64Array.from({ length: rows }, () => -60)
  const mixture = mix({ partsAt: () => parts(2, one, two, invented), rows, weight: 1 })
  expect(mixture.shares[0]).toBeCloseTo(0.65, 2)
  expect(mixture.shares[1]).toBeCloseTo(0.35, 2)
  expect(mixture.mixed).toBeLessThan(0.1)
  expect(logSum([-Infinity, -Infinity])).toBe(-Infinity)
})

test('P18 the split between two sources counts less than the cells, and equal sources are one', () => {
  const rows = 400
  const one = Float64Array.from({ length: rows }, (_, at) => (at < 200 ? -8 : -40))
  const two = Float64Array.from({ length: rows }, (_, at) => (at < 200 ? -40 : -8))
  const at = (split: number, ...main: Float64Array[]) =>
    mix({ partsAt: () => parts(main.length, ...main), rows, weight: 1, split })
  const fitted = Math.log(rows) / 2
  expect(at(1, one, two).log).toBeCloseTo(-8 * rows - rows * Math.LN2 - fitted, 1)
  expect(at(0.1, one, two).log).toBeCloseTo(-8 * rows - 0.1 * rows * Math.LN2 - fitted, 1)
  expect(at(0.1, one, two).apart).toEqual([0.5, 0.5])
  const same = Float64Array.from({ length: rows }, () => -8)
  expect(at(0.1, same, same).log).toBeCloseTo(-8 * rows - fitted, 1)
  expect(at(0.1, same, same).apart).toEqual([0, 0])
})

test('P5 whether rows put in leave a missing column empty is fitted for the second source, not for the first', () => {
  const rows = 100
  const main = Float64Array.from({ length: rows }, (_, at) => (at < 60 ? -8 : -20))
  const second = Float64Array.from({ length: rows }, (_, at) => (at < 60 ? -20 : -8))
  const none = new Uint8Array(rows)
  const all = new Uint8Array(rows).fill(3)
  const tried = (foreign: Foreign, first: Foreign = foreignOf(none, none)) =>
    mix({
      partsAt: () => [
        { of: 'source', main: true, log: main, foreign: first },
        { of: 'second', main: true, log: second, foreign },
      ],
      rows,
      weight: 1,
    })
  const held = tried(foreignOf(none, none))
  const empty = tried(foreignOf(all, none))
  expect(held.lacking).toBe(false)
  expect(empty.lacking).toBe(true)
  expect(held.log - empty.log).toBeLessThan(10)
  expect(tried(foreignOf(none, all)).log).toBeCloseTo(empty.log, 6)
  // Cells now empty, now filled are no manner of putting rows in: 40 rows of three cells at one half each.
  const turns = foreignOf(
    Uint8Array.from(all, (_, at) => at % 2),
    Uint8Array.from(all, (_, at) => 1 - (at % 2)),
  )
  expect(held.log - tried(turns).log).toBeGreaterThan(25)
  expect(held.log - tried(foreignOf(none, none), foreignOf(all, none)).log).toBeGreaterThan(100)
})

test('P17 order: a slice stands wholly in the order of its copy, shuffled rows about 2 sqrt(n) of them', () => {
  const kept = Array.from({ length: 400 }, (_, at) => ({ n: at, row: at * 3 }))
  expect(orderKept(kept)).toBe(1)
  const shuffled = kept.map(({ n }) => ({ n, row: (n * 173) % 401 }))
  expect(orderKept(shuffled)).toBeLessThan(0.25)
  expect(orderKept([])).toBe(0)
})

test('P8 the own system counts for its last 90 days, an earlier state for a copy that is not registered', () => {
  const last = 20_000
  const first = last - 999
  const on = (day: number): Dating => ({
    day,
    from: day,
    to: day,
    cells: 100,
    contradicting: 0,
    rowsAgainst: new Set(),
    stretches: [
      { from: first, to: day - 1, log: -50 },
      { from: day, to: day, log: 0 },
      { from: day + 1, to: last, log: -50 },
    ],
  })
  const anyDay = -Math.log(1_000)
  expect(dayTerm(on(last - 10), undefined)).toBeCloseTo(anyDay, 9)
  expect(dayTerm(on(last - 10), last)).toBeGreaterThan(anyDay + 2)
  // Thirty days halve it, up to the ninetieth.
  expect(dayTerm(on(last - 10), last) - dayTerm(on(last - 40), last)).toBeCloseTo(Math.LN2, 6)
  expect(dayTerm(on(last - 90), last)).toBeGreaterThan(anyDay + 1)
  expect(dayTerm(on(last - 91), last)).toBeLessThan(anyDay - 40)
})
