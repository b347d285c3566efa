import { readdirSync, readFileSync, statSync, writeFileSync, chmodSync, existsSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sha256 } from '../../src/base/index.ts'
import { openLake, type Lake } from '../../src/store/index.ts'
import { xlsx } from '../formats/xlsx-bytes.ts'
import { breachline, ownFolder } from '../flow/run-breachline.ts'
import { postgresPrograms, startPostgres, type PostgresServer } from '../store/postgres-server.ts'
import { run as inThisProcess } from './fake.ts'

const own = ownFolder('copy')
const workspace = own.path('workspace')
const programs = postgresPrograms()
const live = programs === undefined ? test.skip : test
const title = (text: string): string => (programs === undefined ? `skipped: no PostgreSQL server program (${text})` : text)
let server: PostgresServer

const people = Array.from(
  { length: 300 },
  (_, at) => `6011${20_000_000 + at * 7},Person Nr${at} Abdullah,fibre-${at % 3},2025-0${1 + (at % 9)}-15`,
)
const table = `msisdn,full_name,plan,joined\n${people.join('\n')}\n`

beforeAll(async () => {
  writeFileSync(own.path('straits.csv'), table)
  writeFileSync(own.path('straits.tsv'), table.replaceAll(',', '\t'))
  writeFileSync(
    own.path('straits.toml'),
    `id = "straits"
kind = "extract"
holder = "Straits Billing"
system = "CRM"
as_of = "2025-08-31"
fields = ["msisdn", "full_name", "plan"]
operators = ["Meridian Telekom", "Kinabalu Mobile"]
[format]
delimiter = ";"
[receipt]
by = "R. Tan"
on = "2025-09-01"
sha256 = "${sha256(table)}"
[holder_status]
status = "ended"
since = "2026-01-31"
[[places]]
kind = "job"
name = "crm-export"
from = "2025-08-31"
[[places]]
kind = "recipient"
name = "Straits Billing"
from = "2025-09-01"
deletion = "stated"
`,
  )
  if (programs === undefined) return
  server = await startPostgres(programs)
  server.sql(`
    CREATE TABLE subscribers (msisdn text, full_name text, plan text, joined date, operator text);
    INSERT INTO subscribers SELECT '6011' || (30000000 + i * 7), 'Person Nr' || i || ' Ismail', 'fibre-' || i % 3, date '2025-01-01' + i % 200, CASE WHEN i % 2 = 0 THEN 'Meridian' ELSE 'Kina''balu' END FROM generate_series(1, 400) i;
    CREATE TABLE versions (msisdn text, plan text, valid_from timestamptz, valid_to timestamptz);
    INSERT INTO versions SELECT '6011' || (30000000 + i * 7), 'fibre-' || v, timestamptz '2025-01-01 00:00+08' + v * interval '30 days', CASE v WHEN 2 THEN 'infinity' ELSE timestamptz '2025-01-31 00:00+08' + v * interval '30 days' END FROM generate_series(1, 100) i, generate_series(0, 2) v;
    CREATE TABLE empty (msisdn text, plan text);
    CREATE VIEW failing AS SELECT CASE WHEN i = 250000 THEN (1 / (i - 250000))::text ELSE '6011' || (30000000 + i) END AS msisdn, 'fibre' AS plan FROM generate_series(1, 300000) i;
  `)
  writeFileSync(own.path('password'), `${server.password}\n`, { mode: 0o600 })
  writeFileSync(own.path('wrong'), 'never-to-be-told', { mode: 0o600 })
})

afterAll(async () => {
  await server?.stop()
  own.release()
})

type Ended = Pick<Awaited<ReturnType<typeof breachline>>, 'code' | 'out' | 'err'>

function run(...args: string[]): Promise<Ended> {
  return inThisProcess([...args, '--workspace', workspace], own.path())
}

/** As a process of its own: what the engine itself writes counts too. */
function program(...args: string[]): Promise<Ended> {
  return breachline([...args, '--workspace', workspace], { env: own.env })
}

async function json<T>(...args: string[]): Promise<T> {
  const ended = await run(...args, '--json')
  expect(ended.code, ended.err).toBe(0)
  return JSON.parse(ended.out) as T
}

interface Kept {
  readonly copy: string
  readonly rows: number
  readonly fields: readonly { readonly name: string; readonly meaning: string }[]
  readonly notices: readonly string[]
}

/** Bytes of every file under a folder, compressed ones opened. */
function* bytesUnder(folder: string): Generator<{ path: string; bytes: Buffer }> {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) yield* bytesUnder(path)
    else yield { path, bytes: name.endsWith('.gz') ? gunzipSync(readFileSync(path)) : readFileSync(path) }
  }
}

