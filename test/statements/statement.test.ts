import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { statementReader, type StatementReading } from '../../src/statements/index.ts'

const cases = JSON.parse(readFileSync(resolve(import.meta.dirname, '../cases/statements/cases.json'), 'utf8')) as {
  sql: string
  want: StatementReading
}[]

test.each(cases)('$sql', ({ sql, want }) => {
  const read = statementReader()
  expect(read(sql)).toEqual(want)
  expect(read(sql)).toEqual(want)
})

test('a remembered shape gives each statement its own literals', () => {
  const read = statementReader()
  for (const number of ['60120000001', "o''brien", '', '$1'])
    expect(read(`select * from c where msisdn = '${number}'`).subscribers).toEqual([
      { field: 'msisdn', value: { kind: 'literal', text: number.replaceAll("''", "'") } },
    ])
})

test('a list longer than the limit is bulk although it names subscribers', () => {
  const list = (count: number): string => Array.from({ length: count }, (_one, at) => `'6012${at}'`).join(', ')
  expect(statementReader()(`select * from c where msisdn in (${list(100)})`)).toMatchObject({ bulk: false })
  expect(statementReader()(`select * from c where msisdn in (${list(101)})`)).toMatchObject({ bulk: true })
  expect(statementReader()(`select * from c where msisdn in (${list(50_000)})`)).toMatchObject({ basis: 'scanned', bulk: true })
})

test('hostile texts are answered in linear time and without an exception', () => {
  const read = statementReader()
  const started = performance.now()
  for (const text of [
    '('.repeat(300_000),
    'select '.repeat(100_000),
    "'".repeat(300_001),
    '/*'.repeat(200_000),
    `select ${'not '.repeat(1_400)}1`,
    `select ${'1+'.repeat(990)}1`,
    `select ${'$a'.repeat(100_000)}`,
  ])
    expect(read(text).basis).toMatch(/parsed|scanned/)
  expect(performance.now() - started).toBeLessThan(10_000)
})

test('any text is answered', () => {
  const read = statementReader()
  const piece = fc.constantFrom(
    'select',
    ' ',
    '*',
    'from',
    'c',
    'where',
    'msisdn',
    '=',
    "'6012'",
    '(',
    ')',
    ',',
    '$1',
    'or',
    'and',
    'not',
    '--',
    '/*',
    '*/',
    '"',
    "'",
    ';',
    'in',
    'union',
    '\n',
    '$$',
    '\uE000',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const got = read(pieces.join(' '))
      return got.tables.every((table) => typeof table === 'string')
    }),
    { numRuns: 500 },
  )
})

test.each([
  ['SELECT name FROM customers WHERE msisdn = ?', 1],
  ['select name from customers where imsi = :B2 and msisdn in (:1, :phone)', 3],
  ['SEL name FROM customers WHERE created > ? AND msisdn = ?', 1],
  ['LOCKING ROW FOR ACCESS SELECT name FROM customers WHERE msisdn = ?', 1],
])('bind values of other systems are numbered as they stand: %s', (text, many) => {
  const reading = statementReader()(text)
  expect(reading).toMatchObject({ basis: 'parsed', command: 'SELECT', tables: ['customers'], bulk: false })
  expect(reading.subscribers.filter(({ value }) => value.kind === 'parameter')).toHaveLength(many)
})

test('what is no bind value is left alone: casts, slices, operators, texts, and statements that number their own', () => {
  const read = statementReader()
  const named = (text: string) => read(text).subscribers.map(({ value }) => value)
  expect(named("SELECT a[1:2] FROM customers WHERE msisdn = '+60120010001'::text")).toEqual([
    { kind: 'literal', text: '+60120010001' },
  ])
  expect(named("SELECT name FROM customers WHERE msisdn = '?' AND note = ':1'")).toEqual([{ kind: 'literal', text: '?' }])
  expect(named('SELECT name FROM customers WHERE msisdn = $2')).toEqual([{ kind: 'parameter', index: 2 }])
  expect(named('SELECT name FROM customers WHERE started > ? AND msisdn = ?')).toEqual([{ kind: 'parameter', index: 2 }])
  expect(read('SELECT sel FROM customers').fields).toEqual(['sel'])
})
