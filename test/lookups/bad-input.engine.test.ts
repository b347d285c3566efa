import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { lookupTables, reviewLookups, type LookupReview } from '../../src/lookups/index.ts'
import { canonical, tokenKey, tokenOf } from '../../src/persons/index.ts'
import type { ReadLogOptions } from '../../src/drill/index.ts'
import { loadDays } from '../../src/lookups/days.ts'
import { loadAccesses, loadReasons } from '../../src/lookups/load.ts'
import { namesOf } from '../../src/lookups/names.ts'
import { daysRead, ofDays, type DaysOf } from '../../src/lookups/read-days.ts'
import { openLake, type Lake } from '../../src/store/index.ts'
import { msisdn } from './case.ts'
import { accountOf, file, generatedFiles } from './generated.ts'

const key = tokenKey(new Uint8Array(16).fill(7))
const directory = mkdtempSync(join(tmpdir(), 'lookups-bad-'))
const lake = await openLake({ directory, tables: lookupTables })

afterAll(async () => {
  await lake.close()
  rmSync(directory, { recursive: true, force: true })
})

const token = (subscriber: number): string =>
  tokenOf(key, 'msisdn', canonical('msisdn', msisdn(subscriber), { country: 'MY' }) ?? '')

interface Judged {
  readonly review: LookupReview
  readonly found: number
  /** Flagged in the covert queue, neither targets nor petty misuse. */
  readonly clean: number
  readonly notes: string
}

async function judged(change: Partial<ReadLogOptions>): Promise<Judged> {
  const { audit, reasons, truth, base } = generatedFiles(change)
  const { review, faults } = await reviewLookups(lake, {
    key,
    accountName: (login) => login,
    country: 'MY',
    zone: '+00:00',
    subscriberBase: base,
    audit,
    reasons,
  })
  expect(faults).toEqual([])
  const targets = new Set(truth.targets.map(token))
  const petty = new Set([...truth.petty].map(token))
  const flagged = review.watched.map((one) => one.subscriber)
  return {
    review,
    found: flagged.filter((one) => targets.has(one)).length,
    clean: flagged.filter((one) => !targets.has(one) && !petty.has(one)).length,
    notes: review.notes.map((note) => note.text).join('\n'),
  }
}

test('T1, N1, P1: a plain log: targets found, no clean subscriber, the permuted log silent, its power told', async () => {
  const { review, found, clean } = await judged({ seed: 11 })
  expect(found).toBeGreaterThanOrEqual(19)
  expect(clean).toBe(0)
  expect(review.permutation).toMatchObject({ runs: 1, flagged: 0, silent: true })
  expect(review.globalAlarm?.alarm).toBe(true)
  expect(review.power?.text).toMatch(/^With this log a target read once .+ would be found with probability/)
  expect(review.notes.map((note) => note.text).join()).not.toMatch(/set aside|leave out|more than once/)
})

test('R8, Q1: the accounts used are flagged, no other; nobody stands in two queues; every flag opens its rows', async () => {
  const { audit, reasons, truth, base } = generatedFiles({ seed: 11 })
  const { review } = await reviewLookups(lake, {
    key,
    accountName: (login) => login,
    country: 'MY',
    zone: '+00:00',
    subscriberBase: base,
    audit,
    reasons,
  })
  const beyond = review.accounts.filter((one) => one.beyondChance === true).map((one) => one.account)
  expect(beyond.sort()).toEqual(truth.stolen.map(accountOf).sort())
  const watched = new Set(review.watched.map((one) => one.subscriber))
  for (const one of review.unjustified ?? []) {
    expect(one.subscriber === undefined || !watched.has(one.subscriber)).toBe(true)
    expect(beyond).not.toContain(one.subscriber === undefined ? one.account : '')
    expect(one.cites.length).toBeGreaterThan(0)
  }
  const texts = new Map<string, string[]>()
  for (const { source, sha256 } of audit)
    texts.set(
      sha256,
      Buffer.from(await source.slice(0, 1 << 26))
        .toString('utf8')
        .split('\n'),
    )
  for (const one of review.watched) {
    const number = truth.targets.find((target) => token(target) === one.subscriber)
    for (const cite of [...one.cites, ...(one.timeline ?? []).flatMap((day) => day.cites)])
      if (number !== undefined && cite.kind === 'exhibit' && cite.at.kind === 'row')
        expect(texts.get(cite.sha256)?.[cite.at.n]).toContain(msisdn(number))
  }
  expect(review.watched.flatMap((one) => one.cites).length).toBeGreaterThan(19)
})

test('T1: with nobody planted and nobody curious no queue names anybody', async () => {
  const { review } = await judged({ seed: 12, targets: 0, famous: 0, acquainted: 0 })
  expect(review.watched).toEqual([])
  expect(review.accounts).toEqual([])
  expect((review.unjustified ?? []).filter((one) => one.subscriber !== undefined)).toEqual([])
  expect(review.globalAlarm?.alarm).toBe(false)
})

