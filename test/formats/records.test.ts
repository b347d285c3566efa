import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { bytesSource, collect, type ByteSource } from '../../src/base/index.ts'
import { identify, openRecords, recordFormatOf } from '../../src/formats/index.ts'

const cases = resolve(import.meta.dirname, '../cases/formats')

async function read(source: ByteSource) {
  const { kind } = await identify(source)
  const format = recordFormatOf(kind)
  if (format === undefined) return { kind }
  const table = await openRecords(source, format)
  const { records, faults } = await collect(table.rows)
  return {
    kind,
    columns: table.columns,
    ...(table.tables === undefined ? {} : { tables: table.tables.map((one) => [one.name, one.rows]) }),
    rows: records.map((row) => [row.n, row.line, ...row.values]),
    faults: faults.map((one) => [one.code, one.where.line ?? null, one.lost ?? null]),
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

for (const name of readdirSync(cases)
  .filter((one) => /^(?:table|text|list)-/.test(one))
  .sort()) {
  const file = readdirSync(join(cases, name)).find((entry) => entry.startsWith('in.')) ?? ''
  const binary = /\.(?:parquet|xlsx)$/.test(file)
  for (const size of binary ? [1 << 20] : [1, 7, 1 << 20])
    test(`${name} is known and read as written down, in chunks of ${size} bytes`, async () => {
      const got = await read(chunked(readFileSync(join(cases, name, file)), size))
      const path = join(cases, name, 'want.json')
      expect(got).toEqual(JSON.parse(readFileSync(path, 'utf8')))
    })
}
