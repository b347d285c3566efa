import { appendFileSync, copyFileSync, readFileSync, renameSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { sha256 } from '../../src/base/index.ts'
import { chunkBytes, evtxBytes, filetime, text, type EventSpec } from '../formats/evtx-bytes.ts'
import { following, journal, marksIn, request, watchFolder } from './watch-run.ts'

const marked = (n: number): string => request(n, { mark: true })

test('lines are told as they are written; one without its end waits for it', async () => {
  const at = watchFolder()
  const log = join(at.logs, 'access.log')
  writeFileSync(log, `\uFEFF${request(0)}${marked(1)}`)
  const run = following(at, { paths: [log] })
  await run.until('what was there', (all) => marksIn(all).length === 1)
  const second = marked(2)
  appendFileSync(log, request(3) + second.slice(0, 60))
  appendFileSync(log, request(4).slice(0, 0))
  await new Promise((resolve) => setTimeout(resolve, 600))
  expect(marksIn(run.entries)).toEqual([1])
  const written = performance.now()
  appendFileSync(log, second.slice(60))
  await run.until('the end of the line', (all) => marksIn(all).length === 2)
  // A second is the aim; the machine that runs tests may be busy.
  expect(performance.now() - written).toBeLessThan(5_000)
  const summary = await run.stop()
  expect(summary).toMatchObject({ events: 4, detections: 2, correlations: 0, segments: 1, faults: 0 })
  const [first, other] = run.entries
  expect(first).toMatchObject({ kind: 'detection', seq: 1, source: log, segment: 1, at: { kind: 'line', n: 2 }, line: 2 })
  expect(other).toMatchObject({ seq: 2, line: 4, offset: Buffer.byteLength(`\uFEFF${request(0)}${marked(1)}${request(3)}`) })
  expect(journal(at.workspace)).toEqual(run.entries)
})

test('what is left unfinished at the end is read by the next run, and nothing else', async () => {
  const at = watchFolder()
  const log = join(at.logs, 'access.log')
  writeFileSync(log, marked(1) + marked(2).slice(0, 30))
  expect(await following(at, { paths: [log], once: true }).ended).toMatchObject({ detections: 1, events: 1 })
  appendFileSync(log, marked(2).slice(30))
  expect(await following(at, { paths: [log], once: true }).ended).toMatchObject({ detections: 1, events: 1 })
  expect(await following(at, { paths: [log], once: true }).ended).toMatchObject({ detections: 0, events: 0 })
  expect(marksIn(journal(at.workspace))).toEqual([1, 2])
})

test('renamed, copied and cut, removed: the rest of the old file and all of the new one are read once', async () => {
  const at = watchFolder()
  const log = join(at.logs, 'access.log')
  writeFileSync(log, marked(1))
  const run = following(at, { paths: [at.logs] })
  await run.until('the first', (all) => marksIn(all).length === 1)
  // Written after the rename to the old file, and to the new one.
  renameSync(log, `${log}.1`)
  appendFileSync(`${log}.1`, marked(2))
  writeFileSync(log, marked(3))
  await run.until('both files', (all) => marksIn(all).length === 3)
  appendFileSync(log, marked(4))
  copyFileSync(log, join(at.logs, 'access.log-20260701'))
  truncateSync(log, 0)
  appendFileSync(log, marked(5))
  await run.until('what was cut', (all) => marksIn(all).length === 5)
  // Cut and longer than before by the time it is looked at.
  copyFileSync(log, `${log}.2`)
  truncateSync(log, 0)
  appendFileSync(log, marked(6) + marked(7) + marked(8))
  await run.until('what came after the cut', (all) => marksIn(all).length === 8)
  writeFileSync(`${log}.3.gz`, gzipSync(marked(9)))
  writeFileSync(join(at.logs, 'notes.txt'), 'Nothing of a log.\n')
  rmSync(log)
  await run.until('the end of the file', (all) => all.some((one) => one.kind === 'segment' && one.why === 'removed'))
  writeFileSync(log, marked(10))
  await run.until('the file anew', (all) => marksIn(all).includes(10))
  const summary = await run.stop()
  expect(marksIn(run.entries).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 10])
  expect(summary).toMatchObject({ detections: 9, passedOver: 1, sources: 1 })
  const closed = run.entries.flatMap((one) => (one.kind === 'segment' ? [one] : []))
  expect(closed.map((one) => one.why)).toEqual(['rotated', 'truncated', 'truncated', 'removed', 'stopped'])
  expect(closed[0]).toMatchObject({ segment: 1, from: 0, sha256: sha256(Buffer.from(marked(1) + marked(2))) })
})