function expectNowhere(secrets: readonly string[]): void {
  let files = 0
  for (const { path, bytes } of bytesUnder(workspace)) {
    files += 1
    for (const secret of secrets) expect(bytes.includes(secret), `${secret} stands in ${path}`).toBe(false)
  }
  expect(files).toBeGreaterThan(3)
}

/** Looks into the lake between two commands. */
async function withLake<T>(work: (lake: Lake) => Promise<T>): Promise<T> {
  const lake = await openLake({ directory: join(workspace, 'lake'), tables: [] })
  try {
    return await work(lake)
  } finally {
    await lake.close()
  }
}

function acts(): { act: string; detail: Record<string, unknown> }[] {
  const db = new DatabaseSync(join(workspace, 'acts.db'), { readOnly: true })
  const rows = db.prepare('SELECT act, detail FROM custody ORDER BY seq').all()
  db.close()
  return rows.map((row) => ({ act: String(row['act']), detail: JSON.parse(String(row['detail'])) as Record<string, unknown> }))
}

test('a manifest gives holder, terms and places; what does not fit is told; custody holds it; no value lands', async () => {
  const kept = await json<Kept>('copy', 'add', '--manifest', own.path('straits.toml'), '--file', own.path('straits.csv'))
  expect(kept).toMatchObject({ copy: 'straits', rows: 300 })
  expect(kept.notices).toHaveLength(3)
  expect(kept.notices.join('\n')).toMatch(
    /holds joined, which the agreement does not list[^]*agreed delimiter is ";"[^]*joined holds days of the week of 2025-09-15/,
  )
  expect(acts().at(-1)).toMatchObject({
    act: 'copy-registered',
    detail: { copy: 'straits', details: { operators: ['Meridian Telekom', 'Kinabalu Mobile'] } },
  })
  expectNowhere(['Person Nr7', '601120000049', 'nr7 abdullah'])
  const { out } = await run('copy', 'show', 'straits')
  expect(out).toMatch(
    /Straits Billing \(ended since 2026-01-31\)[^]*1\. export job crm-export \(from 2025-08-31\)\n {2}2\. recipient Straits Billing \(from 2025-09-01, deletion stated\)/,
  )
  expect((await run('copy', 'list')).out).toMatch(/straits +extract +Straits Billing \(ended 2026-01-31\) .* 2 places +3 notices/)
})

test('an update keeps the former state and never touches tokens or declaration', async () => {
  const tokens = (): string[] =>
    [...bytesUnder(join(workspace, 'registry', 'straits'))]
      .filter(({ path }) => !path.endsWith('manifest.json'))
      .map(({ path, bytes }) => `${path} ${sha256(bytes)}`)
  const before = tokens()
  writeFileSync(
    own.path('later.json'),
    JSON.stringify({
      fields: ['msisdn', 'full_name', 'plan', 'joined'],
      places: [{ kind: 'recipient', name: 'Straits Billing', deletion: 'confirmed' }],
    }),
  )
  const kept = await json<Kept>('copy', 'update', 'straits', '--manifest', own.path('later.json'))
  expect(kept.notices).toHaveLength(2)
  expect(before.length).toBeGreaterThan(0)
  expect(tokens()).toEqual(before)
  const shown = await json<{ copy: { revision: number; operators: string[] }; revisions: { copy: { places: unknown[] } }[] }>(
    'copy',
    'show',
    'straits',
  )
  expect(shown.copy).toMatchObject({
    revision: 1,
    operators: ['Meridian Telekom', 'Kinabalu Mobile'],
    places: [{ deletion: 'confirmed' }],
  })
  expect(shown.revisions).toHaveLength(1)
  expect(shown.revisions[0]?.copy.places).toHaveLength(2)
  writeFileSync(own.path('other.json'), JSON.stringify({ as_of: '2024-01-01' }))
  expect(await run('copy', 'update', 'straits', '--manifest', own.path('other.json'))).toMatchObject({
    code: 3,
    err: expect.stringContaining('another asOf') as string,
  })
  expect((await run('copy', 'update', 'nobody', '--manifest', own.path('later.json'))).code).toBe(3)
})

test('the same bytes again change nothing, and what was known of them stays known', async () => {
  await json<Kept>(
    'copy',
    'add',
    '--manifest',
    own.path('straits.toml'),
    '--file',
    own.path('straits.csv'),
    '--fields',
    'msisdn,full_name,plan,joined',
  )
  const shown = await json<{ copy: { fields: string[]; receipt: { by: string } }; revisions: unknown[] }>(
    'copy',
    'show',
    'straits',
  )
  expect(shown.copy).toMatchObject({ fields: ['msisdn', 'full_name', 'plan', 'joined'], receipt: { by: 'R. Tan' } })
  const again = await run('copy', 'add', '--manifest', own.path('straits.toml'), '--file', own.path('straits.tsv'))
  expect(again).toMatchObject({ code: 3, err: expect.stringContaining('registered already') as string })
})

