import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { observedValues } from '../../../src/app/share-observed.ts'
import { boundsOf, type CitedRecord } from '../../../src/app/share-records.ts'
import { triedRules } from '../../../src/app/share-rules.ts'
import { huntShared } from '../../../src/app/subscribe-hunt.ts'
import type { LogEvent } from '../../../src/events/index.ts'
import type { Story } from '../../../src/intrusion/index.ts'
import { eventOf } from '../../sigma/event.ts'
import { gate, story as template } from '../redaction/sample-view.ts'
import { recordsOfStory, workspaceOf } from './case-with-events.ts'

// Invented requests: an upload that a story cites, what its client asked for besides, and visitors.
const { directory, workspace } = workspaceOf('beside')
const sha256 = 'b'.repeat(64)
const [actor, proxy] = ['203.0.113.24', '203.0.113.77']
const asked = (
  n: number,
  time: string,
  host: string,
  client: string,
  request: string,
  more: Record<string, string> = {},
): LogEvent => {
  const [method = '', path = '', query = ''] = request.split(' ')
  const fields = { 'c-ip': client, 'cs-method': method, 'cs-uri-stem': path, 'cs-uri-query': query, 'sc-status': '200', ...more }
  const source = { product: '', category: 'webserver', service: '' }
  return { ...eventOf(source, fields), time: `2026-07-${time}:00.000000Z`, host, at: { kind: 'line', n } }
}
const climbs = 'POST /dealer/upload.aspx name=..%2f..%2fhelp12.aspx'
const shell = 'POST /dealer/forms/help12.aspx'
const picture = ['GET /dealer/forms/0a1.png', { 'sc-bytes': '52428800' }] as const
const events: readonly LogEvent[] = [
  asked(1, '01T05:18', 'web-07', actor, climbs),
  asked(2, '01T05:40', 'web-07', actor, shell),
  asked(3, '03T06:00', 'web-07', actor, ...picture),
  // Six days later the address may be somebody else's.
  asked(4, '07T06:00', 'web-07', actor, 'GET /dealer/'),
  asked(5, '01T06:30', 'web-07', proxy, climbs),
  asked(6, '01T09:00', 'web-07', proxy, 'POST /dealer/files/order.php'),
  asked(7, '02T09:00', 'web-04', proxy, 'GET /care/'),
  // Visitors: another folder of documents has a script of its own, which is posted to each morning.
  ...[20, 21, 22, 23, 24, 25, 26, 27].map((day) =>
    asked(day, `${day}T09:00`, 'web-04', '192.0.2.9', 'POST /care/docs/order.php'),
  ),
  asked(30, '27T10:00', 'web-04', '192.0.2.9', 'POST /care/in.php f=../x.pdf'),
  // At a third server both come in one request, and at a fourth in two.
  asked(31, '20T10:00', 'web-09', '192.0.2.33', 'POST /files/in.php f=../x.php'),
  asked(32, '20T10:00', 'web-10', '192.0.2.34', 'POST /in.php f=../x.php'),
  asked(33, '21T09:00', 'web-10', '192.0.2.34', 'POST /files/x.php'),
]
const cite = (n: number) => ({ kind: 'exhibit', sha256, file: 'spring', at: { kind: 'line', n } }) as const
const story: Story = {
  ...template,
  from: '2026-07-01T05:18:00.000000Z',
  to: '2026-07-09T06:00:00.000000Z',
  hosts: [{ name: 'web-07', status: 'compromised', cites: [] }],
  steps: [1, 5].map((n) => ({
    time: `2026-07-01T0${n}:18:00.000000Z`,
    host: 'web-07',
    tactic: 'persistence',
    techniques: ['T1505.003'],
    level: 'high' as const,
    text: '',
    cites: [cite(n)],
  })),
}

let records: CitedRecord[]
beforeAll(async () => {
  records = await recordsOfStory(workspace, { name: 'spring', sha256, events, story })
})

test('what the client of a cited request asked for within three days is of the story; not where others may be behind the address', () => {
  const told = records.map(({ key, beside, steps, techniques }) => [
    Number(key.split(' ').at(-1)),
    beside === true,
    steps,
    techniques,
  ])
  expect(told.toSorted(([a], [b]) => Number(a) - Number(b))).toEqual([
    [1, false, [1], ['T1505.003']],
    [2, true, [1], []],
    [3, true, [1], []],
    [5, false, [2], ['T1505.003']],
  ])
})

