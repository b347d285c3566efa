import { expect, test } from 'vitest'
import { assess, type Findings, type HandedOver, type Mismatch } from '../../src/assessment/index.ts'
import type { Thread } from '../../src/claims/index.ts'
import type { Cite } from '../../src/evidence/index.ts'

const cite: Cite = { kind: 'exhibit', sha256: 'c'.repeat(64), file: 'x.evtx', at: { kind: 'whole' } }
const thread: Thread = {
  id: 'thread:x',
  actor: 'X',
  victims: [],
  posts: [
    { at: { at: '2026-10-05T08:00:00.000000Z', zone: 'stated' }, channel: '', source: 'actor', text: '', attachments: [], cite },
  ],
  assertions: [{ id: 'A1', kind: 'access', by: 'actor', text: 'We are inside', cite }],
  demands: [],
  deadlines: [],
  statements: [],
  thirdParties: [],
}
const needed = { from: '2026-09-01', to: '2026-10-06' }
const logs = (given: Partial<HandedOver>): HandedOver => ({
  name: 'the logs of app01',
  kind: 'logs',
  host: 'app01',
  from: '2026-08-01T00:00:00.000000Z',
  to: '2026-10-06T00:00:00.000000Z',
  cites: [cite],
  ...given,
})
const server = (given: Partial<HandedOver>): HandedOver => ({
  name: 'the server pam-01',
  kind: 'server',
  cites: [cite],
  ...given,
})

function found(handed: readonly HandedOver[], findings: Partial<Findings> = {}): readonly Mismatch[] {
  return assess([thread], { coverage: { sources: [], gaps: [] }, needed, handed, ...findings }).mismatches ?? []
}
const sampleFrom = (earliest: string): Partial<Findings> => ({ dayOne: { window: { earliest, reasons: [] }, cites: [cite] } })

test.each<[Mismatch['rule'], string, HandedOver, Partial<Findings>, RegExp]>([
  [
    'H1',
    'logs that end before',
    logs({ to: '2026-08-20T00:00:00.000000Z' }),
    {},
    /of the days needed, 2026-09-01 to 2026-10-06, nothing is in them/,
  ],
  [
    'H1',
    'logs that begin after the claim',
    logs({ from: '2026-10-06T00:00:00.000000Z' }),
    {},
    /after the claim became known on 2026-10-05/,
  ],
  [
    'H1',
    'logs that begin within',
    logs({ from: '2026-09-10T00:00:00.000000Z' }),
    {},
    /2026-09-01 to 2026-09-09 of the days needed is not in them/,
  ],
  [
    'H2',
    'a server installed after the claim',
    server({ installed: '2026-10-09' }),
    {},
    /installed anew on 2026-10-09, 4 days after the claim became known/,
  ],
  [
    'H2',
    'logs of a server installed anew',
    logs({ installed: '2026-10-09' }),
    {},
    /^The server that the logs of app01 are from was installed anew/,
  ],
  ['H2', 'a server installed on the day', server({ installed: '2026-10-05' }), {}, /the day the claim became known/],
  ['H2', 'a server installed before it', server({ installed: '2026-09-20' }), {}, /within the days needed/],
  [
    'H2',
    'logs whose numbers begin anew',
    logs({ beginsAnew: '2026-09-20T03:00:00.000000Z' }),
    {},
    /fits a new installation as well as a log that was cleared/,
  ],
  [
    'H3',
    'data older than the sample',
    server({ newest: '2026-03-01' }),
    sampleFrom('2026-08-30'),
    /did not come out of it in this state/,
  ],
  [
    'H4',
    'data without the sample',
    server({ sample: { compared: 500, inside: 12 } }),
    {},
    /Of 500 rows of the sample .* 12 are in it/,
  ],
  ['H4', 'a server that was compared', server({ sample: 'does not agree' }), {}, /does not agree with it/],
  [
    'H5',
    'logs with a hole',
    logs({ missing: [{ from: '2026-08-20', to: '2026-09-05' }] }),
    {},
    /hold nothing of 2026-09-01 to 2026-09-05/,
  ],
  [
    'H5',
    'logs that were cleared',
    logs({ breaks: [{ time: '2026-09-20T03:00:00Z', what: 'were cleared', cite }] }),
    {},
    /were cleared on 2026-09-20/,
  ],
  [
    'H6',
    'a server that cannot be read',
    server({ unreadable: 'the disk is encrypted' }),
    {},
    /Nothing can be told from the server pam-01: the disk/,
  ],
])('%s %s', (rule, _, item, findings, words) => {
  const all = found([item], findings)
  expect(all.map((one) => one.rule)).toEqual([rule])
  expect(all[0]?.text).toMatch(words)
  expect(all[0]?.cites).toEqual([cite])
  expect(all[0]?.text).not.toMatch(/hid|conceal|destroy|deliberate|on purpose|to cover/i)
})