test('wrong manifests and options are refused with their entry, and nothing is registered', async () => {
  writeFileSync(own.path('wrong.toml'), '[[places]]\nkind = "cloud"\nname = "x"\n')
  const add = [
    'copy',
    'add',
    '--holder',
    'H',
    '--system',
    'S',
    '--as-of',
    '2025-08-31',
    '--file',
    own.path('straits.tsv'),
    '--id',
    'refused',
  ]
  expect(await run(...add, '--manifest', own.path('wrong.toml'))).toMatchObject({
    code: 3,
    err: expect.stringContaining('places.0.kind') as string,
  })
  expect((await run(...add, '--zone', '+08:00')).code).toBe(2)
  expect((await run(...add, '--fields', 'a,,b')).code).toBe(2)
  expect((await run(...add, '--ended', 'June')).code).toBe(2)
  expect((await run(...add, '--live', 'postgresql://r@h/d?table=t')).code).toBe(2)
  expect(existsSync(join(workspace, 'registry', 'refused'))).toBe(false)
})

test('a chosen sheet of a workbook, a Parquet file and JSON lines are copies like a table of text', async () => {
  const head = ['msisdn', 'full_name', 'plan', 'joined']
  const cells = people.slice(0, 40).map((line) => line.split(','))
  writeFileSync(
    own.path('x.xlsx'),
    xlsx({
      Notes: [
        ['topic', 'remark'],
        ['cut', 'by night'],
      ],
      Subscribers: [head, ...cells],
    }),
  )
  writeFileSync(
    own.path('x.jsonl'),
    cells.map((row) => JSON.stringify(Object.fromEntries(row.map((cell, at) => [head[at], cell])))).join('\n'),
  )
  await withLake(async ({ engine }) => {
    const schema = head.map((name) => `${name} String`).join(', ')
    const sql = `SELECT * FROM format(CSV, '${schema}', {text:String})`
    writeFileSync(own.path('x.parquet'), await engine.bytes(sql, 'Parquet', { text: people.slice(0, 40).join('\n') }))
  })
  const common = ['--holder', 'Kinabalu Calls', '--ended', '2025-12-31', '--system', 'CRM', '--as-of', '2025-12-01']
  const named = await run('copy', 'add', ...common, '--file', own.path('x.xlsx'), '--id', 'notes')
  expect(named.err).toContain('choose another of its tables with --sheet: Notes, Subscribers')
  const plain = await run('copy', 'add', ...common, '--file', own.path('straits.csv'), '--id', 'notes', '--sheet', 'Notes')
  expect(plain).toMatchObject({ code: 2, err: expect.stringContaining('is one table and has no sheet "Notes"') as string })
  for (const [file, ...more] of [['x.xlsx', '--sheet', 'Subscribers'], ['x.parquet'], ['x.jsonl']]) {
    const kept = await json<Kept>(
      'copy',
      'add',
      ...common,
      '--file',
      own.path(file ?? ''),
      '--id',
      `kinabalu-${file?.slice(2) ?? ''}`,
      ...more,
    )
    expect(kept.rows).toBe(40)
    expect(kept.fields.map((field) => field.meaning)).toEqual(['msisdn', 'name:name', 'code:plan', 'date:activated'])
  }
  expectNowhere(['Person Nr7', '601120000049'])
})

