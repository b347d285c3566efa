import { expect, test } from 'vitest'
import { handedOver } from '../../src/app/handed-over.ts'
import type { CoverageRow } from '../../src/assessment/index.ts'

const sha = (n: number): string => String(n).repeat(64)
const row = (given: Partial<CoverageRow>): CoverageRow => ({
  host: 'app01',
  source: 'Security',
  family: 'eventlog',
  events: 10,
  untimed: 0,
  from: '2026-09-01T00:00:00.000000Z',
  to: '2026-10-01T00:00:00.000000Z',
  silences: 0,
  days: [{ from: '2026-09-01', to: '2026-10-01' }],
  numbers: [],
  breaks: [],
  breakCount: 0,
  jumps: [],
  jumpCount: 0,
  techniques: 0,
  cites: [{ kind: 'exhibit', sha256: sha(1), file: 'a.evtx', at: { kind: 'whole' } }],
  ...given,
})
const numbered = (from: number): CoverageRow['numbers'] => [
  { name: 'EventRecordID', from, to: 900, present: 900, missing: 0, stretches: 0, largest: [], standing: 'followed' },
]

test('the logs of a host are one item, over all its sources', () => {
  const [one, ...rest] = handedOver([row({}), row({ source: 'System', from: '2026-08-20T00:00:00.000000Z' })], [])
  expect(rest).toEqual([])
  expect(one).toMatchObject({ name: 'the logs of app01', kind: 'logs', from: '2026-08-20T00:00:00.000000Z', missing: [] })
  expect(one).not.toHaveProperty('installed')
  expect(one).not.toHaveProperty('beginsAnew')
})

test('what the case settings say of a file stands with the logs in it, and with a file that no log was read from', () => {
  const items = handedOver(
    [row({})],
    [
      { sha256: sha(1), name: 'a.evtx', rule: { installed: '2026-10-09', handed_by: 'Kestrel Billing', system: 'CRM' } },
      { sha256: sha(2), name: 'pam.img', rule: { installed: '2026-10-08', host: 'pam-01' } },
      { sha256: sha(3), name: 'letter.pdf', rule: { handed_by: 'Kestrel Billing' } },
      { sha256: sha(4), name: 'b.csv', rule: {} },
    ],
  )
  expect(items.map(({ name, kind, by, installed, system }) => ({ name, kind, by, installed, system }))).toEqual([
    { name: 'the logs of app01', kind: 'logs', by: 'Kestrel Billing', installed: '2026-10-09', system: 'CRM' },
    { name: 'the server pam-01 as handed over', kind: 'server', by: undefined, installed: '2026-10-08', system: undefined },
  ])
})

test('numbers begin anew only where Security and System both begin with 1', () => {
  const begins = (...rows: readonly CoverageRow[]): unknown => handedOver(rows, [])[0]?.beginsAnew
  expect(begins(row({ numbers: numbered(1) }))).toBe('2026-09-01T00:00:00.000000Z')
  expect(begins(row({ numbers: numbered(1) }), row({ source: 'System', numbers: numbered(77) }))).toBeUndefined()
  expect(begins(row({ numbers: numbered(40) }))).toBeUndefined()
  expect(begins(row({ source: 'Application', numbers: numbered(1) }))).toBeUndefined()
})

test('a host is silent where none of its logs has an event for more than seven days; unknown days are no silence', () => {
  const days = [
    { from: '2026-09-01', to: '2026-09-03' },
    { from: '2026-09-20', to: '2026-10-01' },
  ]
  const silent = (...rows: readonly CoverageRow[]): unknown => handedOver(rows, [])[0]?.missing
  expect(silent(row({ days }))).toEqual([{ from: '2026-09-04', to: '2026-09-19' }])
  expect(silent(row({ days }), row({ source: 'System', days: [{ from: '2026-09-10', to: '2026-09-12' }] }))).toEqual([
    { from: '2026-09-13', to: '2026-09-19' },
  ])
  expect(silent(row({ days, silences: null }))).toEqual([])
})

test('a log that was cleared is told with its record; what happens every day is not', () => {
  const cite = { kind: 'exhibit', sha256: sha(1), file: 'a.evtx', at: { kind: 'record', n: 5 } } as const
  const breaks: CoverageRow['breaks'] = [
    { kind: 'rotated', log: 'Security', time: '2026-09-05T00:00:00.000000Z', account: '', cite },
    { kind: 'cleared', log: 'Security', time: '2026-09-06T00:00:00.000000Z', account: 'x', cite },
  ]
  expect(handedOver([row({ breaks })], [])[0]?.breaks).toEqual([
    { time: '2026-09-06T00:00:00.000000Z', what: 'were cleared', cite },
  ])
})
