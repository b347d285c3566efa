import { expect, test } from 'vitest'
import type { Column } from '../../src/provenance/columns.ts'
import type { Examined } from '../../src/provenance/examined.ts'
import type { Sample } from '../../src/provenance/sample.ts'
import { SignReader } from '../../src/provenance/sign-reader.ts'
import { signsOf as allSigns } from '../../src/provenance/signs.ts'
import { tableSize } from '../../src/provenance/table-size.ts'

const columns: readonly Column[] = [
  { name: 'contract', meaning: { kind: 'identifier', identifier: 'contract', valid: 100 } },
  { name: 'activated', meaning: { kind: 'field', field: 'activated', form: 'date', valid: 100 } },
  { name: 'nric', meaning: { kind: 'identifier', identifier: 'national-id', valid: 100 } },
  { name: 'dob', meaning: { kind: 'field', field: 'date-of-birth', form: 'date', valid: 100 } },
]
const day = (number: number): string => new Date(number * 86_400_000).toISOString().slice(0, 10)

/** Numbers from 0 to 1 that are the same on every run. */
function lcg(seed: number): () => number {
  let state = seed
  return () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648
}

function signsOf(rows: readonly (readonly string[])[]): ReturnType<SignReader['finish']> {
  const reader = new SignReader(columns, { country: 'MY' })
  for (const row of rows) reader.add(row)
  return reader.finish()
}

test('P21 contract numbers that rise with the day of activation have rank correlation 1, shuffled ones about 0', () => {
  const rising = Array.from({ length: 60 }, (_, at) => [String(10_000 + at * 7), day(17_000 + at), '', ''])
  expect(signsOf(rising).sequence).toEqual({ rows: 60, rank: 1 })
  const shuffled = rising.map((row, at) => [row[0] ?? '', day(17_000 + ((at * 37) % 60)), '', ''])
  expect(Math.abs(signsOf(shuffled).sequence.rank)).toBeLessThan(0.3)
})

/** Invented draws: different numbers of a sequence of `size`, the same on every run. */
function drawn(n: number, size: number): string[][] {
  const random = lcg(n + size)
  const numbers = new Set<number>()
  while (numbers.size < n) numbers.add(1_000_000 + Math.floor(random() * size))
  return [...numbers].map((number) => [String(number), '', '', ''])
}

test('P21 the size of a numbered table is estimated from the spread of the numbers, with its range', () => {
  const table = signsOf(drawn(400, 50_000)).table
  expect(table?.numbers).toBe(400)
  expect(table?.about).toBeGreaterThan(49_000)
  expect(table?.about).toBeLessThan(51_000)
  expect(table && table.least <= 50_000 && table.most >= 50_000 && table.most < 51_000).toBe(true)
})

test('P21 the upper limit holds the true size in 95 of 100 draws', () => {
  const random = lcg(7)
  let inside = 0
  for (let round = 0; round < 1_000; round += 1) {
    const numbers = new Set<number>()
    while (numbers.size < 40) numbers.add(5_000_000 + Math.floor(random() * 80_000))
    const table = tableSize(numbers)
    // Some even draws look uneven by chance; they are not told.
    if (table === undefined || table.most >= 80_000) inside += 1
  }
  expect(inside).toBeGreaterThan(930)
  expect(inside).toBeLessThan(975)
})

test('P21 numbers that are few, neighbours, in regular steps, bunched or too far apart tell no size', () => {
  const random = lcg(3)
  const of = (numbers: readonly number[]): boolean => tableSize(new Set(numbers)) !== undefined
  const many = Array.from({ length: 200 }, (_, at) => at)
  const spread = many.map(() => random())
  expect(signsOf(drawn(19, 50_000)).table).toBeUndefined()
  expect(of(many.map((at) => 1_000 + at))).toBe(false)
  // Neighbours of a sequence with unused numbers, and of one with a check digit at the end.
  expect(of(many.filter((at) => (spread[at] ?? 0) < 0.3).map((at) => 1_000 + at))).toBe(false)
  expect(of(many.map((at) => 1_000 + at * 10 + Math.floor((spread[at] ?? 0) * 10)))).toBe(false)
  expect(of(many.map((at) => 1_000 + at * 97))).toBe(false)
  expect(of(spread.map((one) => Math.floor(one ** 3 * 900_000)))).toBe(false)
  expect(of(spread.map((one) => Math.floor(one * 3_000_000_000)))).toBe(false)
  expect(of(spread.map((one) => Math.floor(one * 900_000_000)))).toBe(true)
})

test('P21 the size of the table is said, weighs nothing, and shows no number of the sample', () => {
  const rows = drawn(400, 50_000)
  const signs = signsOf(rows)
  const said = allSigns({
    sample: { columns, read: 400, rows: [], fieldTags: [] } as unknown as Sample,
    signs,
    examined: { cells: new Map(), rows: [] } as unknown as Examined,
    linkages: [],
    cite: { kind: 'copy', copy: 'x', rows: { kind: 'whole' } },
  }).filter((one) => one.sign === 'table-size')
  expect(said).toMatchObject([{ log10LR: 0, table: signs.table }])
  expect(said[0]?.sentence.text).toMatch(/a table of about (?:49|50),\d{3} rows, 95 % at most 50,\d{3}/)
  expect(said[0]?.sentence.text).not.toMatch(/1,0\d\d,\d{3}|10\d{5}/)
})

test('P21 birth dates inside identity numbers and empty cells are counted, nothing else is kept', () => {
  const signs = signsOf([
    ['', '', '900101-14-1234', '1990-01-01'],
    ['', '', '900101-14-1236', '1985-05-05'],
  ])
  expect(signs.births).toEqual({ rows: 2, same: 1 })
  expect(signs.cells).toBe(8)
  expect(signs.empty).toBe(4)
  expect(JSON.stringify(signs)).not.toContain('9001')
})
