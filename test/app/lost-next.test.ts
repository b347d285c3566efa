import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Answer } from '../../src/app/answer.ts'
import { openCase } from '../../src/app/case-store.ts'
import { openInventory } from '../../src/app/estate.ts'
import { neededPeriod } from '../../src/app/needed-period.ts'
import { whatIsLostNext, writeLoss, writeRequest } from '../../src/app/preserve.ts'
import { losses, preservations } from '../../src/casefile/index.ts'
import { sha256 } from '../../src/base/index.ts'
import { importInventory, readInventoryToml } from '../../src/inventory/index.ts'
import { aCase } from '../casefile/a-case.ts'

const info = {
  id: 'claim',
  title: 'A claim that must not leave',
  operator: 'Meridian Telekom',
  zone: '+08:00',
  country: 'MY',
  jurisdictions: ['MY'],
  roles: [],
  significantHarm: 'unknown',
  generated: false,
  openedAt: '2026-01-20T09:00:00.000000Z',
} as const
const now = '2026-02-04T16:00:00.000Z'

const row = (host: string, family: string, days: readonly { from: string; to: string }[]): object => ({
  host,
  source: family,
  family,
  events: 10,
  untimed: 0,
  from: '',
  to: '',
  silences: 0,
  days,
  numbers: [],
  breaks: [],
  breakCount: 0,
  jumps: [],
  jumpCount: 0,
  techniques: 0,
  cites: [],
})

const story = { score: 80, from: '2026-01-06T22:10:00.000000Z' }
const answer = {
  case: info,
  at: now,
  threads: [{ posts: [{ source: 'actor', at: { at: '2026-01-18T03:00:00.000000Z', zone: 'stated' } }] }],
  provenance: null,
  stories: { stories: [story] },
  coverage: {
    sources: [],
    gaps: [],
    rows: [
      row('app01', 'eventlog', [
        { from: '2026-01-06', to: '2026-01-10' },
        { from: '2026-01-13', to: '2026-01-20' },
      ]),
      row('vpn02', 'linux', [{ from: '2026-01-06', to: '2026-01-20' }]),
      row('web01', 'webserver', [
        { from: '2026-01-06', to: '2026-01-08' },
        { from: '2026-01-15', to: '2026-01-20' },
      ]),
    ],
  },
} as unknown as Answer

function aDesk() {
  const { folder, aisha } = aCase()
  const workspace = { path: (...parts: string[]) => join(folder, 'workspace', ...parts) }
  const store = openCase(workspace, 'claim', { create: true })
  store.setInfo(info)
  store.keepAnswer({ run: 'run 1', at: now, json: JSON.stringify(answer) })
  const db = openInventory(workspace, info)
  const checked = readInventoryToml(
    `[[system]]
id = "portal"
name = "Portal"
hosts = ["web01.meridian.example"]
[[log_source]]
id = "app-events"
host = "APP01"
kind = "evtx"
retention_days = 20
[[log_source]]
id = "vpn-2"
host = "vpn02"
kind = "vpn"
retention_days = 30
owner = "Network team"
[[log_source]]
id = "portal-access"
system = "portal"
kind = "access log"
retention_days = 25
[[log_source]]
id = "pam"
host = "pam01"
kind = "pam"
`,
    'inventory.toml',
  )
  expect(checked.faults).toEqual([])
  importInventory(db, checked, { at: now, by: 'Aisha Rahman', source: 'inventory.toml' })
  db.close()
  return { workspace, store, signer: aisha, now }
}

