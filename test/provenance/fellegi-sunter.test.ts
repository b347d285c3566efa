import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fitAgreement, type Level, type PatternCount } from '../../src/provenance/fellegi-sunter.ts'
import { assign, type Candidate } from '../../src/provenance/linked-weights-assign.ts'

/** Pattern counts when fields are independent: `shares[field][level]`. */
function patternsOf(shares: readonly (readonly number[])[], pairs: number): PatternCount[] {
  return shares
    .reduce<{ levels: Level[]; share: number }[]>(
      (all, field) =>
        all.flatMap(({ levels, share }) =>
          field.flatMap((part, level) => (part === 0 ? [] : [{ levels: [...levels, level as Level], share: share * part }])),
        ),
      [{ levels: [], share: 1 }],
    )
    .map(({ levels, share }) => ({ levels, count: share * pairs }))
}

function merged(...lists: readonly (readonly PatternCount[])[]): PatternCount[] {
  const sums = new Map<string, PatternCount>()
  for (const one of lists.flat()) {
    const name = one.levels.join('')
    sums.set(name, { levels: one.levels, count: one.count + (sums.get(name)?.count ?? 0) })
  }
  return [...sums.values()]
}

const trueShares = [
  [0, 0.05, 0.05, 0.1, 0.8],
  [0, 0.1, 0.02, 0.08, 0.8],
  [0, 0.3, 0, 0, 0.7],
  [0, 0.02, 0, 0, 0.98],
]
const strangerShares = [
  [0, 0.7, 0.25, 0.045, 0.005],
  [0, 0.9, 0.08, 0.015, 0.005],
  [0, 0.9, 0, 0, 0.1],
  [0, 0.6, 0, 0, 0.4],
]
const strangers = patternsOf(strangerShares, 200_000)
const blocks = [[0], [1]].map((blocked) => ({
  blocked,
  patterns: merged(patternsOf(trueShares, 900), patternsOf(strangerShares, 4_000)),
}))
const none = strangerShares.map(() => undefined)

test('EM finds the shares of levels among true pairs, and u those among strangers', () => {
  const model = fitAgreement({ fields: 4, random: strangers, blocks, equalByChance: none, records: 10_000 })
  for (const [field, shares] of trueShares.entries()) {
    for (const level of [1, 4]) {
      expect(Math.abs((model.m[field]?.[level] ?? 0) - (shares[level] ?? 0))).toBeLessThan(0.05)
      expect(Math.abs((model.u[field]?.[level] ?? 0) - (strangerShares[field]?.[level] ?? 0))).toBeLessThan(0.02)
    }
  }
  const expected = [0, 1, 2, 3].reduce(
    (sum, field) => sum + Math.log2((trueShares[field]?.[4] ?? 1) / (strangerShares[field]?.[4] ?? 1)),
    0,
  )
  expect(Math.abs(model.bits([4, 4, 4, 4]) - expected)).toBeLessThan(1)
  expect(model.bits([1, 1, 1, 1])).toBeLessThan(-8)
  expect(model.bits([0, 0, 0, 0])).toBe(0)
  expect(model.telling([4, 4, 1, 4])).toEqual([0, 1, 3])
})

test('fields that go together among strangers are not counted twice', () => {
  // City and postcode: who shares the one shares the other.
  const together = merged(
    patternsOf(
      [
        [0, 1],
        [0, 1],
        [0, 0.9, 0, 0, 0.1],
      ],
      180_000,
    ),
    patternsOf(
      [
        [0, 0, 0, 0, 1],
        [0, 0, 0, 0, 1],
        [0, 0.9, 0, 0, 0.1],
      ],
      20_000,
    ),
  )
  const model = fitAgreement({
    fields: 3,
    random: together,
    blocks: [],
    equalByChance: [undefined, undefined, undefined],
    records: 1e6,
  })
  const both = model.bits([4, 4, 0])
  expect(both).toBeLessThan(model.bits([4, 0, 0]) + 0.3)
  expect(model.bits([4, 4, 4])).toBeGreaterThan(both + 2)
})

