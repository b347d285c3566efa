import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { bytesSource, collect, type ByteSource } from '../../src/base/index.ts'
import { openRecords } from '../../src/formats/index.ts'

// Written by ClickHouse: three rows with Zstandard, two with Snappy.
const whole = readFileSync(resolve(import.meta.dirname, '../cases/formats/table-parquet/in.parquet'))

async function read(bytes: Uint8Array) {
  const table = await openRecords(bytesSource('in.parquet', bytes), 'parquet')
  const { records, faults } = await collect(table.rows)
  return {
    columns: table.columns,
    rows: records.map((row) => row.values),
    faults: faults.map((one) => one.code),
    lost: faults[0]?.lost,
  }
}

test('a file that is cut or changed is a fault or fewer rows, never an error', async () => {
  expect(await read(whole.subarray(0, whole.length - 20))).toMatchObject({ rows: [], faults: ['parquet-damaged'] })
  expect(await read(Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(100, 0xff), Buffer.from('PAR1')]))).toMatchObject({
    rows: [],
  })
  for (let at = 4; at < whole.length - 8; at += 300) {
    const changed = Buffer.from(whole)
    changed[at] = (changed[at] ?? 0) ^ 0xff
    const got = await read(changed)
    expect(got.rows.length === 3 || got.faults.length > 0).toBe(true)
  }
}, 60_000)

test('absurd sizes in the directory or in a page are faults within limits', async () => {
  const started = performance.now()
  // The length of the directory, and then the sizes in the header of the first page.
  const long = Buffer.from(whole)
  long.writeUInt32LE(0x7fffffff, long.length - 8)
  expect(await read(long)).toMatchObject({ rows: [], faults: ['parquet-damaged'] })
  const page = Buffer.from(whole)
  Buffer.from([0x15, 0x00, 0x15, 0xfe, 0xff, 0xff, 0xff, 0x0f]).copy(page, 4)
  expect(await read(page)).toMatchObject({ rows: [], faults: ['parquet-group-damaged'], lost: 3 })
  expect(performance.now() - started).toBeLessThan(20_000)
}, 30_000)

test('reading stops when asked, and a reader that is left ends its process', async () => {
  const stop = new AbortController()
  stop.abort()
  const source: ByteSource = bytesSource('in.parquet', whole)
  await expect(openRecords(source, 'parquet', { watch: { signal: stop.signal } })).rejects.toThrow()
  const table = await openRecords(source, 'parquet')
  for await (const batch of table.rows) {
    expect(batch.records.length).toBe(3)
    break
  }
})