test('the period: the earliest telling time to the opening of the case; weak stories do not count; a person wins', () => {
  expect(neededPeriod(info, answer)).toEqual({
    from: '2026-01-06',
    to: '2026-01-20',
    because: 'from the first step of the story to the opening of the case',
  })
  const weak = { ...answer, stories: { stories: [{ ...story, score: 12 }] } } as unknown as Answer
  expect(neededPeriod(info, weak)).toMatchObject({ from: '2026-01-18', because: expect.stringContaining('first post') })
  const nothing = { threads: [], provenance: null, stories: null }
  expect(neededPeriod(info, nothing)).toBeUndefined()
  const dated = (day: string) =>
    ({ sources: [{ asOf: { day, from: day, to: day } }] }) as unknown as Answer['furtherSamples'][number]
  const two = { ...nothing, provenance: dated('2026-01-09'), furtherSamples: [dated('2026-01-04')] }
  expect(neededPeriod(info, two)).toMatchObject({
    from: '2026-01-04',
    because: expect.stringContaining('the sample agrees with'),
  })
  expect(neededPeriod(info, nothing, { from: '2026-01-02' })).toMatchObject({ from: '2026-01-02', to: '2026-01-20' })
  expect(neededPeriod(info, nothing, { from: '2026-02-02' })).toBeUndefined()
})

test('exhibits count for the source of the same host and kind; a quiet weekend is held, a long silence is not', () => {
  const { period, sources } = whatIsLostNext(aDesk())
  expect(period).toMatchObject({ from: '2026-01-06', to: '2026-01-20' })
  expect(sources.map((one) => [one.source, one.status, one.next?.day])).toEqual([
    ['portal-access', 'losing', '2026-01-10'],
    ['vpn-2', 'losing', '2026-01-06'],
    ['pam', 'unknown', undefined],
    ['app-events', 'secured', undefined],
  ])
  // What vpn02 writes as Linux is not its VPN log.
  expect(sources[1]?.secured).toEqual([])
  expect(sources[1]?.text).toContain('vpn-2 loses 2026-01-06 from 2026-02-05 00:00 UTC')
  expect(sources[0]?.lost).toEqual([{ from: '2026-01-09', to: '2026-01-09' }])
})

test('a request says nothing of the case, and is in the ledger with the hash of its text only when recorded', () => {
  const desk = aDesk()
  const draft = writeRequest(desk, { source: 'vpn-2', record: false })
  expect(preservations(desk.store.db)).toEqual([])
  expect(draft.text).toContain('2026-01-06 to 2026-01-20')
  for (const secret of [info.title, info.operator, 'claim', 'breach', 'story'])
    expect(draft.text.toLowerCase()).not.toContain(secret.toLowerCase())
  const { text, number } = writeRequest(desk, { source: 'vpn-2', record: true })
  expect(number).toBe('P1')
  expect(preservations(desk.store.db)).toMatchObject([
    { source: 'vpn-2', from: '2026-01-06', to: '2026-01-20', due: '2026-02-05T00:00:00.000000Z', text: sha256(text) },
  ])
  expect(whatIsLostNext(desk).sources[1]?.requests.map((one) => one.number)).toEqual(['P1'])
  expect(() => writeRequest(desk, { source: 'app-events', record: true })).toThrow('no day left')
  expect(() => writeRequest(desk, { source: 'vpn-9', record: true })).toThrow('no log source "vpn-9"')
})

test('a loss takes its days from retention or from the person, and is refused where nothing is lost', () => {
  const desk = aDesk()
  const reason = 'The owner says it is gone'
  expect(writeLoss(desk, { source: 'portal-access', reason })).toMatchObject({
    number: 'L1',
    from: '2026-01-09',
    to: '2026-01-09',
    lostAt: '2026-02-04T00:00:00.000000Z',
  })
  expect(() => writeLoss(desk, { source: 'vpn-2', reason })).toThrow('has lost no needed day')
  expect(writeLoss(desk, { source: 'vpn-2', from: '2026-01-06', reason })).toMatchObject({ from: '2026-01-06', to: '2026-01-06' })
  expect(losses(desk.store.db)).toHaveLength(2)
  expect(() => whatIsLostNext(desk, { from: '2026-02-30' })).toThrow('is no day')
  expect(() => whatIsLostNext(desk, { from: '2026-01-08', to: '2026-01-06' })).toThrow('before the first')
})
