import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { bytesSource, sha256 } from '../../src/base/index.ts'
import { lookupTables, reviewLookups, type AuditSource } from '../../src/lookups/index.ts'
import { tokenKey } from '../../src/persons/index.ts'
import { openLake } from '../../src/store/index.ts'
import { base, msisdn, seeded, smallOperator } from './case.ts'

const cases = resolve(import.meta.dirname, '../cases/lookups/sources')
const key = tokenKey(new Uint8Array(16).fill(7))
const directory = mkdtempSync(join(tmpdir(), 'lookups-sources-'))
const lake = await openLake({ directory, tables: lookupTables })

afterAll(async () => {
  await lake.close()
  rmSync(directory, { recursive: true, force: true })
})

interface Want {
  /** File, place, login, subscriber as masked, operation, fields, rows returned, why nobody is named. */
  readonly reads: readonly (readonly [string, number, string, string, string, string, number, string])[]
  readonly notRecorded: readonly (readonly [string, string, string])[]
  /** Login, rows, period of what was read at once. */
  readonly bulk: readonly (readonly [string, number, string])[]
  readonly accesses: number
  readonly location: 'recorded' | 'not recorded' | 'not said'
  /** What notes must say beside. */
  readonly notes?: readonly string[]
  readonly faults?: readonly string[]
}

/** As the app names formats by content. */
function formatOf(file: string): AuditSource['format'] {
  if (file.endsWith('.csv')) return 'csv'
  return file.endsWith('.jsonl') ? 'json-lines' : 'events'
}

test.each(readdirSync(cases))('L21: %s: reads are told with their subscribers, and what the source leaves out', async (name) => {
  const folder = join(cases, name)
  const given = readdirSync(folder).filter((file) => !['want.json', 'map.json'].includes(file))
  const map = existsSync(join(folder, 'map.json')) ? (JSON.parse(readFileSync(join(folder, 'map.json'), 'utf8')) as object) : {}
  const sources = given.map((file) => ({ file, bytes: readFileSync(join(folder, file)) }))
  const audit = sources.map(({ file, bytes }) => ({
    source: bytesSource(file, bytes),
    sha256: sha256(bytes),
    format: formatOf(file),
    zone: '+08:00',
    // A map makes a load of its own, so that cases with the same bytes stay apart.
    map: { ...map, case: name },
  }))
  const { review, faults } = await reviewLookups(lake, {
    key,
    country: 'MY',
    zone: '+08:00',
    audit,
    reasons: [],
    accountName: (login) => login,
  })
  const fileOf = new Map(audit.map((one) => [one.sha256, one.source.name]))
  const rows = await lake.engine.rows<Record<string, string>>(
    `SELECT toString(source) AS source, toString(n) AS n, toString(account) AS account, masked, toString(operation) AS operation, toString(fields) AS fields,
       toString(rows) AS rows, toString(blind) AS blind FROM lookup_accesses
     WHERE load_id IN (SELECT max(load_id) FROM lookup_accesses WHERE source IN ({sources:Array(String)}) GROUP BY source) ORDER BY toUInt64(n), masked`,
    { sources: [...fileOf.keys()] },
  )
  const told = review.notes.map((note) => note.text)
  const got = {
    reads: rows
      .map((row) => [
        fileOf.get(row['source'] ?? ''),
        Number(row['n']),
        row['account'],
        row['masked'],
        row['operation'],
        row['fields'],
        Number(row['rows']),
        row['blind'],
      ])
      .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0)),
    notRecorded: review.notRecorded.map((one) => [one.source, one.share, one.why]),
    bulk: review.bulk.map((one) => [one.account, one.rows, period(one)]),
    accesses: review.accesses,
    location: told.some((text) => text.startsWith('location: not recorded'))
      ? 'not recorded'
      : review.accesses === 0
        ? 'not said'
        : 'recorded',
    ...(faults.length === 0 ? {} : { faults: faults.map((one) => one.code) }),
  }
  const { notes = [], ...want } = JSON.parse(readFileSync(join(folder, 'want.json'), 'utf8')) as Want
  expect(got).toEqual(want)
  for (const note of notes) expect(told.join('\n')).toContain(note)
  // No number of the evidence stands in a row or in the answer, masked forms apart.
  const whole = JSON.stringify([rows, review, faults])
  for (const number of numbersIn(sources.map(({ bytes }) => bytes.toString('utf8')).join('\n')))
    expect(whole).not.toContain(number)
})

