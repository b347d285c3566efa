import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { run as breachline, scratch } from './fake.ts'

const home = scratch()
const path = (...parts: string[]): string => join(home, ...parts)
const now = '2026-10-20T00:00:00.000Z'
const run = (...args: string[]): ReturnType<typeof breachline> =>
  breachline([...args, '--workspace', path('workspace')], home, now)
afterAll(() => rmSync(home, { recursive: true }))

// A case as DFIR-IRIS exports it; everything in it is invented.
const iris = {
  case: { name: 'Dealer portal', description: 'Seen by the night shift', for_customer: 'Meridian Telekom', opened_by: 'lim' },
  timeline: [
    {
      event_title: 'Odd upload',
      event_date: '2026-10-05T18:00:00.000',
      event_date_wtz: '2026-10-06T02:00:00.000',
      event_tz: '+08:00',
    },
    { event_title: 'No time' },
  ],
  iocs: [
    { ioc_value: '203.0.113.66', type_name: 'ip-dst' },
    { ioc_value: 'view12.jsp|d41d8cd98f00b204e9800998ecf8427e', type_name: 'filename|md5' },
    { ioc_value: 'x', type_name: 'yara' },
  ],
  tasks: [
    { task_title: 'Keep the disk', task_status: 'To do' },
    { task_title: 'Call the vendor', task_status: 'Done' },
  ],
  notes: [{ note_title: '<b>Thoughts</b>', note_content: 'The vendor was on the host.' }],
}

test('a case of DFIR-IRIS becomes notes, tasks and indicators that are searched for in all logs at once; again it adds nothing', async () => {
  mkdirSync(path('logs', 'logs'), { recursive: true })
  writeFileSync(
    path('logs', 'logs', 'web-01-access.log'),
    '203.0.113.66 - - [06/Oct/2026:02:00:01 +0800] "POST /uploads/view12.jsp HTTP/1.1" 200 12 "-" "curl/8"\n203.0.113.7 - - [06/Oct/2026:02:00:09 +0800] "GET / HTTP/1.1" 200 12 "-" "curl/8"\n',
  )
  writeFileSync(
    path('logs', 'breachline-case.toml'),
    '[case]\ntitle = "Own logs"\noperator = "Meridian Telekom"\nzone = "+08:00"\n[[files]]\nglob = "logs/*"\nrole = "logs"\nhost = "web-01"\n',
  )
  expect((await run('investigate', path('logs'))).code).toBe(0)
  writeFileSync(path('iris.json'), JSON.stringify(iris))
  const first = await run('import', path('iris.json'), '--format', 'iris', '--json')
  expect(first.code).toBe(3)
  const brought = JSON.parse(first.out) as {
    into: string
    entries: number
    tasks: number
    indicators: number
    hits: { what: string }[]
    unread: { object: string; why: string }[]
    faults: { where: { field: string } }[]
  }
  expect(brought).toMatchObject({ into: 'iris-dealer-portal', entries: 2, tasks: 2, indicators: 3 })
  expect(brought.faults.map((one) => one.where.field)).toEqual(['timeline[1]'])
  expect(brought.unread).toEqual([{ object: 'iocs[2]', why: 'an observable of type yara is not read' }])
  expect(brought.hits.map((one) => one.what).sort()).toEqual(['file view12.jsp', 'ip 203.0.113.66'])
  const again = await run('import', path('iris.json'), '--format', 'iris', '--into', brought.into)
  expect(again.out).toContain('from DFIR-IRIS into the case iris-dealer-portal: E1, 2 entries')
  const shown = await run('case', 'show', brought.into)
  expect(shown.out + shown.err).not.toContain('N4')
  expect((await run('verify', brought.into)).code).toBe(0)
  expect(readdirSync(path('workspace', 'cases')).sort()).toContain(brought.into)
}, 240_000)

test('what is no case, or not whole, is refused with what was looked for', async () => {
  writeFileSync(path('no.json'), '{"case": {}}')
  expect(await run('import', path('no.json'), '--format', 'iris')).toMatchObject({
    code: 3,
    err: expect.stringContaining('is no case of DFIR-IRIS'),
  })
  writeFileSync(path('cut.json'), '{"title": "x", ')
  expect(await run('import', path('cut.json'), '--format', 'thehive')).toMatchObject({
    code: 3,
    err: expect.stringContaining('no complete JSON'),
  })
  expect((await run('import', path('iris.json'), '--format', 'iris', '--into', 'nobody')).code).not.toBe(0)
  expect((await run('import', path('iris.json'), '--into', 'x')).code).toBe(2)
})
