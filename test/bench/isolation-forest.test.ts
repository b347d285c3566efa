import fc from 'fast-check'
import { expect, test } from 'vitest'
import { averagePath, isolationScores } from '../../bench/lookups/isolation-forest.ts'
import { Random } from '../../src/drill/index.ts'

const ordinary = 2_000
const outliers: readonly (readonly number[])[] = [
  [-9, 9, -9],
  [8, -8, 8],
  [-7, -7, 7],
  [9, 6, -8],
  [7, 7, 7],
]

/** A round cloud of rows in three attributes, and those that stand alone in every attribute. */
function cloud(seed: number): Float64Array[] {
  const random = new Random(seed, 'cloud')
  const rows = [...Array.from({ length: ordinary }, () => [random.normal(), random.normal(), random.normal()]), ...outliers]
  return [0, 1, 2].map((at) => Float64Array.from(rows, (row) => row[at] ?? 0))
}

function ranked(scores: Float64Array): number[] {
  return Array.from(scores, (_one, at) => at).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0))
}

test('c(n) is the average path of an unsuccessful search', () => {
  expect([0, 1, 2].map(averagePath)).toEqual([0, 0, 1])
  expect(averagePath(256)).toBeCloseTo(10.2448, 4)
})

test.each([1, 2, 3])('seed %i: rows that stand alone come first, and no row of the cloud scores as they do', (seed) => {
  const scores = isolationScores(cloud(seed), { seed })
  expect(
    ranked(scores)
      .slice(0, outliers.length)
      .sort((a, b) => a - b),
  ).toEqual(outliers.map((_one, at) => ordinary + at))
  for (const [at, score] of scores.entries()) if (at >= ordinary) expect(score).toBeGreaterThan(0.6)
  const inside = scores.slice(0, ordinary).sort()
  expect(inside[ordinary / 2]).toBeLessThan(0.5)
})

test('the same seed gives the same scores, another one others', () => {
  const columns = cloud(1)
  expect(isolationScores(columns, { seed: 7 })).toEqual(isolationScores(columns, { seed: 7 }))
  expect(isolationScores(columns, { seed: 7 })).not.toEqual(isolationScores(columns, { seed: 8 }))
})

test('an attribute that is the same for all rows changes nothing', () => {
  const columns = cloud(1)
  const same = new Float64Array(ordinary + outliers.length).fill(4)
  expect(isolationScores([...columns, same], { seed: 7 })).toEqual(isolationScores(columns, { seed: 7 }))
})

test('rows that cannot be told apart score one half, and one row is told from nothing', () => {
  const same = (rows: number): number[] => [...isolationScores([new Float64Array(rows).fill(3)], { seed: 1 })]
  for (const score of same(1_000)) expect(score).toBeCloseTo(0.5, 12)
  expect(same(1)).toEqual([0.5])
  expect(same(0)).toEqual([])
})

test('every score lies between 0 and 1, whatever the numbers', () => {
  const number = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e300, max: 1e300 })
  fc.assert(
    fc.property(fc.array(fc.tuple(number, number), { minLength: 1, maxLength: 40 }), fc.integer(), (rows, seed) => {
      const columns = [0, 1].map((at) => Float64Array.from(rows, (row) => row[at] ?? 0))
      const scores = isolationScores(columns, { seed, trees: 5, sample: 16 })
      return scores.length === rows.length && scores.every((score) => score > 0 && score <= 1)
    }),
  )
})
