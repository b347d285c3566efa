import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openLiveTable, parseLiveAddress, type LiveTable } from '../../src/store/index.ts'
import { postgresPrograms, startPostgres, type PostgresServer } from './postgres-server.ts'

const programs = postgresPrograms()
const live = programs === undefined ? test.skip : test
const title = (text: string): string => (programs === undefined ? `skipped: no PostgreSQL server program (${text})` : text)
const directory = mkdtempSync(join(tmpdir(), 'breachline-live-'))
let server: PostgresServer

beforeAll(async () => {
  if (programs === undefined) return
  server = await startPostgres(programs)
  server.sql(`
    CREATE TABLE subscribers (msisdn text, full_name text, plan text, active_from date, changed timestamptz, seen timestamp, amount numeric, raw bytea);
    INSERT INTO subscribers VALUES
      ('60112000001', 'Nur ''Aisyah'' "B" \\ \${x} {y:String}', NULL, '2026-03-01', '2026-03-01 00:30+08', '2026-03-01 00:30', 12.50, '\\x00ff'),
      ('60112000002', '', 'fibre-100', 'infinity', NULL, NULL, NULL, NULL),
      ('60112000003', E'two\\nlines\\tand tab', 'fibre-500', '2026-04-01', now(), now(), 1, '');
    CREATE TABLE "we""ird; DROP TABLE subscribers --" ("a""b' c" text, "d\`e" int);
    INSERT INTO "we""ird; DROP TABLE subscribers --" VALUES ('60112000001', 1), (E'it''s', 2);
    CREATE SCHEMA "s.t"; CREATE TABLE "s.t"."u.v" (msisdn text); INSERT INTO "s.t"."u.v" VALUES ('60112000009');
    CREATE TABLE huge AS SELECT '60112000001' AS msisdn, repeat('ü', 200000) AS note;
    CREATE TABLE many AS SELECT '6011' || (2000000 + i) AS msisdn, repeat('x', 500) AS note FROM generate_series(1, 200000) i;
    CREATE ROLE reader LOGIN PASSWORD 'reader pw'; GRANT SELECT ON subscribers TO reader;
    ALTER TABLE subscribers ENABLE ROW LEVEL SECURITY; CREATE POLICY shown ON subscribers FOR SELECT TO reader USING (plan IS NOT NULL);
  `)
  server.sql('CREATE DATABASE old TEMPLATE template0 ENCODING LATIN1 LC_COLLATE "C" LC_CTYPE "C"')
  server.sql(
    `SET client_encoding = 'UTF8'; CREATE TABLE people ("naïve\\" text); INSERT INTO people VALUES ('Zoë'), (NULL)`,
    'old',
  )
})

afterAll(async () => {
  await server?.stop()
  rmSync(directory, { recursive: true, force: true })
})

function open(query: string, options: Partial<Parameters<typeof openLiveTable>[0]> = {}, at = ''): Promise<LiveTable> {
  const address = parseLiveAddress(at === '' ? `postgresql://keeper@127.0.0.1:${server.port}/postgres?${query}` : at)
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

async function failure(work: Promise<unknown>): Promise<{ code: string; text: string }> {
  const error = await work.then(
    () => new Error('it did not fail'),
    (one: unknown) => one as Error,
  )
  const text = `${error.message} ${'hint' in error ? String(error.hint) : ''} ${String(error.cause)} ${error.stack ?? ''}`
  return { code: 'code' in error ? String(error.code) : error.message, text }
}

live(title('values, quotes, NULLs, days and times come as they are, whatever the settings of the session'), async () => {
  const table = await open('table=public.subscribers', { zone: '+08:00' })
  const rows = await all(table)
  expect(rows[0]).toEqual([
    '60112000001',
    'Nur \'Aisyah\' "B" \\ ${x} {y:String}',
    null,
    '2026-03-01',
    '2026-03-01T00:30:00.000000+08:00',
    '2026-03-01T00:30:00.000000',
    '12.50',
    '00ff',
  ])
  expect(rows[1]).toEqual(['60112000002', '', 'fibre-100', null, null, null, null, null])
  expect(rows[2]?.[1]).toBe('two\nlines\tand tab')
  const receipt = table.receipt()
  expect(receipt).toMatchObject({ rows: 3, cutValues: 0, notices: [] })
  expect(receipt?.snapshot).toMatch(/^\d+:\d+:[\d,]*$/)
  expect(receipt?.systemTime).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/)
  expect(table.version).toMatch(/^PostgreSQL \d/)
})

live(title('the same rows in another order have the same digest, one changed letter another'), async () => {
  const digest = async (): Promise<string | undefined> => {
    const table = await open('table=subscribers', { columns: ['msisdn', 'plan'] })
    await all(table)
    return table.receipt()?.digest
  }
  const before = await digest()
  server.sql(
    `CREATE TEMP TABLE t AS TABLE subscribers; DELETE FROM subscribers; INSERT INTO subscribers SELECT * FROM t ORDER BY msisdn DESC`,
  )
  expect(await digest()).toBe(before)
  server.sql(`UPDATE subscribers SET plan = 'fibre-501' WHERE plan = 'fibre-500'`)
  expect(await digest()).not.toBe(before)
  server.sql(`UPDATE subscribers SET plan = 'fibre-500' WHERE plan = 'fibre-501'`)
})