test('such requests give rules; what visitors do too is not offered, and no rule beside a wider one', async () => {
  const bounds = boundsOf(story, records)
  const rules = await triedRules({ workspace, caseId: 'spring', records, bounds, gate, watch: {} })
  // The script that visitors post to in a folder of documents speaks against the rule on such scripts; the climbing of others against that on uploads.
  expect(rules.map((one) => [one.title, one.found, one.behaviours])).toEqual([
    ['A Picture of More Than 10 MB Is Fetched From a Web Server', 1, [1]],
  ])
  // The same where a search ends early: what is known to find too much is left out, and the others are tried to the end.
  expect(await triedRules({ workspace, caseId: 'spring', records, bounds, gate, most: 2, watch: {} })).toEqual(rules)
  // A request beside the story does not make the ten minutes around it the story's.
  const at = (time: string) => ({ cite: cite(99), host: 'web-07', time: `2026-07-${time}:00.000000Z` })
  expect(bounds.isNear(at('01T05:25'))).toBe(true)
  expect(bounds.isNear(at('03T06:01'))).toBe(false)
})

test('the script that an upload climbs to is looked for by its name', async () => {
  const values = await observedValues({ workspace, caseId: 'spring', records, bounds: boundsOf(story, records), watch: {} })
  const told = values.filter((one) => one.kind === 'file').map((one) => [one.value, one.inside, one.outside])
  expect(told).toContainEqual(['help12.aspx', 2, 0])
  expect(told.map(([value]) => value)).not.toContain('order.php')
})

test('two rules on one record, or one that finds something every morning, confirm nothing; two on two records of a day do', async () => {
  const folder = join(directory, 'received')
  mkdirSync(folder)
  const received = ['climbs', 'among files'].map((object, at) => {
    const id = `0b7f6c0e-0000-4000-8000-00000000000${at}`
    const selection =
      at === 0
        ? "cs-uri-query|contains: '../x'"
        : "cs-uri-stem|contains: ['/files/', '/docs/']\n        cs-uri-stem|endswith: '.php'"
    const file = join(folder, `${at}.yml`)
    writeFileSync(
      file,
      `title: ${object}\nid: ${id}\nstatus: test\nlogsource:\n    category: webserver\ndetection:\n    selection:\n        cs-method: POST\n        ${selection}\n    condition: selection\nlevel: medium\n`,
    )
    return { object, id, title: object, file }
  })
  const both = await huntShared({ workspace, caseId: 'spring', indicators: [], rules: received, watch: {} })
  const counts = (hits: typeof both.hits): unknown => hits.map((one) => [one.object, one.records]).toSorted()
  expect(counts(both.hits)).toEqual([
    ['among files', 11],
    ['climbs', 3],
  ])
  expect(counts(both.believed)).toEqual(counts(both.hits))
  // A rule that finds very much is told as far as it went, and does not keep the other one from being looked for.
  const cut = await huntShared({ workspace, caseId: 'spring', indicators: [], rules: received, most: 5, watch: {} })
  expect(counts(cut.hits)).toEqual([
    ['among files', 5],
    ['climbs', 3],
  ])
  // Without the fourth server: what the others show is told and not believed.
  const without = received.map((one) => ({ ...one, file: one.file.replace('received', 'narrower') }))
  mkdirSync(join(directory, 'narrower'))
  for (const [at, { file }] of without.entries()) {
    const text = `title: ${received[at]?.object}\nid: ${received[at]?.id}\nstatus: test\nlogsource:\n    category: webserver\ndetection:\n    selection:\n        ${at === 0 ? "cs-uri-query|contains: '../x'" : "cs-uri-stem|contains: ['/files/', '/docs/']"}\n    other:\n        c-ip: '192.0.2.34'\n    condition: selection and not other\nlevel: medium\n`
    writeFileSync(file, text)
  }
  const few = await huntShared({ workspace, caseId: 'spring', indicators: [], rules: without, watch: {} })
  expect(counts(few.hits)).toEqual([
    ['among files', 10],
    ['climbs', 2],
  ])
  expect(few.believed).toEqual([])
})
