import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesSource, collect, limits, type ByteSource } from '../../src/base/index.ts'
import { distinctNames } from '../../src/formats/table/distinct-names.ts'
import { openRecords, type RecordFormat, type RecordOptions } from '../../src/formats/index.ts'
import { coreTime } from '../base/core-time.ts'

const cases = resolve(import.meta.dirname, '../cases/table')

async function read(source: ByteSource, format: RecordFormat, options: RecordOptions = {}) {
  const table = await openRecords(source, format, options)
  const { records, faults } = await collect(table.rows)
  return {
    dialect: table.dialect,
    columns: table.columns,
    ...(table.tables === undefined ? {} : { table: table.table, tables: table.tables }),
    rows: records.map((row) => ({ n: row.n, line: row.line, values: row.values })),
    faults: faults.map((one) => ({ code: one.code, line: one.where.line, lost: one.lost ?? null })),
  }
}

/** A source that hands out its bytes in chunks of a given size. */
function chunked(bytes: Uint8Array, size: number): ByteSource {
  return {
    ...bytesSource('in', bytes),
    async *stream(from = 0) {
      for (let at = from; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
    },
  }
}

const text = (value: string): Uint8Array => Buffer.from(value, 'utf8')

for (const name of readdirSync(cases)) {
  const file = readdirSync(join(cases, name)).find((entry) => entry.startsWith('in.')) ?? ''
  const format: RecordFormat = file.endsWith('.sql') ? 'sql-dump' : file.endsWith('.jsonl') ? 'json-lines' : 'csv'
  for (const size of [1, 7, 1 << 20])
    test(`${name} reads as written down, in chunks of ${size} bytes`, async () => {
      const want: unknown = JSON.parse(readFileSync(join(cases, name, 'want.json'), 'utf8'))
      expect(await read(chunked(readFileSync(join(cases, name, file)), size), format)).toEqual(want)
    })
}

const cell = fc.string({
  unit: fc.constantFrom('a', 'é', '昕', '1', ' ', ',', ';', '|', '\t', '"', "'", '\n', '\\', '(', ')', '-', '0', ':'),
  maxLength: 12,
})

const grid = fc
  .integer({ min: 2, max: 5 })
  .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 12 }))

test('any cells written with quotes come back, whatever the delimiter and the chunks', async () => {
  await fc.assert(
    fc.asyncProperty(
      grid,
      fc.constantFrom(',', ';', '\t', '|'),
      fc.integer({ min: 1, max: 50 }),
      async (rows, delimiter, size) => {
        const lines = rows.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(delimiter)).join('\r\n')
        const got = await read(chunked(text(lines), size), 'csv', { delimiter, header: false })
        expect(got.faults).toEqual([])
        expect(got.rows.map((row) => row.values)).toEqual(rows)
      },
    ),
    { numRuns: 150 },
  )
})

test('any values written by a MySQL or a standard dump come back, whatever the chunks', async () => {
  await fc.assert(
    fc.asyncProperty(grid, fc.boolean(), fc.integer({ min: 1, max: 50 }), async (rows, mysql, size) => {
      const quoted = (value: string): string =>
        mysql
          ? `'${value
              .replaceAll('\\', '\\\\')
              .replaceAll("'", String.raw`\'`)
              .replaceAll('\n', String.raw`\n`)}'`
          : `'${value.replaceAll("'", "''")}'`
      const head = mysql ? '-- MySQL dump\n' : '-- PostgreSQL database dump\n'
      const dump = `${head}INSERT INTO t VALUES ${rows.map((row) => `(${row.map(quoted).join(',')})`).join(',')};\n`
      const got = await read(chunked(text(dump), size), 'sql-dump')
      expect(got.faults).toEqual([])
      expect(got.rows.map((row) => row.values)).toEqual(rows)
    }),
    { numRuns: 150 },
  )
})

test('a quote left open costs its own row and no other, wherever it stands', async () => {
  const rows = Array.from({ length: 300 }, (_one, at) => `${at},"name ${at}",plain ${at}`)
  for (const bad of [0, 1, 150, 299]) {
    const broken = rows.map((row, at) => (at === bad ? row.replace('"', '"x').replace('",', ',') : row))
    const got = await read(bytesSource('in', text(`id,name,note\n${broken.join('\n')}\n`)), 'csv')
    expect(got.rows).toHaveLength(299)
    expect(got.rows.some((row) => row.n === bad + 1)).toBe(false)
    expect(got.faults).toEqual([{ code: 'table-wrong-quote', line: bad + 2, lost: 1 }])
  }
})

test('a line of 300 MB is one fault and is never held', async () => {
  const block = Buffer.alloc(1 << 20, 'a')
  const source: ByteSource = {
    name: 'long.csv',
    size: 300 << 20,
    slice: (from, to) => Promise.resolve(text('id,name\n1,first\n2,').subarray(from, to)),
    async *stream() {
      yield text('id,name\n1,first\n2,')
      for (let n = 0; n < 300; n += 1) yield block
      yield text('\n3,last\n')
    },
  }
  const before = process.memoryUsage().rss
  const got = await read(source, 'csv')
  expect(got.rows.map((row) => row.n)).toEqual([1, 3])
  expect(got.faults).toEqual([{ code: 'table-line-too-long', line: 3, lost: 1 }])
  expect(process.memoryUsage().rss - before).toBeLessThan(250 << 20)
})