live(title('columns and conditions are checked against the table; hostile names and values stay names and values'), async () => {
  const name = encodeURIComponent('we"ird; DROP TABLE subscribers --')
  const strange = await open(`schema=public&table=${name}`, { where: [{ column: `a"b' c`, value: `it's` }] })
  expect(await all(strange)).toEqual([[`it's`, '2']])
  expect(await all(await open('schema=s.t&table=u.v'))).toEqual([['60112000009']])
  const injected = [`x' OR '1'='1`, `\\' OR 1=1 --`, `'; DROP TABLE subscribers; --`]
  for (const value of injected)
    expect(await all(await open('table=subscribers', { where: [{ column: 'plan', value }] }))).toEqual([])
  expect(await failure(open('table=subscribers', { columns: ['msisdn', 'msisdn" FROM pg_shadow --'] }))).toMatchObject({
    code: 'live-column-unknown',
  })
  expect(await failure(open('table=subscribers', { where: [{ column: '1=1 OR plan', value: 'x' }] }))).toMatchObject({
    code: 'live-column-unknown',
  })
  expect(server.sql('SELECT count(*) FROM subscribers').trim()).toBe('3')
})

live(title('a wrong password, user, database, table, host or port is named, and no secret is told'), async () => {
  const secret = 'never-to-be-told'
  const told = async (address: string, password = server.password): Promise<{ code: string; text: string }> =>
    failure(openLiveTable({ address: parseLiveAddress(address), password, directory }))
  const base = `127.0.0.1:${server.port}`
  const wrong = await told(`postgresql://keeper@${base}/postgres?table=subscribers`, secret)
  expect(wrong.code).toBe('live-login-refused')
  const found = [
    wrong,
    await told(`postgresql://nobody@${base}/postgres?table=subscribers`),
    await told(`postgresql://keeper@${base}/nowhere?table=subscribers`),
    await told(`postgresql://keeper@${base}/postgres?table=absent`),
    await told(`postgresql://keeper@127.0.0.1:9/postgres?table=subscribers`),
    await told(`postgresql://keeper@no-host.invalid:5432/postgres?table=subscribers`),
    await told(`postgresql://reader@${base}/postgres?table=many`, 'reader pw').then((one) => one),
  ]
  expect(found.slice(0, 6).map((one) => one.code)).toEqual([
    'live-login-refused',
    'live-login-refused',
    'live-database-missing',
    'live-table-missing',
    'live-unreachable',
    'live-host-unknown',
  ])
  for (const one of found) {
    expect(one.text).not.toContain(secret)
    expect(one.text).not.toContain(server.password)
  }
  const denied = await openLiveTable({
    address: parseLiveAddress(`postgresql://reader@${base}/postgres?table=many`),
    password: 'reader pw',
    directory,
  })
  expect(await failure(all(denied))).toMatchObject({ code: 'live-denied' })
})

live(
  title('a table that vanishes after its columns were listed, and a connection that ends midway, break the read'),
  async () => {
    server.sql('CREATE TABLE brief AS SELECT 1 AS a')
    const table = await open('table=brief')
    server.sql('DROP TABLE brief')
    expect(await failure(all(table))).toMatchObject({ code: 'live-table-changed' })
    expect(table.receipt()).toBeUndefined()

    const many = await open('table=many')
    const cut = (async () => {
      for await (const _ of many.rows())
        server.sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND query LIKE '%many%'`)
    })()
    expect((await failure(cut)).code).toMatch(/^live-/)
    expect(many.receipt()).toBeUndefined()
    await many.close()
  },
)

live(title('huge values are cut and counted, other encodings are read, rows hidden by the system are said'), async () => {
  const huge = await open('table=huge')
  const [row] = await all(huge)
  expect(row?.[1]).toHaveLength(65_536)
  expect(huge.receipt()).toMatchObject({ cutValues: 1, notices: ['values-cut'] })
  const old = await open('', {}, `postgresql://keeper@127.0.0.1:${server.port}/old?table=people`)
  expect(old.plan.columns.map((column) => column.name)).toEqual(['naïve\\'])
  expect(await all(old)).toEqual([['Zoë'], [null]])
  const address = parseLiveAddress(`postgresql://reader@127.0.0.1:${server.port}/postgres?table=subscribers`)
  const partial = await openLiveTable({ address, password: 'reader pw', directory })
  expect(await all(partial)).toHaveLength(2)
  expect(partial.receipt()?.notices).toEqual(['row-rules', 'zone-assumed'])
})

live(title('the system is only read: the transaction is read-only'), async () => {
  server.sql(
    `CREATE FUNCTION trap() RETURNS text LANGUAGE plpgsql AS $$ BEGIN CREATE TABLE trapped (a int); RETURN 'x'; END $$; CREATE VIEW bait AS SELECT trap() AS msisdn`,
  )
  expect((await failure(open('table=bait').then(all))).code).toBe('live-read-broken')
  expect(server.sql(`SELECT count(*) FROM pg_class WHERE relname = 'trapped'`).trim()).toBe('0')
})

live(title('many rows come in batches, all of them'), async () => {
  const table = await open('table=many', { columns: ['msisdn'] })
  let batches = 0
  const seen = new Set<string | null>()
  for await (const batch of table.rows()) {
    batches += 1
    for (const [value] of batch) seen.add(value ?? null)
  }
  await table.close()
  expect(seen.size).toBe(200_000)
  expect(batches).toBeGreaterThan(1)
  expect(table.receipt()?.rows).toBe(200_000)
})
