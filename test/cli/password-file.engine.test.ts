import { chmodSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { breachline, ownFolder } from '../flow/run-breachline.ts'
import { sevenZipBytes } from '../formats/seven-zip-bytes.ts'
import { run as inThisProcess } from './fake.ts'

const own = ownFolder('passwords')
const workspace = own.path('workspace')
const right = 'Lorikeet 9 Basin'
const wrong = 'never-to-be-told'
const people = Array.from(
  { length: 240 },
  (_, at) => `6011${20_000_000 + at * 7},Person Nr${at} Abdullah,fibre-${at % 3},2025-0${1 + (at % 9)}-15`,
)
const header = 'msisdn,full_name,plan,joined\n'

beforeAll(async () => {
  const locked = (name: string, rows: readonly string[], args: readonly string[]): Promise<Uint8Array> =>
    sevenZipBytes({ [name]: `${header}${rows.join('\n')}\n` }, [...args, `-p${right}`])
  writeFileSync(own.path('extract.zip'), await locked('straits.csv', people, ['-tzip']))
  writeFileSync(own.path('sample.7z'), await locked('sample.csv', people.slice(0, 80), []))
  // The second line is the one: a carriage return ends a line as well, spaces belong to the password.
  writeFileSync(own.path('passwords'), `${wrong}\r\n\r\n${right}\r\n`, { mode: 0o600 })
  writeFileSync(own.path('wrong'), `${wrong}\n`, { mode: 0o600 })
  writeFileSync(own.path('open-to-all'), `${right}\n`, { mode: 0o644 })
  chmodSync(own.path('open-to-all'), 0o644)
  writeFileSync(own.path('empty'), '\n\n', { mode: 0o600 })
})
afterAll(() => own.release())

type Ended = Pick<Awaited<ReturnType<typeof breachline>>, 'code' | 'out' | 'err'>

function keepsSecrets(ended: Ended): Ended {
  for (const secret of [right, wrong]) expect(`${ended.out}${ended.err}`).not.toContain(secret)
  return ended
}

/** Every command a process of its own: what one keeps, another finds. */
async function run(...args: string[]): Promise<Ended> {
  return keepsSecrets(await breachline([...args, '--workspace', workspace], { env: own.env }))
}

/** Where nothing is kept from one command to the next. */
async function runHere(...args: string[]): Promise<Ended> {
  return keepsSecrets(await inThisProcess([...args, '--workspace', workspace], own.path()))
}

function* filesUnder(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory()) yield* filesUnder(join(folder, entry.name))
    else if (!entry.isSymbolicLink()) yield join(folder, entry.name)
}

/** No file of the workspace holds a password: neither custody, nor findings, nor faults. */
function expectNotKept(): void {
  let files = 0
  for (const path of filesUnder(workspace)) {
    files += 1
    const bytes = readFileSync(path)
    for (const secret of [right, wrong]) expect(bytes.includes(secret), path).toBe(false)
  }
  expect(files).toBeGreaterThan(3)
}

const add = ['copy', 'add', '--holder', 'Straits Billing', '--system', 'CRM', '--as-of', '2025-09-30', '--country', 'MY']

test('without its password an archive is said to be encrypted, and nothing is registered', async () => {
  for (const more of [[], ['--password-file', own.path('wrong')]]) {
    const { code, err } = await runHere(...add, '--file', own.path('extract.zip'), ...more)
    expect(code).toBe(3)
    expect(err).toMatch(/encrypted|password/)
  }
  expect((await runHere('copy', 'list')).out).not.toContain('Straits')
})

test('a file that others can read, an empty one and one that is not there are refused', async () => {
  const given = async (file: string): Promise<Ended> =>
    runHere('provenance', own.path('sample.7z'), '--password-file', own.path(file))
  const exposed = await given('open-to-all')
  expect(exposed.code).not.toBe(0)
  expect(exposed.err).toContain('can read')
  expect((await given('empty')).err).toContain('holds no password')
  expect((await given('not-there')).code).not.toBe(0)
})

