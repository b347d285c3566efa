import { createClient } from '@clickhouse/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openLiveTable, parseLiveAddress, type LiveTable } from '../../src/store/index.ts'

const url = new URL(process.env['BREACHLINE_TEST_SERVER'] ?? 'http://127.0.0.1:9')
const client = createClient({ url: url.origin })
const directory = '/nonexistent/never-used-for-clickhouse'
const database = 'live "odd` db'
const strange = 'we`ird\\"; DROP TABLE subscribers --'
const name = (text: string): string => `\`${text.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``

beforeAll(async () => {
  const here = name(database)
  const statements = [
    `DROP DATABASE IF EXISTS ${here}`,
    `CREATE DATABASE ${here}`,
    `CREATE TABLE ${here}.subscribers (msisdn String, full_name Nullable(String), active_from Date, changed DateTime64(3, 'Asia/Kuala_Lumpur'), fixed FixedString(8), tags Array(String), plan LowCardinality(Nullable(String))) ENGINE = MergeTree ORDER BY msisdn`,
    `INSERT INTO ${here}.subscribers VALUES ('60112000001', 'Nur \\'Aisyah\\' "B" \\\\ {y:String}', '2026-03-01', '2026-03-01 00:30:00', 'ab', ['x'], NULL), ('60112000002', NULL, '2026-03-02', '2026-03-02 00:30:00', '', [], 'fibre-100')`,
    `CREATE TABLE ${here}.${name(strange)} (${name('a"b`\\ c')} String, n UInt64) ENGINE = MergeTree ORDER BY n`,
    `INSERT INTO ${here}.${name(strange)} SELECT concat('it\\'s ', toString(number)), 18446744073709551615 - number FROM numbers(3)`,
    `CREATE TABLE ${here}.many ENGINE = MergeTree ORDER BY msisdn AS SELECT concat('6011', toString(2000000 + number)) AS msisdn, repeat('x', 100) AS note FROM numbers(300000)`,
    `CREATE TABLE ${here}.huge ENGINE = Memory AS SELECT '60112000001' AS msisdn, repeat('ü', 200000) AS note`,
    `CREATE VIEW ${here}.failing AS SELECT toString(throwIf(number = 250000, 'row-secret')) AS msisdn FROM numbers(300000)`,
  ]
  for (const query of statements) await client.command({ query })
})

afterAll(async () => {
  await client.command({ query: `DROP DATABASE IF EXISTS ${name(database)}` })
  await client.close()
})

function open(table: string, options: Partial<Parameters<typeof openLiveTable>[0]> = {}): Promise<LiveTable> {
  const address = parseLiveAddress(
    `clickhouse://default@${url.host}/${encodeURIComponent(database)}?table=${encodeURIComponent(table)}`,
  )
  return openLiveTable({ address, password: '', directory, ...options })
}

async function all(table: LiveTable): Promise<(readonly (string | null)[])[]> {
  const rows: (readonly (string | null)[])[] = []
  try {
    for await (const batch of table.rows()) rows.push(...batch)
  } finally {
    await table.close()
  }
  return rows
}

test('values, quotes, NULLs and times with a zone come as they are; the read is receipted', async () => {
  const table = await open('subscribers', { zone: '+08:00' })
  const rows = await all(table)
  expect(rows.toSorted()).toEqual([
    ['60112000001', 'Nur \'Aisyah\' "B" \\ {y:String}', '2026-03-01', '2026-03-01T00:30:00.000+08:00', 'ab', "['x']", null],
    ['60112000002', null, '2026-03-02', '2026-03-02T00:30:00.000+08:00', '', '[]', 'fibre-100'],
  ])
  const receipt = table.receipt()
  expect(receipt).toMatchObject({ rows: 2, cutValues: 0, notices: [] })
  expect(receipt?.snapshot).toMatch(/^1 parts?, SHA-256 of their names [0-9a-f]{64}$/)
  expect(receipt?.systemTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
})

test('hostile names and values stay names and values', async () => {
  const table = await open(strange, { where: [{ column: 'a"b`\\ c', value: "it's 1" }] })
  expect(await all(table)).toEqual([["it's 1", '18446744073709551614']])
  expect(await all(await open('subscribers', { where: [{ column: 'msisdn', value: "' OR '1'='1" }] }))).toEqual([])
  await expect(open('subscribers', { columns: ['msisdn` FROM system.users --'] })).rejects.toMatchObject({
    code: 'live-column-unknown',
  })
})

test('many rows come whole and in batches; the digest does not follow the order; huge values are cut', async () => {
  const table = await open('many')
  let batches = 0
  let rows = 0
  for await (const batch of table.rows()) {
    batches += 1
    rows += batch.length
  }
  await table.close()
  expect(rows).toBe(300_000)
  expect(batches).toBeGreaterThan(1)
  const again = await open('many')
  await all(again)
  expect(again.receipt()?.digest).toBe(table.receipt()?.digest)
  const huge = await open('huge')
  expect((await all(huge))[0]?.[1]).toHaveLength(65_536)
  expect(huge.receipt()?.notices).toEqual(['values-cut'])
})

test('a wrong user, database, table, port, and a query that fails midway are named without secrets or values', async () => {
  const failure = async (work: Promise<unknown>): Promise<{ code: string; text: string }> => {
    const error = await work.then(
      () => new Error('it did not fail'),
      (one: unknown) => one as Error & { code?: string; hint?: string },
    )
    return {
      code: 'code' in error ? error.code : error.message,
      text: `${error.message} ${String(error.cause)} ${error.stack ?? ''}`,
    }
  }
  const at = (text: string): ReturnType<typeof parseLiveAddress> => parseLiveAddress(text)
  const secret = 'never-to-be-told'
  const found = [
    await failure(openLiveTable({ address: at(`http://nobody@${url.host}/system?table=one`), password: secret, directory })),
    await failure(openLiveTable({ address: at(`http://default@${url.host}/nowhere?table=x`), password: '', directory })),
    await failure(open('absent')),
    await failure(openLiveTable({ address: at('http://default@127.0.0.1:9/system?table=one'), password: secret, directory })),
    await failure(open('failing').then(all)),
  ]
  expect(found.map((one) => one.code)).toEqual([
    'live-login-refused',
    'live-table-missing',
    'live-table-missing',
    'live-unreachable',
    'live-read-broken',
  ])
  for (const one of found) expect(one.text).not.toMatch(/never-to-be-told|row-secret/)
})

test('a table dropped after its columns were listed breaks the read', async () => {
  await client.command({ query: `CREATE TABLE ${name(database)}.brief ENGINE = Memory AS SELECT '1' AS a` })
  const table = await open('brief')
  await client.command({ query: `DROP TABLE ${name(database)}.brief` })
  await expect(all(table)).rejects.toMatchObject({ code: 'live-table-changed' })
  expect(table.receipt()).toBeUndefined()
})
