import { expect, test } from 'vitest'
import { inferColumns, meaningText } from '../../src/provenance/columns.ts'

const rowsOf = (values: readonly (readonly string[])[]) => values.map((row) => ({ values: row }))
const meanings = (columns: readonly string[], values: readonly (readonly string[])[], map?: Record<string, string>): string[] =>
  inferColumns({ columns, rows: rowsOf(values), country: 'MY', ...(map === undefined ? {} : { map }) }).map((column) =>
    meaningText(column.meaning),
  )

const lines = [
  ['012-3456789', '900131-14-5677', 'Aina Hassan', 'Plan 38', '2024-05-01', 'aina@example.com', 'x1'],
  ['013-3456789', '910131-14-5678', 'Ravi Kumar', 'Plan 38', '2024-06-01', 'ravi@example.com', 'x2'],
  ['014-3456789', '920131-14-5679', 'Mei Lim', 'Plan 78', '2024-07-01', 'mei@example.com', 'x1'],
]

test('P2 headers in common use are known', () => {
  expect(meanings(['Phone No.', 'IC_NO', 'fullName', 'Tariff', 'Valid From', 'E-mail', 'password'], lines)).toEqual([
    'msisdn',
    'national-id',
    'name:name',
    'code:plan',
    'valid-from',
    'email',
    'secret',
  ])
})

test('P2 values tell identifiers and dates when headers do not', () => {
  expect(meanings(['c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7'], lines)).toEqual([
    'msisdn',
    'national-id',
    'code:c3',
    'code:c4',
    'date:c5',
    'email',
    'code:c7',
  ])
})

test('P2 a header that its values contradict is not believed; check digits that fail are kept as evidence', () => {
  const rows = [
    ['shop 1', '490154203237519'],
    ['shop 2', '490154203237511'],
  ]
  const columns = inferColumns({ columns: ['phone', 'imei'], rows: rowsOf(rows), country: 'MY' })
  expect(columns.map((column) => meaningText(column.meaning))).toEqual(['code:phone', 'imei'])
  expect(columns[1]?.meaning).toMatchObject({ valid: 0 })
})

test('P2 a map overrides; a wrong one is refused with what can be done', () => {
  expect(meanings(['c1', 'c7'], [['012-3456789', 'x1']], { c7: 'code:plan', c1: 'ignored' })).toEqual(['ignored', 'code:plan'])
  expect(() => meanings(['c1'], [['1']], { c2: 'msisdn' })).toThrow('does not have')
  expect(() => meanings(['c1'], [['1']], { c1: 'phone' })).toThrow('not known')
})

test('P2 the same field on two columns keeps two names', () => {
  expect(meanings(['plan', 'tariff'], [['a', 'b']])).toEqual(['code:plan', 'code:plan-2'])
})

test('P2 amounts and keys of eight digits are not phone numbers', () => {
  const rows = Array.from({ length: 20 }, (_, at) => [String(61_234_567 + at * 7_919), `01234567${10 + at}`])
  expect(meanings(['cell_key', 'reachable_at'], rows)).toEqual(['code:cell-key', 'msisdn'])
})