test('no true pair is made up where there are only strangers', () => {
  const only = [[0], [1]].map((blocked) => ({ blocked, patterns: patternsOf(strangerShares, 5_000) }))
  const model = fitAgreement({ fields: 4, random: strangers, blocks: only, equalByChance: none, records: 10_000 })
  expect(model.m.every((shares) => (shares[4] ?? 0) > 0.5)).toBe(true)
})

const rowsOf = (count: number): Map<number, string> =>
  new Map(Array.from({ length: count }, (_, at) => [at + 1, `row ${at + 1}`]))

test('a row that fits two persons alike is nobody, a person goes to the row that fits best', () => {
  const bits = 40
  const candidates: Candidate[] = [
    { n: 1, person: 'a', bits },
    { n: 2, person: 'a', bits: bits - 5 },
    { n: 3, person: 'b', bits },
    { n: 3, person: 'c', bits },
    { n: 4, person: 'd', bits },
    { n: 4, person: 'd', bits: bits - 20 },
  ]
  const links = assign({ candidates, rows: rowsOf(5), persons: 1_000, least: 0.9 })
  expect(links.map(({ n, person }) => [n, person])).toEqual([
    [1, 'a'],
    [4, 'd'],
  ])
  expect(links.every((link) => link.probability > 0.99)).toBe(true)
})

test('weights below the prior link nobody', () => {
  const candidates = Array.from({ length: 50 }, (_, at) => ({ n: at + 1, person: `p${at}`, bits: 8 }))
  expect(assign({ candidates, rows: rowsOf(50), persons: 1_000_000, least: 0.9 })).toEqual([])
})

test('the order of candidates and rows does not matter, and no person is given to two rows', () => {
  const candidate = fc.record({
    n: fc.integer({ min: 1, max: 12 }),
    person: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'),
    bits: fc.integer({ min: -5, max: 45 }),
  })
  fc.assert(
    fc.property(fc.array(candidate, { maxLength: 40 }), fc.nat(), (candidates, turn) => {
      const rows = rowsOf(12)
      const plain = (links: readonly { n: number; person: string; probability: number }[]): unknown[] =>
        links.map(({ n, person, probability }) => [n, person, probability]).toSorted((a, b) => Number(a[0]) - Number(b[0]))
      const one = assign({ candidates, rows, persons: 500, least: 0.9 })
      const turned = [...candidates.slice(turn % 7), ...candidates.slice(0, turn % 7)].toReversed()
      const other = assign({ candidates: turned, rows: new Map([...rows].toReversed()), persons: 500, least: 0.9 })
      expect(plain(other)).toEqual(plain(one))
      expect(new Set(one.map((link) => link.person)).size).toBe(one.length)
    }),
  )
})

test('true pairs among the random ones do not make all fields of a small copy go together', () => {
  const patterns = (counts: Readonly<Record<string, number>>): PatternCount[] =>
    Object.entries(counts).map(([levels, count]) => ({ levels: levels.split('').map(Number) as Level[], count }))
  // E-mail (often missing), name, state, city, day of activation: a copy of 2,000 records, 300,000 random pairs with 150 true ones among them.
  const model = fitAgreement({
    fields: 5,
    random: patterns({
      11111: 160_000,
      '01111': 40_000,
      11411: 60_000,
      11441: 20_000,
      11114: 150,
      14111: 400,
      44444: 118,
      '04444': 32,
    }),
    blocks: [
      { blocked: [4], patterns: patterns({ 11114: 1_500, 11414: 500, 44444: 1_500, '04444': 380 }) },
      { blocked: [1], patterns: patterns({ 14111: 6_000, 14411: 2_000, 44444: 1_500, '04444': 380 }) },
      { blocked: [3, 1], patterns: patterns({ 14441: 600, 44444: 1_500, '04444': 380 }) },
    ],
    equalByChance: [0.000_25, 0.002, 0.32, 0.066, 0.000_5],
    records: 2_000,
  })
  const evenOdds = Math.log2(2_000)
  expect(model.bits([0, 4, 4, 4, 4])).toBeGreaterThan(evenOdds + 3)
  expect(model.bits([1, 4, 4, 4, 1])).toBeLessThan(evenOdds)
  expect(model.bits([1, 1, 4, 4, 4])).toBeLessThan(evenOdds)
})
