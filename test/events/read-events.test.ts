import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesSource, collect, fileSource } from '../../src/base/index.ts'
import { readEvents, type LogEvent } from '../../src/events/index.ts'
import { chunkBytes, evtxBytes, filetime, text } from '../formats/evtx-bytes.ts'

const cases = path.resolve(import.meta.dirname, '../cases/events')

interface Want {
  readonly event: Partial<LogEvent>
  readonly fields: Readonly<Record<string, string>>
  readonly absent: readonly string[]
}

for (const name of readdirSync(cases).sort()) {
  test(`case ${name}: log source, hot fields and original fields`, async () => {
    const json = (file: string): unknown => JSON.parse(readFileSync(path.join(cases, name, file), 'utf8'))
    const input = readdirSync(path.join(cases, name)).find((file) => file.startsWith('in.')) ?? ''
    const source = bytesSource(input, readFileSync(path.join(cases, name, input)))
    const { records, faults } = await collect(readEvents(source, { zone: '+08:00' }))
    const wants = json('want.json') as readonly Want[]
    expect(records).toHaveLength(wants.length)
    wants.forEach(({ event, fields, absent }, i) => {
      expect(records[i]).toMatchObject(event)
      expect(records[i]?.fields).toMatchObject(fields)
      for (const one of absent) expect(Object.keys(records[i]?.fields ?? {})).not.toContain(one)
    })
    const wanted = existsSync(path.join(cases, name, 'faults.json')) ? (json('faults.json') as string[]) : []
    expect(faults.map((fault) => fault.code)).toEqual(wanted)
  })
}

test('an EVTX record becomes an event that cites its ordinal and keeps its time to the microsecond', async () => {
  const data = [
    ['Image', text('C:\\x.exe')],
    ['CommandLine', text('x /y')],
    ['User', text('MT\\Jane')],
  ] as const
  const bytes = evtxBytes([chunkBytes([{ eventId: 1, time: filetime(Date.UTC(2024, 0, 31, 1, 2, 3, 4), 5678), data }])])
  const { records, faults } = await collect(readEvents(bytesSource('a.evtx', bytes)))
  expect(faults).toEqual([])
  expect(records).toMatchObject([
    {
      time: '2024-01-31T01:02:03.004567Z',
      zone: 'stated',
      host: 'app01',
      class: 'process',
      product: 'windows',
      category: 'process_creation',
      service: 'sysmon',
      account: 'mt\\jane',
      process: 'C:\\x.exe',
      commandLine: 'x /y',
      at: { kind: 'record', n: 1 },
    },
  ])
})

test('an access log gives webserver events of the host that the caller names', async () => {
  const line = '203.0.113.9 - - [11/Jul/2018:08:41:28 +0300] "POST /up/s.jsp?cmd=id HTTP/1.1" 200 11444 "-" "curl/8"\n'
  const { records } = await collect(readEvents(bytesSource('access.log', Buffer.from(line)), { host: 'PORTAL.meridian.example' }))
  expect(records).toMatchObject([
    {
      time: '2018-07-11T05:41:28.000000Z',
      host: 'portal',
      class: 'http',
      category: 'webserver',
      product: '',
      sourceIp: '203.0.113.9',
      bytesOut: 11_444,
      at: { kind: 'line', n: 1 },
    },
  ])
  expect(records[0]?.fields).toMatchObject({
    'cs-uri-stem': '/up/s.jsp',
    'cs-uri-query': '/up/s.jsp?cmd=id',
    query: 'cmd=id',
    'sc-status': '200',
    'cs-user-agent': 'curl/8',
  })
  expect(Object.keys(records[0]?.fields ?? {})).not.toContain('cs-username')
})