test('A1: three days without recorded reasons flag nobody, and are told', async () => {
  const { found, clean, notes, review } = await judged({ seed: 13, variant: 'reason-outage' })
  expect(notes.match(/far more than on other days/g)).toHaveLength(3)
  expect(found).toBeGreaterThanOrEqual(18)
  expect(clean).toBe(0)
  expect(review.permutation?.silent).toBe(true)
})

test('A1: the days of a source whose clock jumped are set aside, those of the other are not', async () => {
  const { found, clean, notes } = await judged({ seed: 14, variant: 'clock-jump' })
  expect(notes).toMatch(/audit\/log-1\.csv have no recorded reason/)
  expect(notes).not.toMatch(/audit\/log-0\.csv have no recorded reason/)
  expect(found).toBeGreaterThanOrEqual(18)
  expect(clean).toBe(0)
})

test('A2: an account that reads everybody is set aside and told, and flags nobody', async () => {
  const { found, clean, notes, review } = await judged({ seed: 15, variant: 'reads-everybody' })
  expect(notes).toMatch(/The account agent00399 reads everybody/)
  expect(found).toBeGreaterThanOrEqual(18)
  expect(clean).toBe(0)
  expect(review.accounts.filter((one) => one.beyondChance === true).map((one) => one.account)).not.toContain('agent00399')
})

test('S5, S6: accounts renamed in the middle of the log are flagged nowhere', async () => {
  const { found, clean, review } = await judged({ seed: 16, variant: 'renamed-accounts' })
  expect(found).toBeGreaterThanOrEqual(18)
  expect(clean).toBe(0)
  expect(review.busyDays).toEqual([])
})

test('R7: accounts at shared terminals show no sign of a take-over', async () => {
  const { found, clean, review } = await judged({ seed: 17, variant: 'shared-terminals' })
  expect(found).toBeGreaterThanOrEqual(18)
  expect(clean).toBe(0)
  expect(review.accounts.flatMap((one) => one.grounds.map((ground) => ground.text)).join()).not.toMatch(/machines/)
})

test('R7: reads from a machine new to the account are told beside it', async () => {
  const { review } = await judged({ seed: 11 })
  expect(review.accounts.flatMap((one) => one.grounds.map((ground) => ground.text)).join()).toMatch(
    /machines that none of its explained reads came from \(jump-01\)/,
  )
})

test('L18: what was shipped twice is told and weighs once', async () => {
  const plain = await judged({ seed: 18 })
  const twice = await judged({ seed: 18, variant: 'duplicated-shipping' })
  expect(twice.notes).toMatch(/accesses stand in the logs more than once/)
  // Those that are equally striking stand in the order of their first records, which the second shipping moves.
  const flags = ({ review }: Judged): string[] => review.watched.map((one) => `${one.p} ${one.subscriber}`)
  expect(flags(twice).sort()).toEqual(flags(plain).sort())
})

test('R6: accounts in charge of subscribers are not flagged for reading them again', async () => {
  const { found, clean, review } = await judged({ seed: 19, variant: 'portfolios' })
  expect(found).toBeGreaterThanOrEqual(18)
  expect(clean).toBe(0)
  expect((review.unjustified ?? []).filter((one) => one.kind === 'again-and-again').length).toBeLessThan(40)
})

test('Q2, S4: a single account that keeps twenty profiles up to date stands in the covert queue, with its periods', async () => {
  const { found, clean, review } = await judged({ seed: 20, stolen: 1, rate: 0.7, continuing: true })
  expect(found).toBeGreaterThanOrEqual(18)
  expect(clean).toBe(0)
  expect(review.watched.some((one) => one.tests.includes('S4'))).toBe(true)
  expect(review.watched[0]?.fields).toEqual(['usage'])
  expect(review.watched[0]?.askedFrom).toMatch(/^202[56]-/)
})

test('U2: tickets opened after the reads are a finding about the account that opened them', async () => {
  const lines = ['ts,account,subscriber']
  const reasons = ['subscriber,at,kind,account,team,ref']
  for (let n = 0; n < 600; n += 1) {
    const account = `agent${n % 20}`
    const hour = (minutes: number): string =>
      `2026-02-${String(1 + (n % 28)).padStart(2, '0')}T${10 + Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:00Z`
    lines.push(`${hour(60)},${account},${msisdn(n)}`)
    if (n % 10 !== 0) reasons.push(`${msisdn(n)},${hour(20)},customer,${account},care,R`)
  }
  for (let n = 600; n < 624; n += 1) {
    const account = n < 612 ? 'agent3' : `agent${n % 20}`
    lines.push(`2026-02-10T11:00:00Z,${account},${msisdn(n)}`)
    reasons.push(`${msisdn(n)},2026-02-10T${n < 612 ? '13' : '09'}:00:00Z,agent,${account},care,R`)
  }
  const { review } = await reviewLookups(lake, {
    key,
    accountName: (login) => login,
    country: 'MY',
    subscriberBase: 50_000,
    audit: [{ ...file('late.csv', lines), format: 'csv' }],
    reasons: [{ ...file('late-reasons.csv', reasons), format: 'csv' }],
  })
  const late = (review.unjustified ?? []).filter((one) => one.kind === 'tickets-afterwards')
  expect(late.map((one) => one.account)).toEqual(['agent3'])
  expect(late[0]?.grounds[0]?.text).toMatch(
    /^On 12 of 13 subscriber-days its own tickets are the only reason and were opened after the read/,
  )
})