test('an SQL text of 60 MB without a closing quote is one fault, and the next statement is read', async () => {
  const block = Buffer.alloc(1 << 20, 'a')
  const head = text("INSERT INTO t (a, b) VALUES (1,'x'),(2,'")
  const source: ByteSource = {
    name: 'long.sql',
    size: 60 << 20,
    slice: (from, to) => Promise.resolve(head.subarray(from, to)),
    async *stream() {
      yield head
      for (let n = 0; n < 60; n += 1) yield block
      yield text("\nINSERT INTO t (a, b) VALUES (3,'z');\n")
    },
  }
  const got = await read(source, 'sql-dump')
  expect(got.rows.map((row) => row.values)).toEqual([
    ['1', 'x'],
    ['3', 'z'],
  ])
  expect(got.faults.map((one) => one.code)).toEqual(['sql-row-too-long'])
})

test('a line of more cells than the limit is a fault', async () => {
  const wide = Array.from({ length: limits.columns + 5 }, () => 'x').join(',')
  const got = await read(bytesSource('in', text(`a,b\n1,2\n${wide}\n3,4\n`)), 'csv')
  expect(got.rows.map((row) => row.values)).toEqual([
    ['1', '2'],
    ['3', '4'],
  ])
  expect(got.faults.map((one) => one.code)).toEqual(['table-too-many-columns'])
})

test('hostile tables take linear time', async () => {
  const started = coreTime()
  await read(bytesSource('in', text(`a,b\n${'"x,""y\n'.repeat(100_000)}`)), 'csv')
  await read(bytesSource('in', text(`INSERT INTO t VALUES ${`('a),("b),`.repeat(100_000)}`)), 'sql-dump')
  await read(bytesSource('in', text(`INSERT INTO t VALUES (${'('.repeat(500_000)}`)), 'sql-dump')
  await read(bytesSource('in', text('{"a":'.repeat(100_000))), 'json-lines')
  expect(coreTime() - started).toBeLessThan(10_000)
})

test('an empty file is a table without rows', async () => {
  for (const format of ['csv', 'json-lines', 'sql-dump'] as const)
    expect((await read(bytesSource('in', text('')), format)).rows).toEqual([])
})

test('a table that the dump does not have is told with those that it has', async () => {
  await expect(read(bytesSource('in', text('INSERT INTO a VALUES (1);')), 'sql-dump', { table: 'b' })).rejects.toMatchObject({
    code: 'sql-table-unknown',
    hint: expect.stringContaining('a'),
  })
})

test('reading stops when asked', async () => {
  const stop = new AbortController()
  stop.abort()
  await expect(read(bytesSource('in', text('a,b\n1,2\n')), 'csv', { watch: { signal: stop.signal } })).rejects.toThrow()
})

test('numbers of JSON lines keep the digits that the source writes', async () => {
  const numbers = [
    '0',
    '-0',
    '7',
    '-12',
    '1.0',
    '1.50',
    '1e5',
    '1E-3',
    '123456789012345',
    '1234567890123456',
    '18446744073709551615',
    '-9007199254740993',
  ]
  for (const number of numbers)
    for (const line of [`{"a":${number}}`, `{ "b": "x", "a" :  ${number} }`, `{"a":[${number}]}`]) {
      const got = await read(bytesSource('in', text(line)), 'json-lines')
      expect(got.rows[0]?.values[got.columns.indexOf('a')]).toBe(line.includes('[') ? `[${number}]` : number)
    }
})

test('tables of one name in a dump are read apart, each under its own name', async () => {
  const dump = readFileSync(join(cases, 'sql-same-names', 'in.sql'))
  const rowsOf = async (table: string): Promise<unknown> =>
    (await read(bytesSource('in', dump), 'sql-dump', { table })).rows.map((row) => row.values)
  expect(await rowsOf('crm.customers')).toEqual([
    ['60120000001', 'Aina'],
    ['60120000002', 'Bo'],
  ])
  expect(await rowsOf('billing.customers')).toEqual([['A1', '10.00', '60120000001']])
  expect(await rowsOf('billing.customers#2')).toEqual([['aina'], ['bo']])
  await expect(rowsOf('customers')).rejects.toMatchObject({ code: 'sql-table-unknown' })
})

test('a PostgreSQL dump of several databases tells their tables apart; a table in two pieces stays one', async () => {
  const dump = String.raw`-- PostgreSQL database dump
\connect crm
CREATE TABLE public.people (name text);
COPY public.people (name) FROM stdin;
Aina
\.
\c "billing"
CREATE TABLE public.people (id text);
COPY public.people (id) FROM stdin;
7
8
\.
COPY public.people (id) FROM stdin;
9
\.
`
  for (const size of [1, 13, 4_096]) {
    const got = await read(chunked(text(dump), size), 'sql-dump')
    expect(got.tables).toEqual([
      { name: 'crm.people', columns: ['name'], rows: 1 },
      { name: 'billing.people', columns: ['id'], rows: 3 },
    ])
    expect(got.rows.map((row) => row.values)).toEqual([['7'], ['8'], ['9']])
  }
})

test('names given to tables of one name are all different, and names that stand in the file stay', () => {
  expect(distinctNames(['A', 'B', 'A', 'A#2', 'A'])).toEqual(['A', 'B', 'A#3', 'A#2', 'A#4'])
  fc.assert(
    fc.property(fc.array(fc.constantFrom('A', 'A#2', 'A#3', 'A#2#2', ''), { maxLength: 12 }), (names) => {
      const given = distinctNames(names)
      expect(new Set(given).size).toBe(names.length)
      for (const [at, name] of names.entries()) if (names.indexOf(name) === at) expect(given[at]).toBe(name)
    }),
  )
})