test.each<[string, HandedOver, Partial<Findings>]>([
  ['logs over all days needed', logs({}), {}],
  ['a server installed before the days needed', server({ installed: '2026-08-31' }), {}],
  ['logs whose numbers begin anew before', logs({ beginsAnew: '2026-08-01T00:00:00.000000Z' }), {}],
  ['data as new as the sample', server({ newest: '2026-08-30' }), sampleFrom('2026-08-30')],
  ['data of a sample without a day', server({ newest: '2026-03-01' }), {}],
  ['a tenth of the sample in it', server({ sample: { compared: 500, inside: 50 } }), {}],
  ['nothing compared', server({ sample: { compared: 0, inside: 0 } }), {}],
  ['a hole before the days needed', logs({ missing: [{ from: '2026-08-02', to: '2026-08-31' }] }), {}],
  ['logs cleared before', logs({ breaks: [{ time: '2026-08-20T03:00:00Z', what: 'were cleared', cite }] }), {}],
  ['a period that nobody needs', server({ installed: '2026-09-20' }), { needed: { from: '2026-09-25', to: '2026-10-06' } }],
])('no mismatch: %s', (_, item, findings) => {
  expect(found([item], findings)).toEqual([])
})

test('H1 hosts that one export cut alike are one sentence; one with something of its own stands alone', () => {
  const begun = { from: '2026-09-10T00:00:00.000000Z' }
  const host = (name: string, given: Partial<HandedOver> = {}): HandedOver =>
    logs({ name: `the logs of ${name}`, host: name, ...begun, ...given })
  const all = found(['f', 'e', 'd', 'c', 'b', 'a'].map((name) => host(name)).concat(host('g', { installed: '2026-09-10' })))
  expect(all.map((one) => `${one.rule} ${one.about}`)).toEqual([
    'H1 the logs of a, b, c, d and 2 further hosts',
    'H1 the logs of g',
    'H2 the logs of g',
  ])
})

test('H eight are told of a rule, the rest are counted', () => {
  const many = Array.from({ length: 11 }, (_, n) => server({ name: `the server s${n + 10}`, sample: 'does not agree' }))
  const all = found(many)
  expect(all).toHaveLength(9)
  expect(all.at(-1)?.text).toBe('3 further items handed over do not fit either; rules H4.')
})

test('H a mismatch bears on access: told beside, asked for, and never a ground', () => {
  const [one] =
    assess([thread], {
      coverage: { sources: [], gaps: [] },
      needed,
      handed: [server({ installed: '2026-10-09', by: 'Kestrel Billing' })],
    }).threads ?? []
  const access = one?.parts.find((part) => part.part === 'access')
  expect(access).toMatchObject({ status: 'open', strength: 'none', for: [], against: [] })
  expect(access?.beside).toHaveLength(1)
  expect(access?.settles.find((each) => each.ask === 'Kestrel Billing')?.text).toBe(
    'Ask Kestrel Billing: the state before 2026-10-09: images, backups, snapshots, and who ordered the installation when.',
  )
})

test('A4 days of which no log can tell stay open; where one log tells, they do not', () => {
  const open = (handed: readonly HandedOver[]): unknown =>
    assess([thread], { coverage: { sources: [], gaps: [] }, needed, handed }).threads?.[0]?.parts.find(
      (one) => one.part === 'access',
    )?.openDays
  const hole = logs({ missing: [{ from: '2026-09-10', to: '2026-09-20' }] })
  expect(open([hole])).toEqual([{ from: '2026-09-10', to: '2026-09-20' }])
  expect(open([hole, logs({ name: 'the logs of app02', from: '2026-09-15T00:00:00.000000Z' })])).toEqual([
    { from: '2026-09-10', to: '2026-09-14' },
  ])
  expect(open([])).toEqual([])
})
