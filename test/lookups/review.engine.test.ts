import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { bytesSource, sha256 } from '../../src/base/index.ts'
import { findingId } from '../../src/casefile/index.ts'
import {
  lookupTables,
  proposals,
  reviewLookups,
  type AuditSource,
  type LookupOptions,
  type ReasonSource,
} from '../../src/lookups/index.ts'
import { canonical, tokenKey, tokenOf } from '../../src/persons/index.ts'
import { openLake } from '../../src/store/index.ts'
import { base, msisdn, smallOperator } from './case.ts'

const key = tokenKey(new Uint8Array(16).fill(7))
const directory = mkdtempSync(join(tmpdir(), 'lookups-'))
const lake = await openLake({ directory, tables: lookupTables })

afterAll(async () => {
  await lake.close()
  rmSync(directory, { recursive: true, force: true })
})

const token = (number: string): string => tokenOf(key, 'msisdn', canonical('msisdn', number, { country: 'MY' }) ?? '')

function review(given: { audit: readonly AuditSource[]; reasons: readonly ReasonSource[] }, more: Partial<LookupOptions> = {}) {
  return reviewLookups(lake, {
    key,
    country: 'MY',
    zone: '+08:00',
    accountName: (login) => login,
    subscriberBase: base,
    audit: given.audit,
    reasons: given.reasons,
    ...more,
  })
}

const given = smallOperator({ seed: 1, planted: 20 })
const first = await review(given)

test('L12: all twenty planted subscribers are found, and no other', () => {
  expect(first.faults).toEqual([])
  expect(first.review.watched.map((one) => one.subscriber).sort()).toEqual(given.targets.map(token).sort())
  expect(first.review.tested).toBe(base)
  for (const one of first.review.watched) {
    expect(one.days).toBeGreaterThanOrEqual(4)
    expect(one.masked).toMatch(/^\+60 12-\*/)
    expect(one.grounds[0]?.text).toMatch(/^Read without a recorded reason on \d+ of 90 days; \d+ with one\.$/)
    expect(one.accounts.every((account) => /^agent0[0-5]$/.test(account) || one.days > 7)).toBe(true)
  }
})

test('L15: cites open the entries that name the subscriber', async () => {
  const log = given.audit.find((one) => one.source.name.endsWith('cdr.log'))
  const text = Buffer.from((await log?.source.slice(0, 1 << 24)) ?? new Uint8Array()).toString('utf8')
  const entries = text.split(/\n(?!\t)/)
  for (const target of given.targets) {
    const found = first.review.watched.find((one) => one.subscriber === token(target))
    const cites = (found?.cites ?? []).filter((cite) => cite.kind === 'exhibit' && cite.sha256 === log?.sha256)
    expect(cites).not.toHaveLength(0)
    for (const cite of cites)
      if (cite.kind === 'exhibit' && cite.at.kind === 'record') expect(entries[cite.at.n - 1]).toContain(target)
  }
})

test('L3: a source without identifiers is told, with its number, and is no zero', () => {
  expect(first.review.notRecorded).toHaveLength(1)
  expect(first.review.notRecorded[0]).toMatchObject({
    source: 'audit/billing.log',
    accesses: 1,
    why: expect.stringContaining('bind value'),
  })
})

test('L14: the read of a whole table is listed with its rows', () => {
  expect(first.review.bulk).toMatchObject([{ account: 'loader', rows: 4_000_000, at: '2026-02-28T19:00:00.000000Z' }])
})

test('L16: no finding names an identifier, and the same evidence gives the same findings in any order', async () => {
  const ids = proposals(first.review).map(findingId)
  expect(new Set(ids).size).toBe(ids.length)
  expect(JSON.stringify(proposals(first.review))).not.toMatch(/\+?60123\d{6}/)
  const again = await review({ audit: given.audit.toReversed(), reasons: given.reasons })
  expect(again).toEqual(first)
})

test('L12: with nobody planted nobody is flagged', async () => {
  for (const seed of [2, 3]) expect((await review(smallOperator({ seed, planted: 0 }))).review.watched).toEqual([])
})

test('L9: without recorded reasons nobody is tested, and the review says so', async () => {
  const { review: got } = await review({ audit: given.audit, reasons: [] })
  expect(got.watched).toEqual([])
  expect(got.tested).toBe(0)
  expect(got.notes.map((note) => note.text).join(' ')).toContain('No recorded reasons were given')
})

