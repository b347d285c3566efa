import { expect, test } from 'vitest'
import { bytesSource, collect } from '../../src/base/index.ts'
import { openRecords } from '../../src/formats/index.ts'
import { marksKey, planExtract, validRows } from '../../src/marks/index.ts'
import { tokens } from './handed-out.ts'

// Invented subscribers; every one has three versions, one of which holds on any day from 2024 on.
const lines = Array.from({ length: 60 }, (_, n) => {
  const number = `012${3_000_000 + n * 31}`
  return [
    `${number},Basic,2024-01-01,2025-01-01`,
    `${number},Plus,2025-01-01,2026-03-31`,
    `${number},Max,2026-03-31,${n % 2 === 0 ? '' : '9999-12-31'}`,
  ]
}).flat()
const history = `phone,plan,valid_from,valid_to\n${lines.join('\n')}\n`

async function valid(text: string, options: Partial<Parameters<typeof validRows>[1]> = {}) {
  const table = await openRecords(bytesSource('crm.csv', Buffer.from(text)), 'csv')
  const found = validRows(table, { day: '2026-03-31', asked: false, file: 'crm.csv', ...options })
  const { records, faults } = await collect(found.table.rows)
  return {
    columns: found.table.columns,
    of: found.columns,
    rows: records.map((row) => row.values),
    lines: records.map((row) => row.line),
    faults,
  }
}

test.each([
  ['2023-12-31', 0, undefined],
  ['2024-01-01', 60, 'Basic'],
  ['2026-03-30', 60, 'Plus'],
  ['2026-03-31', 60, 'Max'],
] as const)('on %s %i versions are valid, the first day included and the last one not', async (day, rows, plan) => {
  const got = await valid(history, { day })
  expect(got.columns).toEqual(['phone', 'plan'])
  expect(got.rows).toHaveLength(rows)
  expect(new Set(got.rows.map((row) => row[1]))).toEqual(new Set(plan === undefined ? [] : [plan]))
  expect(got.faults).toEqual([])
})

test('the rows keep their lines, and named columns stay', async () => {
  const got = await valid(history, { fields: ['phone', 'valid_from'] })
  expect(got.columns).toEqual(['phone', 'plan', 'valid_from'])
  expect(got.lines.slice(0, 2)).toEqual([4, 7])
  expect(got.rows[0]).toEqual(['0123000000', 'Max', '2026-03-31'])
})

test('columns may be mapped, and a map may say that they are none', async () => {
  const renamed = history.replace('valid_from,valid_to', 'sah_dari,sah_hingga')
  expect((await valid(renamed)).of).toBeUndefined()
  const meanings = { sah_dari: 'valid-from', sah_hingga: 'valid-to' }
  expect((await valid(renamed, { meanings })).rows).toHaveLength(60)
  const not = await valid(history, { meanings: { valid_from: 'ignored' } })
  expect([not.of, not.rows.length]).toEqual([undefined, 180])
})

test('versions whose days cannot be read are left out and counted; times count by their day', async () => {
  const text = `phone,valid_from,valid_to\n0123000001,soon,\n0123000002,2026-03-31T10:00:00Z,\n0123000003,,2026-03-31 00:00:00\n0123000004,,\n`
  const got = await valid(text)
  expect(got.rows).toEqual([['0123000002'], ['0123000004']])
  expect(got.faults.map((one) => [one.code, one.lost])).toEqual([['version-without-day', 1]])
  expect(JSON.stringify(got.faults)).not.toContain('0123000001')
})

test('a table that is no history is handed on whole, unless a day was asked for', async () => {
  const plain = 'phone,plan\n0123000001,Basic\n'
  expect(await valid(plain)).toMatchObject({ columns: ['phone', 'plan'], rows: [['0123000001', 'Basic']], of: undefined })
  await expect(valid(plain, { asked: true })).rejects.toMatchObject({ code: 'no-history' })
  await expect(valid('phone,valid_from\n1,2024-01-01\n', { asked: true })).rejects.toMatchObject({ code: 'no-history' })
})

test('a history has row keys on one day, and none as a whole', async () => {
  const table = () => openRecords(bytesSource('crm.csv', Buffer.from(history)), 'csv')
  const plan = async (one: Awaited<ReturnType<typeof table>>) =>
    planExtract({ table: one, key: marksKey(tokens), extract: 'x', holder: 'H', allowance: [], country: 'MY' })
  expect((await plan(await table())).identifiers).toEqual([])
  const day = validRows(await table(), { day: '2025-06-01', asked: false, file: 'crm.csv', country: 'MY' })
  const planned = await plan(day.table)
  expect([planned.rows, planned.identifiers.map((one) => one.identifier)]).toEqual([60, ['msisdn']])
})
