import { expect, test } from 'vitest'
import fc from 'fast-check'
import { bytesSource, collect } from '../../src/base/index.ts'
import { identify, openRecords, tableNames, type RecordOptions } from '../../src/formats/index.ts'
import { dateText, numberText } from '../../src/formats/xlsx/cell-text.ts'
import { xlsx, type XlsxCell } from './xlsx-bytes.ts'
import { zip } from './zip-bytes.ts'

async function read(bytes: Uint8Array, options: RecordOptions = {}) {
  const table = await openRecords(bytesSource('book.xlsx', bytes), 'xlsx', options)
  const { records, faults } = await collect(table.rows)
  return {
    columns: table.columns,
    table: table.table,
    rows: records.map((row) => [row.n, row.line, ...row.values]),
    faults: faults.map((one) => [one.code, one.where.field ?? '', one.lost ?? null]),
  }
}

const header = ['msisdn', 'name', 'activated', 'active']

test('a workbook is known by content, and its cells are as Excel shows them', async () => {
  const bytes = xlsx({
    Notes: [],
    Customers: [
      ['Export of 30 September'],
      [],
      header,
      [{ number: '60123456789' }, 'Aina & <b> "Farid"', { day: '45565' }, true],
      [{ number: '6.0123456780E10' }, { inline: 'Bo_x000A_b' }, { day: '45565.5' }, false],
      [],
      [{ number: '60123456787' }, undefined, undefined],
    ],
    Other: [
      ['id', 'note'],
      [{ number: '1' }, 'x'],
    ],
  })
  expect((await identify(bytesSource('a.bin', bytes))).kind).toBe('xlsx')
  const got = await read(bytes)
  expect(got).toEqual({
    columns: header,
    table: 'Customers',
    rows: [
      [1, 4, '60123456789', 'Aina & <b> "Farid"', '2024-09-30', 'TRUE'],
      [2, 5, '60123456780', 'Bo\nb', '2024-09-30 12:00:00', 'FALSE'],
      [3, 7, '60123456787', '', '', ''],
    ],
    faults: [['table-title-lines', '', 0]],
  })
  expect((await read(bytes, { table: 'Other' })).rows).toEqual([[1, 2, '1', 'x']])
  await expect(read(bytes, { table: 'Nope' })).rejects.toMatchObject({ code: 'sheet-unknown' })
})

test('numbers that lost digits are kept as shown and named once per column', async () => {
  const rows = [1, 2, 3].map((n) => [{ number: '6.01235E+10' }, { number: `890123456789012345${n}` }, 'ok', '6.0E+11'])
  const got = await read(xlsx({ S: [['msisdn', 'iccid', 'note', 'text'], ...rows] }))
  expect(got.rows[0]).toEqual([1, 2, '6.01235E+10', '8901234567890123451', 'ok', '6.0E+11'])
  expect(got.faults).toEqual([
    ['value-damaged-float', 'c1', 0],
    ['value-damaged-float', 'c2', 0],
    ['value-damaged-scientific', 'msisdn', 0],
    ['value-damaged-scientific', 'text', 0],
  ])
})

test('numbers and days by their written forms', () => {
  expect(
    ['1', '-5', '0.1', '0.30000000000000004', '1E-3', '6.0123E4', '123456789012345', '1234567890123456', '1E5'].map(numberText),
  ).toEqual([
    { text: '1', lost: false },
    { text: '-5', lost: false },
    { text: '0.1', lost: false },
    { text: '0.3', lost: false },
    { text: '1E-3', lost: false },
    { text: '60123', lost: false },
    { text: '123456789012345', lost: false },
    { text: '1234567890123456', lost: true },
    { text: '1E5', lost: true },
  ])
  expect(dateText('1', false)).toBe('1900-01-01')
  expect(dateText('61', false)).toBe('1900-03-01')
  expect(dateText('0', true)).toBe('1904-01-01')
  expect(dateText('0.25', false)).toBe('06:00:00')
  expect(dateText('-4', false)).toBe('-4')
  expect(dateText('x', false)).toBe('x')
})

test('any texts come back', async () => {
  const cell = fc
    .string({ unit: fc.constantFrom('a', 'é', '昕', '1', ' ', '&', '<', '"', ';', ','), minLength: 1, maxLength: 10 })
    .map((text) => `x${text}`)
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 10 }), async (rows) => {
      const got = await read(xlsx({ S: rows }), { header: false })
      expect(got.rows.map((row) => row.slice(2))).toEqual(rows)
    }),
    { numRuns: 8 },
  )
}, 30_000)

test('entity bombs, zip bombs, cells of any size and damage are faults within limits', async () => {
  const started = performance.now()
  const entities = `<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY a "${'x'.repeat(1000)}">${Array.from({ length: 30 }, (_one, at) => `<!ENTITY a${at} "${`&a${at === 0 ? '' : at - 1};`.repeat(20)}">`).join('')}]><sst><si><t>&a29;</t></si></sst>`
  const bomb = await read(
    xlsx(
      {
        S: [
          ['id', 'name'],
          [{ number: '1' }, 'x'],
        ],
      },
      { 'xl/sharedStrings.xml': entities },
    ),
  )
  expect(JSON.stringify(bomb).length).toBeLessThan(1000)
  const spaces = `<worksheet><sheetData>${' '.repeat(150 << 20)}</sheetData></worksheet>`
  expect((await read(xlsx({ S: [] }, { 'xl/worksheets/sheet1.xml': spaces }))).faults.map((one) => one[0])).toContain('xlsx-bomb')
  const long = await read(
    xlsx({
      S: [
        ['id', 'name'],
        [{ number: '1' }, { inline: 'y'.repeat(200_000) }],
      ],
    }),
  )
  expect(String(long.rows[0]?.[3]).length).toBe(65_536)
  expect(long.faults).toEqual([['table-cell-too-long', '', 0]])
  const wide = await read(xlsx({ S: [Array.from({ length: 10_000 }, (_one, at) => `col_${at}a`)] }))
  expect(wide.columns).toHaveLength(2_000)
  expect(wide.faults.map((one) => one[0])).toEqual(['table-columns-left-out'])
  const whole = xlsx({
    S: [['id', 'name'], ...Array.from({ length: 50 }, (_one, at): XlsxCell[] => [{ number: String(at) }, `name ${at}`])],
  })
  for (const cut of [30, 400, whole.length - 10]) expect((await read(whole.subarray(0, cut))).faults.length).toBeGreaterThan(0)
  expect((await read(zip([{ name: 'a.txt', data: Buffer.from('x') }]))).faults).toEqual([['xlsx-no-workbook', '', null]])
  expect(performance.now() - started).toBeLessThan(30_000)
}, 60_000)

test('two sheets of one name are read apart, and both are listed', async () => {
  const first = [
    ['msisdn', 'name'],
    [{ number: '60120000001' }, 'Aina'],
  ]
  const second = [
    ['account', 'balance'],
    ['A1', { number: '10' }],
  ]
  const bytes = xlsx({ a: first, b: second, c: [] }, {}, ['Customers', 'Customers', 'Customers#2'])
  expect((await read(bytes, { table: 'Customers' })).columns).toEqual(['msisdn', 'name'])
  const other = await read(bytes, { table: 'Customers#3' })
  expect([other.table, other.columns, other.rows]).toEqual(['Customers#3', ['account', 'balance'], [[1, 2, 'A1', '10']]])
  expect((await read(bytes, { table: 'Customers#2' })).rows).toEqual([])
  expect(await tableNames(bytesSource('book.xlsx', bytes), 'xlsx')).toEqual(['Customers', 'Customers#3'])
})