test('the caller may tell the year, the date of the file, and the format string of a web server', async () => {
  const syslog = bytesSource('in.log', Buffer.from('Dec 31 23:59:59 h sshd[1]: x\nJan  1 00:00:01 h sshd[1]: y\n'))
  const given = await collect(readEvents(syslog, { year: 2023, zone: '+00:00' }))
  expect(given.records.map(({ time }) => time)).toEqual(['2023-12-31T23:59:59.000000Z', '2024-01-01T00:00:01.000000Z'])
  expect(given.faults).toEqual([])
  const dated = await collect(readEvents(syslog, { until: '2021-01-05' }))
  expect(dated.records.map(({ time }) => time.slice(0, 4))).toEqual(['2020', '2021'])
  expect(dated.faults.map(({ code }) => code)).toEqual(['log-year-assumed'])
  const web = bytesSource('in.log', Buffer.from('GET /x 198.51.100.7 31/Jan/2024:10:00:00 +0800\nother\n'))
  const told = await collect(readEvents(web, { logFormat: '$request_method $request_uri $remote_addr $time_local' }))
  expect(told.records).toMatchObject([{ category: 'webserver', sourceIp: '198.51.100.7', time: '2024-01-31T02:00:00.000000Z' }])
  expect(told.faults.map(({ code }) => code)).toEqual(['access-log-line'])
})

test('a file that is no log gives one fault with a remedy and no event', async () => {
  const { records, faults } = await collect(readEvents(bytesSource('a.csv', Buffer.from('a,b\n1,2\n3,4\n'))))
  expect(records).toEqual([])
  expect(faults).toMatchObject([{ code: 'log-format', where: { file: 'a.csv' } }])
})

test('a record with more fields or longer text than the limits is cut, with faults', async () => {
  const wide = Object.fromEntries(Array.from({ length: 1_200 }, (_, i) => [`f${i}`, 'x']))
  const lines = `${JSON.stringify({ time: '2024-01-01T00:00:00Z', ...wide })}\n${JSON.stringify({ time: '2024-01-01T00:00:00Z', long: 'x'.repeat(70_000) })}\n`
  const { records, faults } = await collect(readEvents(bytesSource('a.json', Buffer.from(lines))))
  expect(Object.keys(records[0]?.fields ?? {})).toHaveLength(1_000)
  expect(records[1]?.fields['long']).toHaveLength(65_536)
  expect(faults.map(({ code, where }) => [code, where.line])).toEqual([
    ['fields-cut', 1],
    ['field-cut', 2],
  ])
})

test('any JSON objects give one event each, with fixed-width times or none, and never throw', async () => {
  const name = fc.constantFrom(
    'winlog',
    'channel',
    'Channel',
    'EventID',
    'event_data',
    'Event',
    'System',
    '#attributes',
    '@timestamp',
    'time',
    'host',
    'name',
    'EventData',
    '__proto__',
    'x y',
  )
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom('Security', '2024-01-31T10:00:00+99:00', '2024-02-30', '99999999999999', ''),
      fc.integer(),
      fc.constant(null),
      fc.array(tie('any'), { maxLength: 3 }),
      fc.dictionary(name, tie('any'), { maxKeys: 5 }),
    ),
  })).any
  await fc.assert(
    fc.asyncProperty(fc.array(fc.dictionary(name, value, { maxKeys: 6 }), { minLength: 1, maxLength: 5 }), async (objects) => {
      const lines = objects.map((object) => JSON.stringify(object)).join('\n')
      const { records } = await collect(
        readEvents(bytesSource('a.json', Buffer.from(lines)), {
          zone: 'Asia/Kuala_Lumpur',
          identified: { kind: 'jsonl', seen: '' },
        }),
      )
      expect(records).toHaveLength(objects.length)
      for (const event of records) {
        expect(event.time).toMatch(/^(?:|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)$/)
        for (const field of Object.values(event.fields)) expect(typeof field).toBe('string')
        expect(Object.getPrototypeOf(event.fields)).toBe(Object.prototype)
      }
    }),
    { numRuns: 200, seed: 7 },
  )
})

const regression = path.resolve(import.meta.dirname, '../../../shared/data/sigma-regression')
test.skipIf(!existsSync(regression))(
  `every regression log lands in the log source of its rule's folder${existsSync(regression) ? '' : ' (skipped: no shared data)'}`,
  async () => {
    const folders = [
      'process_creation',
      'file_event',
      'image_load',
      'registry_set',
      'registry_delete',
      'registry_add',
      'network_connection',
      'dns_query',
      'create_remote_thread',
    ]
    let checked = 0
    for (const file of globSync(path.join(regression, '**/*.evtx')).sort()) {
      const folder = folders.find((one) => file.split('/').includes(one))
      if (folder === undefined) continue
      const { records } = await collect(readEvents(await fileSource(file)))
      expect(records.map((event) => event.category)).toContain(folder)
      checked += 1
    }
    expect(checked).toBeGreaterThan(50)
  },
)