function period(one: { readonly from?: string; readonly until?: string }): string {
  return one.from === undefined ? '' : `${one.from} to ${one.until}`
}

/** Numbers of subscribers in the invented evidence: all begin so. */
function numbersIn(text: string): readonly string[] {
  return [...new Set(text.match(/(?:60120010|50212000000)\d{3,6}/g) ?? [])]
}

test('A3: queries of the signalling network have no reasons and weigh in no test', async () => {
  const given = smallOperator({ seed: 5, planted: 12 })
  const random = seeded(9)
  const lines = Array.from({ length: 6_000 }, (_one, n) => {
    const day = String(1 + Math.floor(random() * 27)).padStart(2, '0')
    return `2026-02-${day}T03:00:00+08:00,SRI-SM,99898000${n % 4},${msisdn(Math.floor(random() * base))},passed`
  })
  const bytes = Buffer.from(['time,operation,origin_gt,msisdn,verdict', ...lines].join('\n'))
  const firewall: AuditSource = { source: bytesSource('firewall.csv', bytes), sha256: sha256(bytes), format: 'csv' }
  const options = { key, country: 'MY', zone: '+08:00', reasons: given.reasons, subscriberBase: base, permutations: 0 }
  const without = await reviewLookups(lake, { ...options, audit: given.audit })
  const together = await reviewLookups(lake, { ...options, audit: [...given.audit, firewall] })
  expect(without.review.watched.length).toBeGreaterThan(5)
  expect(together.review.watched.map((one) => one.subscriber)).toEqual(without.review.watched.map((one) => one.subscriber))
  const persons = together.review.accounts.filter((one) => one.kind !== 'network').map((one) => one.account)
  expect(persons).toEqual(without.review.accounts.map((one) => one.account))
  for (const one of together.review.accounts.filter((account) => account.kind === 'network'))
    expect([one.account.startsWith('network/99898000'), one.beyondChance]).toEqual([true, false])
  expect(together.review.notes.map((note) => note.text).join('\n')).toContain('From the signalling network, 998980000 asked for')
  expect(together.review.accesses).toBe(without.review.accesses + 6_000)
})

test('L24: a log is read anew with another table beside it, and found again with the same', async () => {
  const source = (file: string): AuditSource => {
    const bytes = readFileSync(join(cases, 'snowflake-both', file))
    return { source: bytesSource(file, bytes), sha256: sha256(bytes), format: 'csv' }
  }
  const [access, queries] = [source('access.csv'), source('queries.csv')]
  const reviewed = async (audit: AuditSource[]) =>
    (await reviewLookups(lake, { key, country: 'MY', zone: '+08:00', audit, reasons: [] })).review
  const alone = await reviewed([access])
  const both = await reviewed([access, queries])
  expect([alone.accesses, both.accesses]).toEqual([2, 3])
  expect(await reviewed([queries, access])).toEqual(both)
  expect(await reviewed([access])).toEqual(alone)
})

test('L24: a table that goes with no log is told; one with times and users is a log whatever else it holds', async () => {
  const source = (name: string, text: string): AuditSource => ({
    source: bytesSource(name, Buffer.from(text)),
    sha256: sha256(text),
    format: 'csv',
  })
  const codes = async (text: string): Promise<readonly string[]> =>
    (await reviewLookups(lake, { key, audit: [source('a.csv', text)], reasons: [] })).faults.map((one) => one.code)
  expect(await codes('file,subscribers\ncdr_1.csv,4\n')).toEqual(['lookup-beside-unused'])
  expect(await codes('record_id,subscriber\n0035g00000AAAAA,+60120010001\n')).toEqual(['lookup-beside-unused'])
  expect(await codes('record_id,subscriber,time,user\n1,+60120010001,2026-02-03,ann\n')).toEqual(['lookup-columns'])
})
