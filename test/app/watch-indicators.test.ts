import { appendFileSync, copyFileSync, mkdirSync, truncateSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { keepIndicators } from '../../src/app/index.ts'
import type { Indicator } from '../../src/app/indicators.ts'
import type { WatchEntry } from '../../src/app/watch-entry.ts'
import { chunkBytes, evtxBytes, filetime, text, type EventSpec } from '../formats/evtx-bytes.ts'
import { following, journal, request, watchFolder } from './watch-run.ts'

const feed: Indicator = {
  kind: 'ip',
  value: '198.51.100.7',
  written: '198.51.100[.]7',
  source: 'invented feed',
  date: '2026-06-30',
  tlp: 'amber',
  pap: 'green',
}
const other: Indicator = { kind: 'ip', value: '198.51.100.8', written: '198.51.100.8', source: 'invented list' }

function keep(workspace: string, some: readonly Indicator[]): void {
  mkdirSync(workspace, { recursive: true })
  const world = { now: () => '2026-07-01T00:00:00.000Z', pid: 1, env: {}, home: workspace, user: 'tester' }
  expect(keepIndicators({ path: (...parts) => join(workspace, ...parts), world }, some, 'tester')).toBe(some.length)
}

const leadsIn = (entries: readonly WatchEntry[]): string[] =>
  entries.flatMap((one) => (one.kind === 'indicator' ? [`${one.indicator.value} line ${one.line}`] : []))

test('kept indicators are leads, with who says so and how far that may travel', async () => {
  const at = watchFolder()
  const log = join(at.logs, 'access.log')
  keep(at.workspace, [feed, { ...feed, source: 'another invented feed', pap: 'red' }])
  writeFileSync(log, request(1, { ip: '198.51.100.70' }) + request(2, { ip: '198.51.100.7', mark: true }) + request(3))
  const run = following(at, { paths: [log], once: true })
  expect(await run.ended).toMatchObject({ detections: 1, leads: 2, indicators: 2, events: 3 })
  expect(run.entries.map((one) => one.kind)).toEqual(['detection', 'indicator', 'indicator', 'segment'])
  const { kind, value, date, tlp, pap } = feed
  expect(run.entries[2]).toEqual({
    seq: 3,
    kind: 'indicator',
    indicator: { kind, value, source: 'invented feed', date, tlp, pap },
    field: 'c-ip',
    time: '2026-07-01T05:00:02.000000Z',
    host: '',
    account: '',
    source: log,
    segment: 1,
    at: { kind: 'line', n: 2 },
    line: 2,
    offset: request(1, { ip: '198.51.100.70' }).length,
  })
  expect(run.entries[1]).toMatchObject({ indicator: { source: 'another invented feed', pap: 'red' } })
})

test('nothing is looked for where nothing is kept, and no store of indicators appears', async () => {
  const at = watchFolder()
  const log = join(at.logs, 'access.log')
  writeFileSync(log, request(2, { ip: '198.51.100.7' }))
  expect(await following(at, { paths: [log], once: true }).ended).toMatchObject({ leads: 0, indicators: 0 })
  expect(() => readFileSync(join(at.workspace, 'indicators.db'))).toThrow('ENOENT')
})

test('an indicator kept while sources are followed is looked for in what arrives from then on', async () => {
  const at = watchFolder()
  const log = join(at.logs, 'access.log')
  writeFileSync(log, request(1, { ip: '198.51.100.8' }) + request(2, { mark: true }))
  const run = following(at, { paths: [log] })
  await run.until('the first lines', (all) => all.length === 1)
  keep(at.workspace, [other])
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  appendFileSync(log, request(3, { ip: '198.51.100.8' }))
  await run.until('the lead', (all) => leadsIn(all).length > 0)
  expect(await run.stop()).toMatchObject({ leads: 1, indicators: 1 })
  expect(leadsIn(run.entries)).toEqual(['198.51.100.8 line 3'])
})

test('killed between the journal and the state: no lead is lost, none told twice', async () => {
  const at = watchFolder()
  const log = join(at.logs, 'access.log')
  const folder = join(at.workspace, 'run', 'watch')
  keep(at.workspace, [feed, other])
  writeFileSync(log, request(1, { ip: '198.51.100.7' }))
  await following(at, { paths: [log], once: true }).ended
  copyFileSync(join(folder, 'state.db'), join(folder, 'state.db.before'))
  appendFileSync(log, request(2, { ip: '198.51.100.7' }) + request(3, { ip: '198.51.100.8' }))
  await following(at, { paths: [log], once: true }).ended
  expect(leadsIn(journal(at.workspace))).toHaveLength(3)
  // As if the last entries were on disk, the very last cut in the middle, and the source had not moved on.
  copyFileSync(join(folder, 'state.db.before'), join(folder, 'state.db'))
  const path = join(folder, 'journal.jsonl')
  truncateSync(path, readFileSync(path, 'utf8').indexOf('\n{"seq":4') + 40)
  appendFileSync(log, request(4, { ip: '198.51.100.8' }))
  const third = following(at, { paths: [log], once: true })
  expect(await third.ended).toMatchObject({ leads: 2 })
  const told = ['198.51.100.7 line 1', '198.51.100.7 line 2', '198.51.100.8 line 3', '198.51.100.8 line 4']
  expect(leadsIn(third.entries)).toEqual(told.slice(2))
  expect(leadsIn(journal(at.workspace))).toEqual(told)
  expect(await following(at, { paths: [log], once: true }).ended).toMatchObject({ leads: 0 })
})

test('a record of an event log is told once, although the file is read whole when it has grown', async () => {
  const at = watchFolder()
  const log = join(at.logs, 'sysmon.evtx')
  keep(at.workspace, [{ kind: 'file', value: 'invented.exe', written: 'invented.exe', source: 'invented list' }])
  const event = (n: number, image: string): EventSpec => ({
    eventId: 1,
    time: filetime(Date.UTC(2026, 6, 1, 5, 20, n)),
    data: [['Image', text(image)]],
  })
  const first = [event(1, 'C:\\a\\invented.exe'), event(2, 'C:\\a\\reinvented.exe')]
  writeFileSync(log, evtxBytes([chunkBytes(first)]))
  expect(await following(at, { paths: [at.logs], once: true }).ended).toMatchObject({ leads: 1 })
  writeFileSync(log, evtxBytes([chunkBytes([...first, event(3, 'C:\\b\\invented.exe')])]))
  const second = following(at, { paths: [at.logs], once: true })
  expect(await second.ended).toMatchObject({ leads: 1 })
  expect(second.entries[0]).toMatchObject({
    kind: 'indicator',
    field: 'Image',
    recordId: 'record 3',
    at: { kind: 'record', n: 3 },
  })
})
