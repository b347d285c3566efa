import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeDrill, type Truth } from '../../src/drill/index.ts'

const root = mkdtempSync(join(tmpdir(), 'drill-logs-'))
let truth: Truth

beforeAll(async () => {
  truth = await writeDrill({ scenario: 'demo', seed: 5, size: 4_000, out: root, watch: {} })
})
afterAll(() => rmSync(root, { recursive: true }))

interface Line {
  readonly '@timestamp': string
  readonly event: { readonly code: string; readonly provider: string }
  readonly host: { readonly name: string }
  readonly winlog: {
    readonly channel: string
    readonly record_id: number
    readonly event_data?: Record<string, string>
    readonly user_data?: Record<string, string>
  }
}
const lines = (path: string): string[] =>
  readFileSync(join(root, 'case', path), 'utf8')
    .trimEnd()
    .split('\n')
const events = (host: string): Line[] => lines(`logs/${host}.ndjson`).map((line) => JSON.parse(line) as Line)
const coded = (host: string, code: string): Line[] => events(host).filter((event) => event.event.code === code)

test('every host log is JSON lines in order of time with rising record numbers', () => {
  const hosts = readdirSync(join(root, 'case/logs')).filter((name) => name.endsWith('.ndjson'))
  expect(hosts.length).toBeGreaterThanOrEqual(20)
  let count = 0
  for (const file of hosts) {
    const all = events(file.replace('.ndjson', ''))
    count += all.length
    const last = new Map<string, number>()
    for (const [at, event] of all.entries()) {
      expect(event['@timestamp'] >= (all[at - 1]?.['@timestamp'] ?? '')).toBe(true)
      expect(event.winlog.record_id).toBeGreaterThan(last.get(event.winlog.channel) ?? 0)
      last.set(event.winlog.channel, event.winlog.record_id)
      expect(event.winlog.event_data ?? event.winlog.user_data).toBeDefined()
    }
  }
  expect(count).toBe(truth.counts.events)
})

test('the intrusion: web shell, three hosts, database, each where the truth says', () => {
  const { entry, hosts, accounts, madeAccount } = truth.intrusion
  expect(new Set([entry, ...hosts]).size).toBe(4)
  expect(coded(entry, '11').some((event) => event.winlog.event_data?.['TargetFilename']?.endsWith('.jsp') === true)).toBe(true)
  const [application = '', controller = '', jump = ''] = hosts
  expect(coded(application, '7045').some((event) => event.winlog.event_data?.['ServiceName'] === 'PSEXESVC')).toBe(true)
  expect(
    coded(controller, '4720').some((event) => `meridian\\${event.winlog.event_data?.['TargetUserName']}` === madeAccount),
  ).toBe(true)
  expect(
    coded(controller, '4624').some(
      (event) =>
        event.winlog.event_data?.['AuthenticationPackageName'] === 'NTLM' && event.winlog.event_data['LogonType'] === '3',
    ),
  ).toBe(true)
  expect(coded(jump, '1').some((event) => event.winlog.event_data?.['CommandLine']?.includes('pg_dump') === true)).toBe(true)
  expect(coded(jump, '1102')[0]?.winlog.user_data?.['SubjectUserName']).toBe(madeAccount.split('\\')[1])
  expect(accounts).toContain(madeAccount)
})

test('no two steps of the intrusion lie six hours apart, and all lie within two days', () => {
  const times = truth.intrusion.stages.map((stage) => Date.parse(stage.at)).sort((a, b) => a - b)
  for (const [at, time] of times.entries()) expect(time - (times[at - 1] ?? time)).toBeLessThan(6 * 3_600_000)
  expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeLessThan(2 * 86_400_000)
})

test('a silent host has no event while it is silent', () => {
  expect(truth.intrusion.silent.length).toBeGreaterThan(0)
  for (const gap of truth.intrusion.silent) {
    expect([truth.intrusion.entry, ...truth.intrusion.hosts]).not.toContain(gap.host)
    expect(events(gap.host).filter((event) => event['@timestamp'] >= gap.from && event['@timestamp'] < gap.to)).toEqual([])
  }
})

test('access logs are in the combined format, the shell is asked only on the entry server', () => {
  const combined =
    /^\S+ - - \[\d{2}\/[A-Z][a-z]{2}\/\d{4}:\d{2}:\d{2}:\d{2} \+0800\] "[A-Z]+ \S+ HTTP\/1\.1" \d{3} (\d+|-) "[^"]*" "[^"]*"$/
  const logs = readdirSync(join(root, 'case/logs')).filter((name) => name.endsWith('-access.log'))
  expect(logs).toHaveLength(2)
  for (const name of logs) {
    const all = lines(`logs/${name}`)
    for (const line of all) expect(line).toMatch(combined)
    expect(all.some((line) => line.includes(truth.intrusion.webShell))).toBe(name.startsWith(truth.intrusion.entry))
  }
})

test('database log: prefix, pgAudit lines, statements over several lines, binds; the blind one names nobody', () => {
  const text = lines('audit/cdr-db-postgresql.log').join('\n')
  const records = text.split(/\n(?!\t)/)
  for (const record of records)
    expect(record).toMatch(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\.\d{3} \+08 \[\d+\] (\S+@cdr [\d.]+ \S+ )?LOG: {2}/)
  expect(records.some((record) => record.includes('\n\t'))).toBe(true)
  expect(text).toMatch(/\$1.*,"601\d+,/)
  expect(text).toContain("msisdn = '60")
  const blind = lines('audit/billing-postgresql.log').join('\n')
  expect(blind).toContain('<not logged>')
  expect(blind).not.toMatch(/\b601\d{8,9}\b/)
})

test('twenty persons are read covertly, each on many days and without a reason; most honest reads have one', () => {
  expect(truth.lookups.watched).toHaveLength(20)
  expect(truth.lookups.stolenAccounts).toHaveLength(6)
  const reasons = Map.groupBy(lines('explain/contacts.csv').slice(1), (line) => line.slice(0, line.indexOf(',')))
  const days = new Map<string, Set<string>>()
  const note = (subscriber: string, at: string): void => {
    const near = (reasons.get(subscriber) ?? []).some(
      (line) => Math.abs(Date.parse(line.split(',')[1] ?? '') - Date.parse(at)) < 86_400_000,
    )
    if (!near) days.set(subscriber, (days.get(subscriber) ?? new Set()).add(at.slice(0, 10)))
  }
  const rows = lines('audit/crm-access.csv').slice(1)
  for (const row of rows) note(`6${row.split(',')[2]}`, row.slice(0, 25))
  for (const record of lines('audit/cdr-db-postgresql.log')
    .join('\n')
    .split(/\n(?!\t)/)) {
    const number = /\b601\d{8,9}\b/.exec(record)?.[0]
    if (number !== undefined) note(number, `${record.slice(0, 10)}T${record.slice(11, 23)}+08:00`)
  }
  for (const person of truth.lookups.watched) expect(days.get(person)?.size ?? 0).toBeGreaterThanOrEqual(8)
  const watched = new Set(truth.lookups.watched)
  const clean = [...days].filter(([subscriber]) => !watched.has(subscriber))
  expect(Math.max(...clean.map(([, own]) => own.size))).toBeLessThan(6)
  for (const person of truth.lookups.petty) expect(days.get(person)?.size ?? 0).toBeLessThanOrEqual(3)
})