test('L18: numbers that a source leaves out are told with their place', async () => {
  const lines = [
    'ts,account,subscriber,seq',
    ...[1, 2, 3, 7, 8].map((seq) => `2026-02-10T11:0${seq}:00Z,ann,${msisdn(seq)},${seq}`),
  ]
  const { review } = await reviewLookups(lake, {
    key,
    accountName: (login) => login,
    country: 'MY',
    audit: [{ ...file('gaps.csv', lines), format: 'csv' }],
    reasons: [],
  })
  expect(review.notes.map((note) => note.text)).toContain(
    'The record numbers of gaps.csv leave out 3 in 1 places (3 at the widest): reads may be missing from this log.',
  )
})

test('B1: a day on which an account reads ten times as many subscribers as it does is in the queue of bulk', async () => {
  const lines = ['ts,account,subscriber']
  let next = 0
  for (let day = 1; day <= 28; day += 1)
    for (let agent = 0; agent < 10; agent += 1)
      for (let n = 0; n < (agent === 4 && day === 17 ? 60 : 6); n += 1)
        lines.push(`2026-02-${String(day).padStart(2, '0')}T11:00:00Z,agent${agent},${msisdn((next += 1))}`)
  const { review } = await reviewLookups(lake, {
    key,
    accountName: (login) => login,
    country: 'MY',
    audit: [{ ...file('busy.csv', lines), format: 'csv' }],
    reasons: [],
  })
  expect(review.busyDays?.map((one) => [one.account, one.day, one.subscribers])).toEqual([['agent4', '2026-02-17', 60]])
  expect(review.busyDays?.[0]?.cites.length).toBeGreaterThan(0)
})

test('L17: days built in many passes over ranges of tokens are those built in one', async () => {
  const { audit, reasons } = generatedFiles({ seed: 21, size: 4_000 })
  const context = { key, country: 'MY' }
  const accesses = await Promise.all(audit.map((one) => loadAccesses(lake, one, context)))
  const told = await Promise.all(reasons.map((one) => loadReasons(lake, one, context)))
  // Reasons to look at somebody nobody looked at reach every week: not one rests on the same, and each is graded again.
  const days = Array.from({ length: 120 }, (_one, day) => new Date(Date.UTC(2026, 0, 1) + day * 86_400_000).toISOString())
  const stranger = await loadReasons(
    lake,
    {
      ...file('stranger.csv', [
        'subscriber,at,kind,account,team,ref',
        ...days.map((day) => `${msisdn(999_999)},${day},customer,,,R`),
      ]),
      format: 'csv',
    },
    context,
  )
  const names = await namesOf(lake, { accesses, reasons: told })
  const one = await loadDays(lake, { accesses, reasons: told, names })
  const many = await loadDays(lake, { accesses, reasons: [...told, stranger], names }, 60)
  expect(one.filter((id) => many.includes(id))).toEqual([])
  const [whole, parts] = [await daysIn(lake, { days: one, names }), await daysIn(lake, { days: many, names })]
  expect(whole.length).toBeGreaterThan(800)
  expect(parts).toEqual(whole)
})

async function daysIn(from: Lake, of: DaysOf): Promise<unknown[]> {
  return from.engine.rows(
    `SELECT toString(subscriber) AS s, account, toString(day) AS d, grade, accesses, cite, late, machines, windows FROM ${daysRead} ORDER BY subscriber, account, day`,
    ofDays(of),
  )
}

test('L6: a source whose times state no zone is read in the zone it is given, beside one that states its own', async () => {
  const head = 'ts,account,subscriber'
  const reasons = [
    {
      ...file('zone-reasons.csv', ['subscriber,at,kind,account,team,ref', `${msisdn(1)},2026-02-10T22:00:00Z,customer,ann,,R`]),
      format: 'csv' as const,
    },
  ]
  // 23:30 in UTC is half past seven of the next day in +08:00: the reading of the second source without its zone would be eight hours late.
  const stated = { ...file('zone-a.csv', [head, `2026-02-10T23:30:00Z,ann,${msisdn(1)}`]), format: 'csv' as const }
  const local = { ...file('zone-b.csv', [head, `2026-02-11 07:30:00,ann,${msisdn(1)}`]), format: 'csv' as const, zone: '+08:00' }
  const { review } = await reviewLookups(lake, {
    key,
    accountName: (login) => login,
    country: 'MY',
    zone: '+08:00',
    audit: [stated, local],
    reasons,
  })
  expect(review).toMatchObject({ accesses: 2, from: '2026-02-10T23:30:00.000000Z', to: '2026-02-10T23:30:00.000000Z' })
  expect(review.notes.map((note) => note.text).join()).toMatch(/1 access stands in the logs more than once/)
})