live(
  title('a live table is registered as an acquisition: query, snapshot, count, digest; no secret and no value stays'),
  async () => {
    const address = `postgresql://keeper@127.0.0.1:${server.port}/postgres?table=public.subscribers`
    const common = [
      '--live',
      address,
      '--password-file',
      own.path('password'),
      '--holder',
      'Meridian Telekom',
      '--system',
      'CRM',
      '--zone',
      '+08:00',
    ]
    const filter = ['--columns', 'msisdn,full_name,plan,joined', '--where-column', 'operator', '--where-value', `Kina'balu`]
    const kept = await json<Kept>('copy', 'add', ...common, ...filter, '--authority', 'A. Rahman', '--id', 'crm-live')
    expect(kept).toMatchObject({ copy: 'crm-live', rows: 200 })
    const { copy } = await json<{ copy: Record<string, unknown> & { acquisition: Record<string, unknown>; sha256: string } }>(
      'copy',
      'show',
      'crm-live',
    )
    expect(copy).toMatchObject({ kind: 'own', rows: 200, source: address.replace('?table=public.', '?schema=public&table=') })
    expect(copy.acquisition).toMatchObject({
      rows: 200,
      by: expect.any(String) as string,
      authority: 'A. Rahman',
      notices: [],
      query: { where: [{ column: 'operator' }], zone: '+08:00' },
    })
    expect(copy.acquisition['digest']).toBe(copy.sha256)
    expect(copy.acquisition['snapshot']).toMatch(/^\d+:\d+:/)
    expect(acts().at(-1)).toMatchObject({ detail: { copy: 'crm-live', details: { acquisition: { rows: 200 } } } })
    expectNowhere([server.password, `Kina'balu`, 'Person Nr9 Ismail', '601130000063', 'nr9 ismail'])
    const sample = own.path('leak.csv')
    writeFileSync(
      sample,
      server.sql(
        `SELECT 'msisdn,full_name,plan' UNION ALL (SELECT msisdn || ',' || full_name || ',' || plan FROM subscribers WHERE operator LIKE 'Kina%' LIMIT 100)`,
      ),
    )
    const [first] = (await json<{ sources: { copy: string; rowsInside: number }[] }>('provenance', sample)).sources
    expect(first).toMatchObject({ copy: 'crm-live', rowsInside: 100 })
    expect((await run('copy', 'add', ...common, '--id', 'crm-live')).err).toContain('registered already')
  },
)

live(title('a live history: versions with their validity, days taken in the zone given'), async () => {
  const address = `postgresql://keeper@127.0.0.1:${server.port}/postgres?table=versions`
  const kept = await json<Kept>(
    'copy',
    'add',
    '--live',
    address,
    '--password-file',
    own.path('password'),
    '--holder',
    'Meridian Telekom',
    '--system',
    'CRM',
    '--history',
    '--as-of',
    '2025-06-30',
    '--zone',
    '+08:00',
    '--id',
    'crm-history',
  )
  expect(kept.rows).toBe(300)
  expect(kept.fields.map((field) => field.meaning)).toEqual(['msisdn', 'code:plan', 'valid-from', 'valid-to'])
  const { copy } = await json<{ copy: { loadKey: string } }>('copy', 'show', 'crm-history')
  const sql = 'SELECT DISTINCT toString(toDate32(valid_from)) AS day FROM holdings WHERE load_id = {load:UInt64} ORDER BY day'
  const days = await withLake(({ engine, committed }) => engine.rows<{ day: string }>(sql, { load: committed(copy.loadKey) }))
  expect(days.map(({ day }) => day)).toEqual(['2025-01-01', '2025-01-31', '2025-03-02'])
})

live(title('a live read that cannot be made registers nothing and tells no secret'), async () => {
  const at = (query: string, password: string): Promise<Ended> =>
    program(
      'copy',
      'add',
      '--live',
      `postgresql://keeper@127.0.0.1:${server.port}/${query}`,
      '--password-file',
      own.path(password),
      '--holder',
      'M',
      '--system',
      'CRM',
      '--id',
      'nothing',
    )
  const refused = await at('postgres?table=subscribers', 'wrong')
  expect(refused).toMatchObject({ code: 4, err: expect.stringContaining('refuses the user "keeper" or the password') as string })
  const missing = await at('postgres?table=nosuch', 'password')
  expect(missing).toMatchObject({ code: 4, err: expect.stringContaining('has no table "public.nosuch"') as string })
  const broken = await at('postgres?table=failing', 'password')
  expect(broken).toMatchObject({ code: 4, err: expect.stringContaining('broke off') as string })
  expect(broken.err).not.toMatch(/601130|division/)
  chmodSync(own.path('wrong'), 0o644)
  const exposed = await at('postgres?table=subscribers', 'wrong')
  expect(exposed.err).toContain('every user of this machine can read')
  for (const ended of [refused, missing, broken, exposed]) {
    expect(`${ended.out}${ended.err}`).not.toContain('never-to-be-told')
    expect(`${ended.out}${ended.err}`).not.toContain(server.password)
  }
  expect(existsSync(join(workspace, 'registry', 'nothing'))).toBe(false)
  const left = await withLake(({ engine }) =>
    engine.rows<{ rows: string }>('SELECT count() AS rows FROM holdings WHERE n > 100000'),
  )
  expect(left).toEqual([{ rows: '0' }])
  expectNowhere(['never-to-be-told', server.password])
})

live(title('an empty live table is a copy of no rows'), async () => {
  const kept = await json<Kept>(
    'copy',
    'add',
    '--live',
    `postgresql://keeper@127.0.0.1:${server.port}/postgres?table=empty`,
    '--password-file',
    own.path('password'),
    '--holder',
    'M',
    '--system',
    'CRM',
    '--id',
    'empty',
  )
  expect(kept.rows).toBe(0)
})
