import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { judge } from '../../scripts/real-samples/judge.ts'
import { products } from '../../scripts/real-samples/products.ts'
import type { Sample } from '../../scripts/real-samples/product.ts'
import { tableOf } from '../../scripts/real-samples/table.ts'

const folder = mkdtempSync(join(tmpdir(), 'breachline-judge-'))
afterAll(() => rmSync(folder, { recursive: true }))

const span = { since: '2026-10-01T00:00:00.000000Z', until: '2026-10-01T23:59:59.000000Z' }
const line = (time: string, text: string): string => `2026-10-01T${time}+00:00 db1 sshd[7]: ${text}\n`
const log = [
  line('10:00:00', 'Accepted password for r.tan from 198.51.100.7 port 50000 ssh2'),
  line('10:00:01', 'Failed password for r.tan from 198.51.100.7 port 50001 ssh2'),
  line('10:00:02', 'Failed password for r.tan from 198.51.100.7 port 50002 ssh2'),
].join('')

function sample(text: string, more: Partial<Sample> = {}): Sample {
  const file = join(folder, `${Math.abs(text.length)}.log`)
  writeFileSync(file, text)
  return {
    name: 'auth.log',
    file,
    seen: 'syslog',
    sources: ['linux//sshd'],
    events: 3,
    known: [
      { what: 'log-in', times: 1, event: { account: 'r.tan', sourceIp: '198.51.100.7' }, fields: { outcome: 'success' } },
      { what: 'wrong passwords', times: 2, event: { class: 'authentication' }, fields: { outcome: 'failure', srcPort: '5000*' } },
    ],
    ...more,
  }
}

test('a log that says what was driven is as expected', async () => {
  const judged = await judge('linux', sample(log), span)
  expect(judged).toMatchObject({ seen: 'syslog', lines: 3, events: 3, faults: 0, unexplained: 0, known: 2, wrong: [] })
  expect(tableOf([judged], new Map([['linux', '1.0']]))).toMatch(/^linux +1\.0 +auth\.log +syslog +3 +3 +0 +0 +2 +as expected$/m)
})

test.each([
  ['what it is called', {}, { seen: 'Squid access log' }, 'told as "syslog", not as "Squid access log"'],
  ['the source', {}, { sources: ['linux//sudo'] }, 'events of linux//sshd, which this log does not hold'],
  ['the number of events', {}, { events: 4 }, '3 events, not 4'],
  ['a fault that is due and did not come', {}, { faults: ['log-year-assumed'] }, 'no fault log-year-assumed, which is due'],
  ['a count', {}, { known: [{ what: 'log-in', times: 2, fields: { outcome: 'success' } }] }, 'log-in: 1, not 2'],
  ['an empty field', {}, { known: [{ what: 'reason', times: 1, fields: { reason: '*' } }] }, 'reason: 0, not 1'],
])('%s is held against what was driven', async (_, __, more, said) => {
  const { wrong } = await judge('linux', sample(log, more), span)
  expect(wrong).toEqual([said])
})

test('lines without a source, times outside of the run and stray faults are told', async () => {
  const other = await judge('linux', sample(`${log}2026-10-01T10:00:03+00:00 db1 nightly: report done\n`, { events: 4 }), span)
  expect(other).toMatchObject({ unexplained: 1, wrong: ['no source: report done'] })
  const late = await judge('linux', sample(log.replaceAll('2026-10-01T10:00:02', '2026-10-02T10:00:02')), span)
  expect(late.wrong).toEqual(['1 events with the time 2026-10-02T10:00:02.000000Z, outside of the run'])
  const web = { seen: 'web server access log', sources: ['/webserver/'], events: 2, known: [], options: {} }
  const access = '198.51.100.7 - - [01/Oct/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 5\n'
  const stray = await judge('nginx', sample(`${access}${access}no line\n`, web), span)
  expect(stray.wrong).toEqual(['fault access-log-line at line 3'])
})

test('every product names its packages, and no name stands twice', () => {
  expect(new Set(products.map(({ name }) => name)).size).toBe(products.length)
  expect(products.filter(({ packages }) => packages.length === 0)).toEqual([])
  expect(products.length).toBeGreaterThan(15)
})
