import { beforeAll, expect, test } from 'vitest'
import { observedValues } from '../../../src/app/share-observed.ts'
import { huntShared } from '../../../src/app/subscribe-hunt.ts'
import { boundsOf, type CitedRecord, type StoryBounds } from '../../../src/app/share-records.ts'
import { triedRules } from '../../../src/app/share-rules.ts'
import type { LogEvent } from '../../../src/events/index.ts'
import type { Story } from '../../../src/intrusion/index.ts'
import { eventOf } from '../../sigma/event.ts'
import { gate, story as template } from '../redaction/sample-view.ts'
import { recordsOfStory, workspaceOf } from './case-with-events.ts'

// Invented logs: a web server that was taken over, and other machines with ordinary work.
const { workspace } = workspaceOf('tried')
const sha256 = 'a'.repeat(64)
const created = { product: 'windows', category: 'process_creation', service: 'sysmon' }
const connected = { product: 'windows', category: 'network_connection', service: 'sysmon' }
const web = { product: '', category: 'webserver', service: '' }
const odd = 'C:\\Windows\\Temp\\igfxbridge.exe'
const at = (
  n: number,
  time: string,
  host: string,
  source: Partial<typeof created>,
  fields: Record<string, string>,
): LogEvent => ({
  ...eventOf(source, fields),
  time: `2026-07-${time}.000000Z`,
  host,
  at: { kind: 'line', n },
})
const shell = (ip: string): Record<string, string> => ({ 'c-ip': ip, 'cs-method': 'POST', 'cs-uri-stem': '/app/uploads/x.jsp' })
const child = (parent: string, command: string): Record<string, string> => ({
  Image: 'C:\\Windows\\System32\\cmd.exe',
  ParentImage: parent,
  CommandLine: command,
})
const events: readonly LogEvent[] = [
  at(1, '01T05:18:42', 'sc-web-07', web, shell('203.0.113.24')),
  at(2, '01T05:18:50', 'sc-web-07', created, child('C:\\Tomcat9\\bin\\java.exe', 'cmd.exe /c whoami')),
  at(3, '01T05:20:00', 'sc-web-07', created, child('C:\\x\\w3wp.exe', 'cmd.exe /c dir')),
  at(4, '01T05:21:00', 'sc-web-07', created, {
    Image: odd,
    CommandLine: `${odd} -quiet -loop`,
    Hashes: `SHA256=${'D1'.repeat(32)}`,
  }),
  // Not cited: the same program speaks to its master.
  at(5, '01T05:40:00', 'sc-web-07', connected, {
    Image: odd,
    Initiated: 'true',
    DestinationIp: '198.51.101.93',
    SourceIp: '10.53.1.11',
  }),
  at(6, '01T05:22:00', 'sc-web-07', web, shell('203.0.113.50')),
  // Ordinary work: another server's worker starts shells too; an address that scans everybody; a month before.
  at(20, '03T09:00:00', 'sc-web-04', created, child('C:\\x\\w3wp.exe', 'cmd.exe /c dir')),
  at(21, '03T09:00:00', 'sc-web-04', web, { 'c-ip': '203.0.113.50', 'cs-method': 'GET', 'cs-uri-stem': '/' }),
  at(22, '02T23:00:00', 'ws-01', connected, {
    Image: 'C:\\Program Files\\b\\b.exe',
    Initiated: 'true',
    DestinationIp: '192.0.2.94',
  }),
]
const line = (n: number) => ({ kind: 'exhibit', sha256, file: 'winter', at: { kind: 'line', n } }) as const
const step = (n: number, time: string): Story['steps'][number] => ({
  time: `2026-07-${time}.000000Z`,
  host: 'sc-web-07',
  tactic: 'persistence',
  techniques: ['T1505.003'],
  level: 'high',
  text: '',
  cites: [line(n)],
})
const story: Story = {
  ...template,
  from: '2026-07-01T05:18:42.000000Z',
  to: '2026-07-01T06:00:00.000000Z',
  hosts: [{ name: 'sc-web-07', status: 'compromised', cites: [] }],
  steps: [step(1, '01T05:18:42'), step(2, '01T05:18:50'), step(3, '01T05:20:00'), step(4, '01T05:21:00'), step(6, '01T05:22:00')],
}

let records: CitedRecord[]
let bounds: StoryBounds
beforeAll(async () => {
  records = await recordsOfStory(workspace, { name: 'winter', sha256, events, story })
  bounds = boundsOf(story, records)
})

test('records are those the steps cite, and what their strange programs did besides', () => {
  expect(records.map((one) => Number(one.key.split(' ').at(-1))).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6])
})

test('a rule is offered when it finds the story and nothing else: what ordinary work does too is left out', async () => {
  const rules = await triedRules({ workspace, caseId: 'winter', records, bounds, gate, watch: {} })
  expect(rules.map((one) => one.title).sort()).toEqual([
    'POST to a Script of the Kind .jsp Under /uploads/',
    'cmd.exe Started by java.exe',
    'igfxbridge.exe With -quiet -loop Run From \\Windows\\Temp\\',
  ])
  expect(rules.find((one) => one.title.startsWith('cmd.exe'))).toMatchObject({
    found: 1,
    triedOn: events.length - 1,
    behaviours: [2],
  })
})

test('values are counted in the story and outside it, so that what others show too can be kept in', async () => {
  const values = await observedValues({ workspace, caseId: 'winter', records, bounds, watch: {} })
  const told = values.map((one) => [one.kind, one.value, one.inside, one.outside])
  expect(told).toContainEqual(['ip', '203.0.113.24', 1, 0])
  expect(told).toContainEqual(['ip', '198.51.101.93', 1, 0])
  expect(told).toContainEqual(['ip', '203.0.113.50', 1, 1])
  expect(told).toContainEqual(['hash', 'd1'.repeat(32), 1, 0])
  expect(told).toContainEqual(['file', 'igfxbridge.exe', 2, 0])
  expect(values.map((one) => one.value)).not.toContain('192.0.2.94')
  expect(values.map((one) => one.value)).not.toContain('cmd.exe')
})

test('an address long after its day, or one rule alone, is told and not believed; two objects on one host within a day are', async () => {
  const address = (object: string, value: string, date: string) => ({
    object,
    indicator: { kind: 'ip', value, written: value, source: 'peer', date } as const,
  })
  const hunt = (...indicators: ReturnType<typeof address>[]) =>
    huntShared({ workspace, caseId: 'winter', indicators, rules: [], watch: {} })
  const old = address('old', '192.0.2.94', '2026-01-01')
  expect(await hunt(old)).toMatchObject({ hits: [{ object: 'old', records: 1 }], believed: [] })
  expect((await hunt(address('near', '192.0.2.94', '2026-06-20'))).believed).toMatchObject([{ object: 'near' }])
  const both = await hunt(old, address('a', '203.0.113.24', '2026-01-01'), address('b', '203.0.113.50', '2026-01-01'))
  expect(both.believed.map((one) => one.object).sort()).toEqual(['a', 'b'])
  expect((await hunt(address('none', '203.0.113.99', '2026-07-01'))).hits).toEqual([])
})
