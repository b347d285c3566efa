import { expect, test } from 'vitest'
import { hostClocks, type ClockPair } from '../../../src/intrusion/graph/host-clocks.ts'

const pairs = (a: string, b: string, seconds: readonly number[]): ClockPair[] =>
  seconds.map((one, n) => ({ a, b, micros: one * 1e6, exhibit: 'e', member: '', unit: 'record', n: String(n + 1) }))
const told = (all: readonly ClockPair[]): string[] =>
  hostClocks(all).map((one) => `${one.host} ${one.micros / 1e6} ${one.pairs} ${one.applied ? 'corrected' : 'left'}`)

test('five pairs within two seconds of their median are enough, four are not', () => {
  expect(told(pairs('a', 'hub', [-60, -60.5, -61, -59.5, -60]))).toEqual(['hub 60 5 corrected'])
  expect(told(pairs('a', 'hub', [-50, -50.5, -51, -49.5]))).toEqual(['hub 50.25 4 left'])
})

test('of a minute or more three pairs are enough when none says otherwise; two are not, nor are three of four', () => {
  expect(told(pairs('a', 'hub', [-420, -420.5, -421]))).toEqual(['hub 420.5 3 corrected'])
  expect(told(pairs('a', 'hub', [-420, -420.5]))[0]).toContain('left')
  expect(told(pairs('a', 'hub', [-420, -420.5, -421, -90]))[0]).toContain('left')
})

test('pairs that do not agree correct nothing, however many', () => {
  expect(told(pairs('b', 'a', [1, 10, 20, 30, 40, 50, 60, 70, 80]))).toEqual(['b 40 1 left'])
})

test('half of the pairs far from the median correct nothing', () => {
  expect(told(pairs('b', 'a', [30, 30, 30, 30, 30, 900, 800, 700, 600, 500]))[0]).toContain('left')
})

test('less than a second is left as it is', () => {
  expect(told(pairs('b', 'a', [0.4, 0.4, 0.4, 0.4, 0.4]))).toEqual(['b 0.4 5 left'])
})

test('a clock is told through another host, and from the host with the most partners', () => {
  const all = [
    ...pairs('b', 'hub', [5, 5, 5, 5, 5]),
    ...pairs('c', 'b', [10, 10, 10, 10, 10, 10]),
    ...pairs('d', 'hub', [0, 0, 0, 0, 0]),
  ]
  const found = told(all)
  expect(found).toHaveLength(3)
  // b and hub have two partners each; the first by name counts as right.
  expect(found).toContain('c 10 6 corrected')
  expect(found).toContain('hub -5 5 corrected')
  expect(found).toContain('d -5 5 corrected')
})

test('the order of pairs changes nothing; no pairs, no clocks; a host paired with itself says nothing', () => {
  const all = [...pairs('b', 'a', [5, 5, 5, 5, 5]), ...pairs('c', 'a', [7, 7, 7, 7, 7])]
  expect(told(all.toReversed())).toEqual(told(all))
  expect(told([])).toEqual([])
  expect(told(pairs('a', 'a', [1, 1, 1, 1, 1]))).toEqual([])
})
