import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openCase } from '../../src/app/case-store.ts'
import { huntIndicators } from '../../src/app/hunt-indicators.ts'
import { huntRules, type HuntDetection } from '../../src/app/hunt-rules.ts'
import { keepIndicators, keptIndicators } from '../../src/app/indicators-kept.ts'
import { readIndicators } from '../../src/app/indicators-read.ts'
import { openWorkspace } from '../../src/app/workspace.ts'
import { eventsTable } from '../../src/events/events-table.ts'
import { eventRow } from '../events/json-row.ts'
import type { LogEvent } from '../../src/events/index.ts'
import { eventOf } from '../sigma/event.ts'

const directory = mkdtempSync(join(tmpdir(), 'hunt-'))
const world = { now: () => '2026-11-22T12:00:00Z', pid: process.pid, env: {}, home: directory, user: 'invented' }
const workspace = openWorkspace({ directory: join(directory, 'ws'), command: 'test', world })
afterAll(async () => {
  await workspace.close()
  rmSync(directory, { recursive: true, force: true })
})

const created = { product: 'windows', category: 'process_creation', service: 'sysmon' }
const connected = { product: 'windows', category: 'network_connection', service: 'sysmon' }
const web = { product: '', category: 'webserver', service: '' }

/** Puts invented events into the lake as a log of a case; `zone` makes another load of the same log. */
async function loadLog(
  caseId: string,
  sha256: string,
  events: readonly LogEvent[],
  more: { readonly generated?: boolean; readonly zone?: string } = {},
): Promise<void> {
  const store = openCase(workspace, caseId, { create: true })
  const info = {
    title: caseId,
    operator: '',
    zone: '',
    country: '',
    jurisdictions: [],
    roles: [],
    significantHarm: 'unknown',
    openedAt: world.now(),
  } as const
  store.setInfo({ ...info, generated: more.generated === true })
  store.keepGiven({ sha256, name: `${caseId}.jsonl`, rule: {}, at: world.now() })
  store.close()
  const lake = await workspace.lake()
  await lake.load({ key: `events:${sha256}:${more.zone ?? ''}`, tables: [eventsTable] }, async (writer) => {
    await writer.insert(eventsTable, [events.map((event) => eventRow(event, sha256, ''))])
  })
}

const at = (
  time: string,
  source: Partial<typeof created>,
  fields: Record<string, string>,
  n: number,
  host = 'pc-1',
): LogEvent => ({
  ...eventOf(source, fields),
  time: `2026-10-0${time}.000000Z`,
  host,
  at: { kind: 'line', n },
})

const winter = 'a'.repeat(64)
await loadLog('winter', winter, [
  at(
    '1T08:00:00',
    created,
    { Image: 'C:\\Windows\\System32\\vssadmin.exe', CommandLine: 'VSSADMIN create shadow /for=C:', User: 'CORP\\bob' },
    1,
  ),
  at('1T09:00:00', created, { Image: 'C:\\Windows\\notepad.exe', CommandLine: 'notepad a.txt', User: 'CORP\\eve' }, 2),
  at(
    '2T09:00:00',
    connected,
    { DestinationIp: '198.51.100.7', DestinationHostname: 'cdn.evil.example', Image: 'C:\\Temp\\x.exe' },
    3,
  ),
  at('3T10:00:00', web, { 'cs-uri': '/a.php', 'c-ip': '198.51.100.70' }, 4, 'web-1'),
  ...Array.from({ length: 9_000 }, (_, n) =>
    at('4T00:00:00', created, { Image: 'C:\\many.exe', CommandLine: `many --n ${n}`, User: 'CORP\\svc' }, 10 + n, 'pc-2'),
  ),
])
await loadLog(
  'exercise',
  'b'.repeat(64),
  [at('5T08:00:00', created, { Image: 'C:\\x\\vssadmin.exe', CommandLine: 'vssadmin create shadow', User: 'CORP\\bob' }, 1)],
  { generated: true },
)

