import { expect, test } from 'vitest'
import { bytesSource } from '../../src/base/index.ts'
import { openRecords } from '../../src/formats/index.ts'
import { canaryRows, planExtract, type ExtractPlan } from '../../src/marks/index.ts'
import { cellsOf, handOut, key, readMarks, subscribersCsv, tokens } from './handed-out.ts'

const source = subscribersCsv(300, 'canaries')
const numbers = ['0190000001', '0190000002', '0190000003', '0190000004']
const owned = { columns: ['c1'], rows: numbers.map((one) => ({ values: [one] })) }

async function planFor(holder: string): Promise<ExtractPlan> {
  const table = await openRecords(bytesSource('source.csv', Buffer.from(source)), 'csv')
  return planExtract({ table, key, extract: holder.toLowerCase(), holder, allowance: ['spacing'], country: 'MY' })
}

const placed = async (holder: string, used: readonly string[] = [], count = 2) =>
  canaryRows({ owned, plan: await planFor(holder), count, used: new Set(used), key, tokens })

test('M10 the same canaries at the same places for one recipient, others for the next', async () => {
  const one = await placed('Citrine')
  expect(await placed('Citrine')).toEqual(one)
  const next = await placed(
    'Bayu',
    one.rows.flatMap((row) => row.tokens),
  )
  expect(one.rows.map((row) => row.values[0]).sort()).toEqual(numbers.slice(0, 2))
  expect(next.rows.map((row) => row.values[0]).sort()).toEqual(numbers.slice(2))
})

test('M10 names and addresses are joined from several rows, identifiers that were not given stay empty', async () => {
  const { rows, emptyColumns } = await placed('Citrine')
  const { rows: real } = await cellsOf(source)
  expect(emptyColumns).toEqual(['email'])
  for (const row of rows) {
    expect(row.values[1]).toBe('')
    expect(row.values[2]).toMatch(/\S+ \S+/)
    expect(real.some((one) => one[2] === row.values[2] && one[3] === row.values[3])).toBe(false)
  }
})

test('M10 numbers that another extract has are never used twice', async () => {
  const one = await placed('Citrine')
  await expect(
    placed(
      'Bayu',
      one.rows.flatMap((row) => row.tokens),
      3,
    ),
  ).rejects.toThrow('has 2 that no other extract has; 3 are needed')
})

test('M10 a table of canaries without the column of the source is refused', async () => {
  const plan = await planFor('Citrine')
  const other = { columns: ['number', 'name'], rows: [{ values: ['0190000001', 'x'] }] }
  expect(() => canaryRows({ owned: other, plan, count: 1, used: new Set(), key, tokens })).toThrow('no column "phone"')
})

test('M10 canaries stand in the extract and are counted in a sample', async () => {
  const { rows } = await placed('Citrine')
  const out = await handOut({ source, holder: 'Citrine', extract: 'citrine', canaries: rows })
  expect(out.counts).toMatchObject({ rows: 302, canaries: 2 })
  const lines = out.text.split('\n')
  const at = lines.findIndex((line) => line.startsWith('0190000001'))
  expect(at).toBeGreaterThan(0)
  const found = await readMarks([lines[0], ...lines.slice(Math.max(1, at - 20), at + 1)].join('\n'), out.extract)
  expect(found.canaries).toBe(1)
  expect((await readMarks(source, out.extract)).canaries).toBe(0)
})
