import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openLiveTable, parseLiveAddress, type LiveTable } from '../../src/store/index.ts'
import { mariaPrograms, startMaria, type MariaServer } from './mariadb-server.ts'

const programs = mariaPrograms()
const live = programs === undefined ? test.skip : test
const title = (text: string): string => (programs === undefined ? `skipped: no MariaDB server program (${text})` : text)
const directory = mkdtempSync(join(tmpdir(), 'breachline-live-'))
let server: MariaServer

beforeAll(async () => {
  if (programs === undefined) return
  server = await startMaria(programs)
  server.sql(`
    USE crm;
    CREATE TABLE subscribers (msisdn varchar(20), full_name varchar(100), latin varchar(20) CHARACTER SET latin1, active_from date, changed timestamp NULL, seen datetime(6), amount decimal(8,2), raw varbinary(10), flags bit(4), doc json) ENGINE=InnoDB;
    INSERT INTO subscribers VALUES
      ('60112000001', 'Nur ''Aisyah'' "B" \\ \${x} {y:String}', CONVERT(x'5A6FEB' USING latin1), '2026-03-01', '2026-02-28 19:30:00', '2026-03-01 00:30:00.5', 12.50, x'00ff', b'101', '{"a": 1}'),
      ('60112000002', '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
    CREATE TABLE \`we\`\`ird"; DROP TABLE subscribers --\` (\`a"b\`\` c'\` varchar(20), n bigint unsigned);
    INSERT INTO \`we\`\`ird"; DROP TABLE subscribers --\` VALUES ('it''s \\', 18446744073709551615), ('60112000001', 1);
    CREATE TABLE huge AS SELECT '60112000001' AS msisdn, repeat('ü', 200000) AS note;
    CREATE TABLE many AS WITH RECURSIVE s AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM s WHERE n < 1000) SELECT concat('6011', 2000000 + a.n * 1000 + b.n) AS msisdn, repeat('x', 100) AS note FROM s a CROSS JOIN s b WHERE a.n <= 200;
  `)
})

afterAll(async () => {
  await server?.stop()
  rmSync(directory, { recursive: true, force: true })
})

function open(table: string, options: Partial<Parameters<typeof openLiveTable>[0]> = {}): Promise<LiveTable> {
  const address = parseLiveAddress(`mysql://keeper@127.0.0.1:${server.port}/crm?table=${encodeURIComponent(table)}`)
  return openLiveTable({ address, password: server.password, directory, ...options })
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

live(title('values, quotes, NULLs, bytes and times come as they are, whatever the modes of the server'), async () => {
  const table = await open('subscribers', { zone: '+08:00' })
  expect((await all(table)).toSorted()).toEqual([
    [
      '60112000001',
      'Nur \'Aisyah\' "B" \\ ${x} {y:String}',
      'Zoë',
      '2026-03-01',
      '2026-03-01T00:30:00.000000+08:00',
      '2026-03-01T00:30:00.500000',
      '12.50',
      '00ff',
      '5',
      '{"a": 1}',
    ],
    ['60112000002', '', null, null, null, null, null, null, null, null],
  ])
  expect(table.receipt()).toMatchObject({ rows: 2, cutValues: 0, notices: [] })
  expect(table.receipt()?.snapshot).toMatch(/^\d+-1-\d+$/)
  expect(table.version).toMatch(/MariaDB/)
})

live(title('hostile names and values stay names and values'), async () => {
  const strange = 'we`ird"; DROP TABLE subscribers --'
  const table = await open(strange, { where: [{ column: `a"b\` c'`, value: `it's \\` }] })
  expect(await all(table)).toEqual([[`it's \\`, '18446744073709551615']])
  for (const value of [`' OR '1'='1`, `\\' OR 1=1 -- `, `60112000001' -- `, '60112000001 '])
    expect(await all(await open('subscribers', { where: [{ column: 'msisdn', value }] }))).toEqual([])
  await expect(open('subscribers', { columns: ['msisdn` FROM mysql.user -- '] })).rejects.toMatchObject({
    code: 'live-column-unknown',
  })
})

live(title('wrong password, user, database, table and port are named without secrets'), async () => {
  const base = `127.0.0.1:${server.port}`
  const failure = async (address: string, password: string): Promise<string> => {
    const error = await openLiveTable({ address: parseLiveAddress(address), password, directory }).then(
      () => new Error('it did not fail'),
      (one: unknown) => one as Error & { code?: string; hint?: string },
    )
    expect(`${error.message} ${error.stack ?? ''} ${String(error.cause)}`).not.toMatch(/never-to-be-told|my "secret"/)
    return 'code' in error ? error.code : error.message
  }
  expect(await failure(`mysql://keeper@${base}/crm?table=subscribers`, 'never-to-be-told')).toBe('live-login-refused')
  expect(await failure(`mysql://nobody@${base}/crm?table=subscribers`, 'never-to-be-told')).toBe('live-login-refused')
  expect(await failure(`mysql://keeper@${base}/none?table=subscribers`, server.password)).toBe('live-database-missing')
  expect(await failure(`mysql://keeper@${base}/crm?table=absent`, server.password)).toBe('live-table-missing')
  expect(await failure('mysql://keeper@127.0.0.1:9/crm?table=subscribers', 'never-to-be-told')).toBe('live-unreachable')
})

live(title('a table that vanishes breaks the read; huge values are cut; many rows come whole'), async () => {
  server.sql('CREATE TABLE crm.brief AS SELECT 1 AS a')
  const brief = await open('brief')
  server.sql('DROP TABLE crm.brief')
  await expect(all(brief)).rejects.toMatchObject({ code: 'live-read-broken' })
  const huge = await open('huge')
  expect((await all(huge))[0]?.[1]).toHaveLength(65_536)
  expect(huge.receipt()).toMatchObject({ cutValues: 1, notices: ['values-cut'] })
  const many = await open('many')
  expect(await all(many)).toHaveLength(200_000)
  expect(many.receipt()?.rows).toBe(200_000)
})