test('a copy and a sample in encrypted archives are registered, judged and read for marks', async () => {
  const kept = await runHere(...add, '--file', own.path('extract.zip'), '--password-file', own.path('passwords'))
  expect(kept.code, kept.err).toBe(0)
  expect(kept.out).toContain('240 rows')
  const leak = ['leak', 'add', '--name', 'forum-2021', '--date', '2021-06-11', '--approved-by', 'Aisha Rahman', '--country', 'MY']
  const known = await runHere(...leak, '--file', own.path('sample.7z'), '--password-file', own.path('passwords'))
  expect(known.code, known.err).toBe(0)
  const files = ['--password-file', own.path('wrong'), '--password-file', own.path('passwords')]
  const judged = await runHere('provenance', own.path('sample.7z'), ...files, '--json')
  expect(judged.code, judged.err).toBe(0)
  const verdict = JSON.parse(judged.out) as { sample: string; read: number; sources: { copy: string; rowsInside: number }[] }
  expect(verdict.sample).toMatch(/sample\.7z#sample\.csv$/)
  expect(verdict).toMatchObject({ read: 80, sources: [{ rowsInside: 80 }] })
  const marks = await runHere('copy', 'marks', own.path('sample.7z'), ...files)
  expect(marks.out).toContain('no extract was handed out')
  const produce = ['can-produce', own.path('sample.7z'), '--system', `CRM=${own.path('extract.zip')}`, ...files, '--json']
  const asked = await runHere(...produce)
  expect([asked.code, asked.out]).toEqual([2, ''])
  expect(asked.err).toMatch(/no country is known[^]*--country MY/)
  const can = await runHere(...produce, '--country', 'MY')
  expect(can.code, can.err).toBe(0)
  expect(JSON.parse(can.out)).toMatchObject({ read: 80, systems: [{ system: 'CRM' }] })
  expectNotKept()
})

test('a case keeps the password with the keys, outside the workspace, and its cites open later', async () => {
  const asked = ['investigate', own.path('sample.7z'), '--role', 'sample.7z=sample', '--case', 'meridian']
  const closed = await run(...asked)
  expect(closed.code).toBe(3)
  expect(closed.err).toMatch(/encrypted[^]*--password-file/)
  const opened = await run(...asked, '--password-file', own.path('passwords'), '--json')
  expect(opened.code, opened.err).toBe(0)
  const answer = JSON.parse(opened.out) as { provenance: { read: number } | null; faults: unknown }
  expect(answer.provenance?.read).toBe(80)
  expect(JSON.stringify(answer.faults)).not.toContain('archive-encrypted')
  expectNotKept()

  const [file, ...others] = readdirSync(own.path('keys', 'archives'))
  expect(others).toEqual([])
  const path = own.path('keys', 'archives', file ?? '')
  expect(statSync(path).mode & 0o777).toBe(0o600)

  const cite = ['case', 'show', 'meridian', '--cite', 'E1 sample.csv row 3']
  const shown = await run(...cite)
  expect(shown.out, shown.err).toContain('row 3')
  expect(shown.out).not.toContain('encrypted')
  renameSync(path, own.path('aside'))
  const without = await run(...cite)
  expect(`${without.out}${without.err}`).toContain('The archive is encrypted')
  renameSync(own.path('aside'), path)
  chmodSync(path, 0o644)
  const exposed = await run(...cite)
  expect(`${exposed.out}${exposed.err}`).toContain('other users of this machine can read')
})

test('kept passwords are forgotten when asked and when the case is closed, and custody says so without them', async () => {
  const folder = own.path('keys', 'archives')
  for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o600)
  const again = ['investigate', own.path('sample.7z'), '--role', 'sample.7z=sample', '--case', 'meridian']
  expect((await run(...again, '--password-file', own.path('passwords'))).code).toBe(0)
  const cite = ['case', 'show', 'meridian', '--cite', 'E1 sample.csv row 3']
  expect((await run(...cite)).out).toContain('row 3')

  const forgotten = await run('case', 'forget-passwords', 'meridian', '--json')
  expect([forgotten.code, JSON.parse(forgotten.out)]).toEqual([0, { case: 'meridian', forgotten: expect.any(Number) }])
  expect((JSON.parse(forgotten.out) as { forgotten: number }).forgotten).toBeGreaterThan(0)
  expect(readdirSync(folder)).toEqual([])
  const gone = await run(...cite)
  expect(`${gone.out}${gone.err}`).toContain('The archive is encrypted')
  expect((await run('case', 'forget-passwords', 'meridian')).out).toContain('no password was kept')

  expect((await run(...again, '--password-file', own.path('passwords'))).code).toBe(0)
  expect(readdirSync(folder)).toHaveLength(1)
  expect((await run('case', 'close', 'meridian')).err).toContain('--reason is missing')
  expect(readdirSync(folder)).toHaveLength(1)
  const closed = await run('case', 'close', 'meridian', '--reason', 'Reported')
  expect(closed.out, closed.err).toMatch(/^meridian: closed; \d+ passwords? forgotten/)
  expect(readdirSync(folder)).toEqual([])
  expect((await run('case', 'close', 'meridian', '--reason', 'Again')).err).toContain('closed already')
  expect((await run('case', 'forget-passwords', 'nobody')).code).not.toBe(0)

  const db = new DatabaseSync(own.path('workspace', 'cases', 'meridian', 'case.db'), { readOnly: true })
  const entries = db
    .prepare("SELECT act, detail FROM custody WHERE act IN ('passwords-forgotten', 'case-closed') ORDER BY seq")
    .all() as { act: string; detail: string }[]
  db.close()
  expect(entries.map((one) => one.act)).toEqual(['passwords-forgotten', 'case-closed'])
  expect(JSON.parse(entries[1]?.detail ?? '')).toMatchObject({ reason: 'Reported' })
  expect((await run('verify', 'meridian')).code).toBe(0)
  expectNotKept()
}, 120_000)
