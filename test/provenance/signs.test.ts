import { expect, test } from 'vitest'
import type { Column } from '../../src/provenance/columns.ts'
import { SignReader } from '../../src/provenance/sign-reader.ts'

const columns: readonly Column[] = [
  { name: 'contract', meaning: { kind: 'identifier', identifier: 'contract', valid: 100 } },
  { name: 'activated', meaning: { kind: 'field', field: 'activated', form: 'date', valid: 100 } },
  { name: 'nric', meaning: { kind: 'identifier', identifier: 'national-id', valid: 100 } },
  { name: 'dob', meaning: { kind: 'field', field: 'date-of-birth', form: 'date', valid: 100 } },
]
const day = (number: number): string => new Date(number * 86_400_000).toISOString().slice(0, 10)

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

test('P21 the size of a numbered base is estimated from the spread of the numbers, with its range', () => {
  const drawn = Array.from({ length: 400 }, (_, at) => [String(1_000_000 + ((at * 7919) % 50_000)), '', '', ''])
  const numbered = signsOf(drawn).numbered
  expect(numbered?.estimate).toBeGreaterThan(49_000)
  expect(numbered?.estimate).toBeLessThan(51_000)
  expect(numbered && numbered.from <= 50_000 && numbered.to >= 50_000).toBe(true)
  expect(signsOf(drawn.slice(0, 10)).numbered).toBeUndefined()
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
