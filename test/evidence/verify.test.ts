import { chmodSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  addPerson,
  appendCustody,
  custody,
  custodyHead,
  exhibit,
  headText,
  parseHead,
  persons,
  transferExhibit,
  verify,
  type Exhibit,
} from '../../src/evidence/index.ts'
import { aCase, add, aFile, at } from './a-case.ts'

type Case = ReturnType<typeof aCase>

const check = (one: Case, head?: string) => {
  const given = head === undefined ? undefined : parseHead(head)
  return verify({ db: one.store.db, evidenceDir: one.store.directory, ...(given === undefined ? {} : { head: given }) })
}
const codes = async (one: Case, head?: string) =>
  (await check(one, head)).failures.map((failure) => `${failure.code} ${failure.where}`)
const stored = (one: Case, { sha256 }: Exhibit) => join(one.store.directory, sha256.slice(0, 2), sha256)

/** Somebody with the file in hand: takes the triggers away and changes rows. */
function tamper(one: Case, sql: string): void {
  const db = new DatabaseSync(join(one.folder, 'case.db'))
  const triggers = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all() as { name: string }[]
  db.exec('PRAGMA foreign_keys = OFF')
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`)
  db.exec(sql)
  db.close()
}

async function threeExhibits(): Promise<Case & { exhibits: Exhibit[] }> {
  const one = aCase()
  const found: Exhibit[] = []
  for (const name of ['a', 'b', 'c']) {
    const bytes = Buffer.alloc(300_000, name)
    found.push((await add(one, aFile(one.folder, name, bytes), name === 'c' ? 'referenced' : 'copied')).exhibit)
  }
  return { ...one, exhibits: found }
}

test('an untouched case verifies, says what that proves and what it does not', async () => {
  const one = await threeExhibits()
  const without = await check(one)
  expect(without.ok).toBe(true)
  expect(without.checks.map((each) => `${each.code} ${each.ok}`)).toEqual(['exhibits true', 'records true', 'custody true'])
  expect(without.checks[0]?.what).toBe('3 exhibits read whole, 900000 bytes as recorded')
  expect(without.doesNotProve.join(' ')).toMatch(/--head/)
  const head = custodyHead(one.store.db)
  const within = await check(one, head && headText(head))
  expect(within.ok).toBe(true)
  expect(within.checks.map((each) => each.code)).toContain('custody-head')
  expect(within.doesNotProve.join(' ')).not.toMatch(/--head/)
  expect(within.doesNotProve.join(' ')).toMatch(/RFC 3161/)
})

test('a changed byte is named with its block', async () => {
  const one = await threeExhibits()
  const path = stored(one, one.exhibits[0]!)
  const bytes = readFileSync(path)
  bytes[140_000] = 0
  chmodSync(path, 0o600)
  writeFileSync(path, bytes)
  const answer = await check(one)
  expect(answer.ok).toBe(false)
  expect(answer.proves).toEqual([])
  expect(answer.failures).toHaveLength(1)
  expect(answer.failures[0]).toMatchObject({ code: 'exhibit-changed', where: 'E1' })
  expect(answer.failures[0]?.what).toContain('first in block 3 (bytes 131072-196607); same size')
})

test('a cut tail, a grown file and a removed file are told apart', async () => {
  const one = await threeExhibits()
  const first = stored(one, one.exhibits[0]!)
  chmodSync(first, 0o600)
  truncateSync(first, 290_000)
  rmSync(stored(one, one.exhibits[1]!))
  writeFileSync(join(one.folder, 'c'), 'and more', { flag: 'a' })
  expect(await codes(one)).toEqual(['exhibit-cut E1', 'exhibit-missing E2', 'reference-grown E3'])
})

test('a referenced file that moved or changed is named; adding the bytes again mends it', async () => {
  const one = await threeExhibits()
  rmSync(join(one.folder, 'c'))
  expect(await codes(one)).toEqual(['reference-moved E3'])
  await add(one, aFile(one.folder, 'c-elsewhere', Buffer.alloc(300_000, 'c')), 'referenced')
  expect(await codes(one)).toEqual([])
  writeFileSync(join(one.folder, 'c-elsewhere'), Buffer.alloc(300_000, 'd'))
  expect(await codes(one)).toEqual(['reference-moved E3', 'reference-changed E3'])
})

test('a damaged copy is restored by adding the sound file again', async () => {
  const one = await threeExhibits()
  const path = stored(one, one.exhibits[0]!)
  chmodSync(path, 0o600)
  truncateSync(path, 10)
  await add(one, join(one.folder, 'a'))
  expect(await codes(one)).toEqual([])
  expect(custody(one.store.db, 'E1').at(-1)?.detail['restored']).toBe(true)
})

test('a changed entry, a forged one and a signature of somebody else are named', async () => {
  const one = await threeExhibits()
  tamper(one, `UPDATE custody SET at = '2020-01-01T00:00:00.000000Z' WHERE seq = 2`)
  expect(await codes(one)).toEqual(['custody-changed custody entry 2'])
  const two = await threeExhibits()
  tamper(two, `UPDATE custody SET signatures = (SELECT signatures FROM custody WHERE seq = 1) WHERE seq = 2`)
  expect(await codes(two)).toEqual(['custody-signature custody entry 2'])
  const three = await threeExhibits()
  tamper(three, `UPDATE custody SET detail = 'no json' WHERE seq = 3`)
  expect(await codes(three)).toContain('custody-unreadable custody entry 3')
})

test('re-ordered, removed and cut-off entries are told apart', async () => {
  const swapped = await threeExhibits()
  tamper(
    swapped,
    'UPDATE custody SET seq = 99 WHERE seq = 2; UPDATE custody SET seq = 2 WHERE seq = 3; UPDATE custody SET seq = 3 WHERE seq = 99',
  )
  expect(await codes(swapped)).toEqual(['custody-reordered custody entry 2', 'custody-reordered custody entry 3'])

  const removed = await threeExhibits()
  tamper(removed, 'DELETE FROM custody WHERE seq = 2')
  expect(await codes(removed)).toEqual([
    'exhibit-unrecorded E2',
    expect.stringMatching(/^acquisition-record-changed/),
    'custody-gap custody entry 3',
  ])

  const cut = await threeExhibits()
  const head = custodyHead(cut.store.db)!
  const all = 'DELETE FROM custody WHERE seq = 3; DELETE FROM acquisitions WHERE seq = 3; DELETE FROM exhibits WHERE number = 3'
  tamper(cut, all)
  expect(await codes(cut)).toEqual([])
  expect(await codes(cut, headText(head))).toEqual(['custody-truncated end of the chain of custody'])
  expect(await codes(cut, head.hash)).toEqual(['custody-head-missing end of the chain of custody'])
})

test('a chain rewritten with another key is found by the head kept outside', async () => {
  const one = await threeExhibits()
  const head = custodyHead(one.store.db)!
  const entries = custody(one.store.db)
  tamper(one, 'DELETE FROM custody; DELETE FROM persons')
  for (const { at: when, act, exhibit, detail } of entries)
    appendCustody(one.store.db, { at: when, act, ...(exhibit === undefined ? {} : { exhibit }), detail, by: [one.daniel] })
  expect(await codes(one)).toEqual([])
  expect(await codes(one, headText(head))).toEqual(['custody-head-missing end of the chain of custody'])
})

test('records that no longer say what was signed are named', async () => {
  const one = await threeExhibits()
  tamper(
    one,
    `UPDATE exhibits SET name = 'other' WHERE number = 1; UPDATE acquisitions SET record = replace(record, 'Aisha', 'Nobody') WHERE seq = 2`,
  )
  expect(await codes(one)).toEqual(['exhibit-record-changed E1', 'acquisition-record-changed E2'])
  const gone = await threeExhibits()
  tamper(gone, 'DELETE FROM acquisitions WHERE seq = 1; DELETE FROM exhibits WHERE number = 1')
  expect(await codes(gone)).toEqual(['exhibit-record-missing E1', 'acquisition-record-missing E1'])
})

test('the tables refuse changes and deletions', async () => {
  const { store } = await threeExhibits()
  for (const table of ['custody', 'exhibits', 'acquisitions', 'persons']) {
    expect(() => store.db.run(`DELETE FROM ${table}`)).toThrow(/append-only/)
    expect(() => store.db.run(`UPDATE ${table} SET rowid = rowid`)).toThrow(/append-only/)
  }
})

test('an act of two persons carries both signatures; one of them missing is named', async () => {
  const one = aCase()
  const entry = appendCustody(one.store.db, {
    at,
    act: 're-identified',
    detail: { purpose: 'notice' },
    by: [one.aisha, one.daniel],
  })
  expect(entry.signatures).toHaveLength(2)
  expect(await codes(one)).toEqual([])
  tamper(one, `UPDATE custody SET signatures = json_array(json_extract(signatures, '$[0]'))`)
  expect(await codes(one)).toEqual(['custody-unsigned custody entry 1', 'custody-signature custody entry 1'])
})

test('what is not a head is refused; both spellings of a head are read', () => {
  const hash = 'ab'.repeat(32)
  expect(parseHead('12:xyz')).toBeUndefined()
  expect(parseHead('')).toBeUndefined()
  expect(parseHead(`${hash}0`)).toBeUndefined()
  expect(parseHead(hash.toUpperCase())).toEqual({ hash })
  expect(parseHead(headText({ hash, count: 3, fingerprint: hash }))).toEqual({ hash, count: 3, fingerprint: hash })
})

test('whatever somebody writes into the tables, verify answers and names it', async () => {
  const one = await threeExhibits()
  const columns = ['at', 'act', 'exhibit', 'by', 'detail', 'prev_hash', 'signatures'].map((column) => ['custody', column])
  const places = [
    ...columns,
    ['acquisitions', 'record'],
    ['acquisitions', 'role'],
    ['persons', 'public_key'],
    ['exhibits', 'kind'],
  ]
  tamper(one, 'SELECT 1')
  const db = new DatabaseSync(join(one.folder, 'case.db'))
  db.exec('PRAGMA foreign_keys = OFF')
  const tables = ['custody', 'acquisitions', 'persons', 'exhibits']
  for (const name of tables) db.exec(`CREATE TABLE sound_${name} AS SELECT * FROM ${name}`)
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...places),
      fc.oneof(fc.json(), fc.string({ unit: 'binary-ascii' })),
      async ([table, column], text) => {
        db.exec('BEGIN')
        db.prepare(`UPDATE ${table} SET ${column} = ? WHERE rowid = 2 OR ${table === 'persons'}`).run(text)
        db.exec('COMMIT')
        const answer = await check(one)
        db.exec('BEGIN')
        for (const name of tables) db.exec(`DELETE FROM ${name}; INSERT INTO ${name} SELECT * FROM sound_${name}`)
        db.exec('COMMIT')
        expect(answer.ok).toBe(false)
        expect(answer.failures.length).toBeGreaterThan(0)
      },
    ),
    { numRuns: 60 },
  )
  expect(await codes(one)).toEqual([])
})

test('a handed-over exhibit carries who received it; a person vouched for is known to the case', async () => {
  const one = await threeExhibits()
  const entry = transferExhibit(one.store.db, {
    exhibit: 'E2',
    to: 'Daniel Lim',
    reason: 'second reading',
    by: one.aisha,
    with: one.daniel,
    at,
  })
  expect(entry).toMatchObject({ act: 'exhibit-transferred', exhibit: 'E2', detail: { to: 'Daniel Lim', means: 'unknown' } })
  expect(entry.signatures).toHaveLength(2)
  expect(() => transferExhibit(one.store.db, { exhibit: 'E9', to: 'x', reason: '', by: one.aisha, at })).toThrow(
    /no such exhibit/,
  )
  expect(() => transferExhibit(one.store.db, { exhibit: 'E2', to: ' ', reason: '', by: one.aisha, at })).toThrow(/receives/)
  const other = aCase()
  addPerson(one.store.db, { person: other.daniel, at, by: one.aisha })
  expect(persons(one.store.db)).toHaveLength(3)
  expect(exhibit(one.store.db, 'E2')?.acquisitions).toHaveLength(1)
  expect(await codes(one)).toEqual([])
})
