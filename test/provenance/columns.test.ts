import { expect, test } from 'vitest'
import { basisText } from '../../src/provenance/align-basis.ts'
import { inferColumns, meaningText } from '../../src/provenance/columns.ts'
import { coreTime } from '../base/core-time.ts'

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

test('P2 headers in Indonesian, Chinese and Arabic are known', () => {
  expect(meanings(['No HP', 'Nama Lengkap', 'Kota', 'Tanggal Lahir', 'Kata Sandi'], [])).toEqual([
    'msisdn',
    'name:name',
    'place:city',
    'date:date-of-birth',
    'secret',
  ])
  expect(meanings(['手机号码', '姓名', '電話', '地址', '密码'], [])).toEqual([
    'msisdn',
    'name:name',
    'msisdn',
    'place:address',
    'secret',
  ])
  expect(meanings(['رقم الهاتف', 'الاسم', 'البريد الإلكتروني', 'العنوان'], [])).toEqual([
    'msisdn',
    'name:name',
    'email',
    'place:address',
  ])
})

test('P2 addresses, hardware addresses and serials of terminals are told by their shape', () => {
  const rows = Array.from({ length: 30 }, (_, at) => [
    `203.0.113.${at + 1}`,
    `00:1a:2b:3c:4d:${(16 + at).toString(16)}`,
    `HWTC${(0x1a2b3c00 + at * 977).toString(16).toUpperCase()}`,
    `1.${at}`,
    `user${at}`,
  ])
  expect(meanings(['c1', 'c2', 'c3', 'c4', 'login'], rows)).toEqual(['ip', 'mac', 'cpe-serial', 'code:c4', 'user-name'])
})

test('P2 the order of day and month is decided by which gives dates', () => {
  const rows = Array.from({ length: 30 }, (_, at) => [
    `${1 + (at % 12)}/${14 + (at % 14)}/2024`,
    `${14 + (at % 14)}/${1 + (at % 12)}/2024`,
  ])
  expect(meanings(['c1', 'joined'], rows)).toEqual(['mdy-date:c1', 'date:activated'])
  expect(meanings(['c1', 'joined'], rows, { joined: 'mdy-date:joined' })[1]).toBe('mdy-date:joined')
  const even = Array.from({ length: 30 }, (_, at) => [`${1 + (at % 12)}/${1 + (at % 11)}/2024`])
  expect(meanings(['c1'], even)).toEqual(['date:c1'])
})

test('P2 the basis says why, and what the header said against it', () => {
  const columns = inferColumns({
    columns: ['phone', 'email', 'c3', 'plan'],
    rows: rowsOf(lines.map((line) => [line[2] ?? '', line[5] ?? '', line[1] ?? '', line[3] ?? ''])),
    country: 'MY',
    map: { plan: 'ignored' },
  })
  expect(columns.map((column) => basisText(column))).toEqual([
    'nothing tells; it compares with columns of its own name; the header says msisdn',
    'its header says so',
    'its values have the form',
    'given by a person',
  ])
})

test('P2 a table of two thousand columns and rows takes seconds', () => {
  const columns = Array.from({ length: 2_000 }, (_, at) => `f${at}`)
  const rows = rowsOf(Array.from({ length: 500 }, (_, row) => columns.map((_, at) => `${row * 7 + at}`)))
  const started = coreTime()
  expect(inferColumns({ columns, rows, country: 'MY' })).toHaveLength(2_000)
  expect(coreTime() - started).toBeLessThan(20_000)
})

test('P2 numbers that a spreadsheet has rounded are named; identifiers under the header of a password are not lost', () => {
  const rows = rowsOf(
    Array.from({ length: 20 }, (_, at) => [`6.01235E+${10 + (at % 2)}`, `+6012345${String(6_000 + at)}`, `pass${at}`]),
  )
  const columns = inferColumns({ columns: ['phone', 'pwd', 'password'], rows, country: 'MY' })
  expect(columns.map((column) => meaningText(column.meaning))).toEqual(['code:phone', 'msisdn', 'secret'])
  expect(columns[0]?.rounded).toBe(100)
  expect(basisText(columns[0] ?? columns[1] ?? { name: '', meaning: { kind: 'ignored' } })).toContain('rounded by a spreadsheet')
  expect(columns[1]?.basis).toEqual({ kind: 'form', against: 'secret' })
})