const rulesFile = join(directory, 'rules.yml')
writeFileSync(
  rulesFile,
  `title: Invented shadow copy
id: 11111111-0000-4000-8000-000000000001
logsource: {product: windows, category: process_creation}
detection:
  selection: {CommandLine|contains|all: [vssadmin, 'create shadow']}
  condition: selection
---
title: Invented many
id: 11111111-0000-4000-8000-000000000002
logsource: {product: windows, category: process_creation}
detection:
  selection: {CommandLine|re: 'many --n \\d+$'}
  condition: selection
---
title: Invented address of an inner network
id: 11111111-0000-4000-8000-000000000003
logsource: {category: webserver}
detection:
  selection: {c-ip|cidr: 198.51.100.64/28}
  condition: selection
`,
)

async function hunt(
  named: readonly string[],
  more: { readonly caseId?: string; readonly from?: string; readonly to?: string; readonly most?: number } = {},
) {
  const found: HuntDetection[] = []
  const { most = 20_000, ...scope } = more
  const summary = await huntRules({
    workspace,
    named,
    folders: [rulesFile],
    most,
    found: (one) => found.push(one),
    watch: {},
    ...scope,
  })
  return { found, summary }
}

test('a rule finds its records in the lake, with cites that open them', async () => {
  const { found, summary } = await hunt(['11111111-0000-4000-8000-000000000001'])
  expect(found.map((one) => [one.case, one.time, one.host, one.cite, one.fields])).toEqual([
    [
      'winter',
      '2026-10-01T08:00:00.000000Z',
      'pc-1',
      { kind: 'exhibit', sha256: winter, file: 'winter.jsonl', at: { kind: 'line', n: 1 } },
      { CommandLine: 'VSSADMIN create shadow /for=C:' },
    ],
  ])
  expect(summary).toMatchObject({ rules: 1, exact: 1, candidates: 1, detections: 1, cut: false })
})

test('an exercise is searched only when it is named', async () => {
  const { found } = await hunt(['Invented shadow copy'], { caseId: 'exercise' })
  expect(found.map((one) => one.case)).toEqual(['exercise'])
})

test('pages join without loss or repeat, and the most asked for bounds the answer', async () => {
  const { found, summary } = await hunt(['Invented many'])
  expect(new Set(found.map((one) => JSON.stringify(one.cite.kind === 'exhibit' ? one.cite.at : ''))).size).toBe(9_000)
  expect([found.length, summary.detections]).toEqual([9_000, 9_000])
  const bounded = await hunt(['Invented many'], { most: 5 })
  expect([bounded.found.length, bounded.summary.cut]).toEqual([5, true])
})

test('a period leaves out what is outside', async () => {
  expect((await hunt(['Invented shadow copy'], { from: '2026-10-01T08:00:00Z', to: '2026-10-01T08:00:00Z' })).found).toHaveLength(
    1,
  )
  expect((await hunt(['Invented shadow copy'], { from: '2026-10-01T08:00:01Z' })).found).toHaveLength(0)
})

test('what SQL leaves open is decided in memory', async () => {
  const { found, summary } = await hunt(['Invented address of an inner network'])
  expect([found.length, summary.exact]).toEqual([1, 0])
})

test('a hunt stops when it is asked to, and says what it does not know', async () => {
  const stop = AbortSignal.abort()
  await expect(
    huntRules({ workspace, named: ['Invented many'], folders: [rulesFile], most: 9, found: () => {}, watch: { signal: stop } }),
  ).rejects.toThrow()
  await expect(hunt(['no such rule'])).rejects.toThrow('no rule is called')
  await expect(hunt(['1111'])).rejects.toThrow('begins 3 rules')
  await expect(hunt([], { caseId: 'unknown' })).rejects.toThrow('no case')
})

const feed = `value,source,tlp,pap
evil[.]example,Invented feed,AMBER,RED
198.51.100[.]7,Invented feed,,
203.0.113.9,Invented feed,green,
d41d8cd98f00b204e9800998ecf8427e,Invented feed,,
`