test('L9: without any source the review is empty', async () => {
  const { review: got } = await review({ audit: [], reasons: [] })
  expect(got).toMatchObject({ accesses: 0, subscribers: 0, from: '', watched: [], bulk: [], notRecorded: [], notes: [] })
})

const csv = (name: string, text: string) => ({
  source: bytesSource(name, Buffer.from(text)),
  sha256: sha256(text),
  format: 'csv' as const,
})
const reasonsHead = 'subscriber,at,kind,account,team,ref\n'
const at = (day: string): string => `2026-02-${day}T10:00:00+08:00`

test.each([
  ['a customer contact routed to the account explains the day', `${msisdn(1)},${at('09')},customer,ann,,R`, 3],
  ['a contact four days before does not', `${msisdn(1)},${at('06')},customer,ann,,R`, 0],
  ['a contact a day after the read does', `${msisdn(1)},${at('11')},customer,ann,,R`, 3],
  ['a contact two days after does not', `${msisdn(1)},${at('12')},customer,ann,,R`, 0],
  ['a contact routed to another account does not', `${msisdn(1)},${at('09')},customer,bob,,R`, 0],
  [
    'a contact routed to the team of the account does',
    `${msisdn(1)},${at('09')},customer,bob,care,R\n${msisdn(2)},${at('09')},customer,ann,care,R`,
    3,
  ],
  [
    'a contact routed to another team does not',
    `${msisdn(1)},${at('09')},customer,,fraud,R\n${msisdn(2)},${at('09')},customer,ann,care,R`,
    0,
  ],
  ['a contact of somebody else does not', `${msisdn(2)},${at('09')},customer,ann,,R`, 0],
  ['a system event does', `${msisdn(1)},${at('09')},system,,,R`, 2],
  ['an own ticket is no explanation', `${msisdn(1)},${at('10')},agent,ann,,R`, 1],
  ['an assignment stands', `${msisdn(1)},2026-01-05,assignment,ann,,R`, 2],
  ['a sealed order does, whoever it was routed to', `${msisdn(1)},${at('10')},legal,bob,,R`, 4],
])('L6: %s', async (_title, reasons, grade) => {
  const audit = csv('a.csv', `ts,account,subscriber\n${at('10')},ANN,${msisdn(1)}\n`)
  await review({ audit: [audit], reasons: [csv('r.csv', `${reasonsHead}${reasons}\n`)] })
  const [row] = await lake.engine.rows<{ grade: number }>('SELECT grade FROM lookup_days ORDER BY load_id DESC LIMIT 1')
  expect(Number(row?.grade)).toBe(grade)
})

test('L2: rows that cannot be read are faults with their line, also when the load is used again', async () => {
  const audit = csv(
    'bad.csv',
    `ts,account,subscriber\nyesterday,ann,${msisdn(1)}\n${at('10')},ann,nobody at all\n${at('10')},ann,${msisdn(1)}\n"${at('10')},ann,${msisdn(1)}\n`,
  )
  for (let round = 0; round < 2; round += 1) {
    const got = await review({ audit: [audit], reasons: [] })
    expect(got.review.accesses).toBe(1)
    expect(got.faults.map((one) => [one.code, one.where.line])).toEqual([
      ['lookup-time-wrong', 2],
      ['lookup-subscriber-wrong', 3],
      ['table-wrong-quote', 5],
    ])
  }
})

test('L1: a table without the needed columns is a fault with its remedy, the other sources are read, and a map supplies them', async () => {
  const audit = csv('other.csv', `when,login,number\n${at('10')},ann,${msisdn(1)}\n`)
  const good = csv('good.csv', `ts,account,subscriber\n${at('10')},ann,${msisdn(2)}\n`)
  const got = await review({ audit: [audit, good], reasons: [] })
  expect(got.faults).toMatchObject([
    { code: 'lookup-columns', where: { file: 'other.csv' }, todo: expect.stringContaining('map') },
  ])
  expect(got.review.subscribers).toBe(1)
  const mapped = { ...audit, map: { ts: 'when', account: 'login', subscriber: 'number' } }
  expect((await review({ audit: [mapped], reasons: [] })).review.subscribers).toBe(1)
})