test('segments end by size; detections tell the line in the segment and in the file', async () => {
  const at = watchFolder()
  const log = join(at.logs, 'access.log')
  const lines = Array.from({ length: 40 }, (_, n) => request(n, { mark: n % 10 === 0 }))
  const run = following(at, { paths: [log], segmentBytes: 1_000 })
  await run.ready
  for (const line of lines) {
    appendFileSync(log, line)
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
  await run.until('all of them', (all) => marksIn(all).length === 4)
  await run.stop()
  const closed = run.entries.flatMap((one) => (one.kind === 'segment' ? [one] : []))
  expect(closed.length).toBeGreaterThan(1)
  const whole = Buffer.from(lines.join(''))
  expect(closed.map((one) => sha256(whole.subarray(one.from, one.to)))).toEqual(closed.map((one) => one.sha256))
  expect(closed.at(-1)?.to).toBe(whole.length)
  for (const one of run.entries) {
    if (one.kind !== 'detection') continue
    const segment = closed.find((each) => each.segment === one.segment)
    const line = one.at.kind === 'line' ? one.at.n : 0
    expect(line + (segment?.firstLine ?? 0) - 1).toBe(one.line)
    expect(whole.subarray(one.offset, whole.indexOf(10, one.offset) + 1).toString()).toBe(lines[(one.line ?? 0) - 1])
  }
})

test('a log under its own header is read on in a later segment', async () => {
  const at = watchFolder()
  const log = join(at.logs, 'ex.log')
  const row = (n: number, mark: boolean): string =>
    `2026-07-01 05:20:0${n} 203.0.113.9 GET /p.asp ${mark ? 'mark' : 'n'}=${n} 200\n`
  writeFileSync(log, `#Software: invented\n#Fields: date time c-ip cs-method cs-uri-stem cs-uri-query sc-status\n${row(1, true)}`)
  await following(at, { paths: [log], once: true }).ended
  appendFileSync(log, row(2, false) + row(3, true))
  const second = following(at, { paths: [log], once: true })
  expect(await second.ended).toMatchObject({ events: 2, detections: 1 })
  expect(second.entries[0]).toMatchObject({ kind: 'detection', segment: 2, at: { n: 2 }, line: 5 })
  expect(marksIn(journal(at.workspace))).toEqual([1, 3])
})

test('a correlation is told when its condition first holds, once for its stretch, across runs and sources', async () => {
  const at = watchFolder()
  const [one, two] = [join(at.logs, 'a.log'), join(at.logs, 'b.log')]
  const hit = (n: number, ip: string): string => request(n, { mark: true, ip })
  writeFileSync(one, hit(1, '198.51.100.1') + hit(5, '198.51.100.2') + hit(6, '198.51.100.2'))
  writeFileSync(two, hit(3, '198.51.100.1'))
  expect(await following(at, { paths: [one, two], once: true }).ended).toMatchObject({ correlations: 0 })
  // Earlier than what was read before: the order of arrival does not matter.
  appendFileSync(two, hit(2, '198.51.100.1'))
  expect(await following(at, { paths: [one, two], once: true }).ended).toMatchObject({ correlations: 1 })
  appendFileSync(one, hit(9, '198.51.100.1'))
  expect(await following(at, { paths: [one, two], once: true }).ended).toMatchObject({ correlations: 0 })
  appendFileSync(one, hit(1200, '198.51.100.2') + hit(1201, '198.51.100.2') + hit(1202, '198.51.100.2'))
  expect(await following(at, { paths: [one, two], once: true }).ended).toMatchObject({ correlations: 1 })
  const told = journal(at.workspace).flatMap((each) => (each.kind === 'correlation' ? [each] : []))
  expect(told.map((each) => [each.fields['c-ip'], each.correlation.count, each.time])).toEqual([
    ['198.51.100.1', 3, '2026-07-01T05:00:03.000000Z'],
    ['198.51.100.2', 3, '2026-07-01T05:20:02.000000Z'],
  ])
})

test('files that are no logs are named and not followed; a path that cannot be is refused', async () => {
  const at = watchFolder()
  const letter = join(at.logs, 'letter.txt')
  writeFileSync(letter, 'Dear all,\nthis is no log.\n')
  const warned: string[] = []
  const run = following(at, { paths: [letter], once: true, warn: (one) => warned.push(one.where.file) })
  const { faultList, detections } = await run.ended
  expect(warned).toEqual([letter])
  expect(detections).toBe(0)
  expect(faultList.map((one) => one.code)).toEqual(['not-read'])
  await expect(following(at, { paths: [join(at.folder, 'nowhere', 'a.log')], once: true }).ended).rejects.toThrow(
    'does not exist',
  )
})

test('killed between the journal and the state: the journal decides, and a line cut in it counts as never written', async () => {
  const at = watchFolder()
  const log = join(at.logs, 'access.log')
  const state = join(at.workspace, 'run', 'watch', 'state.db')
  writeFileSync(log, marked(1))
  await following(at, { paths: [log], once: true }).ended
  copyFileSync(state, `${state}.before`)
  appendFileSync(log, marked(2) + marked(3))
  await following(at, { paths: [log], once: true }).ended
  // As if the last entries were on disk and the source had not moved on.
  copyFileSync(`${state}.before`, state)
  const path = join(at.workspace, 'run', 'watch', 'journal.jsonl')
  truncateSync(path, readFileSync(path, 'utf8').indexOf('\n{"seq":4') + 40)
  appendFileSync(log, marked(4))
  const third = following(at, { paths: [log], once: true })
  expect(await third.ended).toMatchObject({ detections: 2 })
  expect(marksIn(third.entries)).toEqual([3, 4])
  const all = journal(at.workspace)
  expect(marksIn(all)).toEqual([1, 2, 3, 4])
  expect(all.map((one) => one.seq)).toEqual([1, 2, 3, 4, 5, 6, 7])
  // A journal that lost what the state counts is refused.
  truncateSync(path, 10)
  await expect(following(at, { paths: [log], once: true }).ended).rejects.toThrow('shorter')
})

test('files that came and went while nobody looked are read, packed ones are not', async () => {
  const at = watchFolder()
  const log = join(at.logs, 'access.log')
  writeFileSync(log, marked(1))
  await following(at, { paths: [log], once: true }).ended
  appendFileSync(log, marked(2))
  renameSync(log, `${log}.4`)
  for (const n of [3, 4, 5]) {
    await new Promise((resolve) => setTimeout(resolve, 20))
    writeFileSync(`${log}.${6 - n}`, marked(n))
  }
  writeFileSync(`${log}.5.gz`, gzipSync(marked(9)))
  writeFileSync(log, marked(6))
  const second = following(at, { paths: [at.logs], once: true })
  expect(await second.ended).toMatchObject({ detections: 5, sources: 1 })
  expect(marksIn(second.entries)).toEqual([2, 3, 4, 5, 6])
  expect(await following(at, { paths: [at.logs], once: true }).ended).toMatchObject({ detections: 0 })
})

test('records of the audit system are told when their event is silent, and joined', async () => {
  const at = watchFolder()
  writeFileSync(
    join(at.rules, 'audit.yml'),
    `title: Invented program
id: 44444444-4444-4444-8444-444444444444
logsource: { product: linux, service: auditd }
detection:
  selection: { type: EXECVE, exe|endswith: /invented }
  condition: selection
level: low
`,
  )
  const log = join(at.logs, 'audit.log')
  const event = (n: number): string =>
    `type=SYSCALL msg=audit(1782883200.00${n}:${n}): arch=c000003e syscall=59 success=yes exit=0 ppid=1 pid=2 auid=1000 uid=0 comm="invented" exe="/usr/bin/invented"\n` +
    `type=EXECVE msg=audit(1782883200.00${n}:${n}): argc=2 a0="invented" a1="--all"\n`
  writeFileSync(log, event(1))
  const run = following(at, { paths: [log] })
  await run.until('the first event', (all) => all.length === 1)
  appendFileSync(log, event(2))
  await run.until('the second event', (all) => all.length === 2)
  await run.stop()
  expect(run.entries.slice(0, 2)).toMatchObject([
    { title: 'Invented program', at: { n: 2 }, line: 2 },
    { title: 'Invented program', at: { n: 4 }, line: 4 },
  ])
})

test('an event log is read when it is at rest, and what was told before is not told again when it has grown', async () => {
  const at = watchFolder()
  writeFileSync(
    join(at.rules, 'process.yml'),
    `title: Invented process
id: 55555555-5555-4555-8555-555555555555
logsource: { product: windows, category: process_creation }
detection:
  selection: { Image|endswith: \\invented.exe }
  condition: selection
level: low
`,
  )
  const log = join(at.logs, 'sysmon.evtx')
  const event = (n: number, image: string): EventSpec => ({
    eventId: 1,
    time: filetime(Date.UTC(2026, 6, 1, 5, 20, n)),
    data: [['Image', text(image)]],
  })
  const first = [event(1, 'C:\\a\\invented.exe'), event(2, 'C:\\a\\other.exe')]
  writeFileSync(log, evtxBytes([chunkBytes(first)]))
  const run = following(at, { paths: [at.logs] })
  await run.until('the first', (all) => all.some((one) => one.kind === 'segment'))
  writeFileSync(log, evtxBytes([chunkBytes([...first, event(3, 'C:\\b\\invented.exe')])]))
  await run.until('the third', (all) => all.filter((one) => one.kind === 'segment').length === 2)
  utimesSync(log, 1_782_883_200, 1_782_883_200)
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(await run.stop()).toMatchObject({ detections: 2, segments: 2, sources: 1 })
  expect(run.entries).toMatchObject([
    { title: 'Invented process', segment: 1, at: { kind: 'record', n: 1 }, recordId: 'record 1' },
    { kind: 'segment', segment: 1, from: 0, why: 'settled' },
    { title: 'Invented process', segment: 2, at: { kind: 'record', n: 3 }, recordId: 'record 3' },
    { kind: 'segment', segment: 2 },
  ])
  expect(await following(at, { paths: [at.logs], once: true }).ended).toMatchObject({ detections: 0, segments: 0 })
})