test('indicators are found with their marks, and not seen says where was searched', async () => {
  const { indicators } = readIndicators(feed, 'feed.csv')
  const answer = await huntIndicators({ workspace, indicators, watch: {} })
  expect(
    answer.hits.map(({ indicator, kind, tlp, pap, field, host, case: of }) => [indicator, kind, tlp, pap, field, host, of]),
  ).toEqual([
    ['evil.example', 'domain', 'amber', 'red', 'DestinationHostname', 'pc-1', 'winter'],
    ['198.51.100.7', 'ip', undefined, undefined, 'DestinationIp', 'pc-1', 'winter'],
  ])
  expect(answer.notSeen.map((one) => [one.indicator, one.tlp])).toEqual([
    ['d41d8cd98f00b204e9800998ecf8427e', undefined],
    ['203.0.113.9', 'green'],
  ])
  const [hash, ip] = answer.notSeen
  expect(ip?.searched.map(({ host, source, from, to, events, shows }) => [host, source, from, to, events, shows])).toEqual([
    ['pc-1', 'sysmon', '2026-10-01T08:00:00.000000Z', '2026-10-02T09:00:00.000000Z', 3, true],
    ['pc-2', 'sysmon', '2026-10-04T00:00:00.000000Z', '2026-10-04T00:00:00.000000Z', 9_000, false],
    ['web-1', 'webserver', '2026-10-03T10:00:00.000000Z', '2026-10-03T10:00:00.000000Z', 1, true],
  ])
  expect(hash?.searched.map((one) => one.shows)).toEqual([false, false, false])
})

test('kept indicators meet what arrives later', async () => {
  const { indicators } = readIndicators(feed, 'feed.csv')
  expect(keepIndicators(workspace, indicators, 'Invented Person')).toBe(4)
  expect(keepIndicators(workspace, indicators, 'Invented Person')).toBe(0)
  const kept = keptIndicators(workspace)
  expect(kept).toEqual(indicators)
  await loadLog('later', 'c'.repeat(64), [at('6T08:00:00', connected, { DestinationIp: '203.0.113.9' }, 1, 'pc-9')])
  const answer = await huntIndicators({ workspace, indicators: kept, caseId: 'later', watch: {} })
  expect(answer.hits.map((one) => [one.indicator, one.tlp, one.host])).toEqual([['203.0.113.9', 'green', 'pc-9']])
  expect(answer.notSeen).toHaveLength(3)
})

test('texts of rules and indicators never become part of a statement', async () => {
  const evil = "'); SELECT file('/etc/hostname'); --"
  const file = join(directory, 'evil.yml')
  writeFileSync(
    file,
    JSON.stringify({
      title: 'Invented',
      id: '11111111-0000-4000-8000-00000000000f',
      logsource: { product: evil, category: "x' OR 1=1 --" },
      detection: {
        s: { [`f'] OR 1=1 --`]: [evil, `*${evil}*?`], 'g|re': `a{1}' OR 1=1`, 'h|cidr': '10.0.0.0/8' },
        condition: 's or not s',
      },
    }),
  )
  const found: unknown[] = []
  await huntRules({ workspace, named: ['Invented'], folders: [file], most: 9, found: (one) => found.push(one), watch: {} })
  expect(found).toEqual([])
  const { indicators } = readIndicators(`value,type\n"${evil}.exe",filename\n{s0:String},filename\n`, 'evil.csv')
  expect(indicators).toHaveLength(1)
  expect((await huntIndicators({ workspace, indicators, watch: {} })).hits).toEqual([])
})

test('a log read again with another zone counts once, as it was read last', async () => {
  const sha256 = 'd'.repeat(64)
  const event = (time: string): LogEvent => at(time, created, { CommandLine: 'vssadmin create shadow' }, 1)
  await loadLog('twice', sha256, [event('7T08:00:00')])
  await loadLog('twice', sha256, [event('7T00:00:00')], { zone: '+08:00' })
  const { found } = await hunt(['Invented shadow copy'], { caseId: 'twice' })
  expect(found.map((one) => one.time)).toEqual(['2026-10-07T00:00:00.000000Z'])
})
