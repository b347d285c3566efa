import { appendFileSync, copyFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { sha256 } from '../../src/base/index.ts'
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
  const text = Buffer.from(lines.join(''))
  expect(closed.map((one) => sha256(text.subarray(one.from, one.to)))).toEqual(closed.map((one) => one.sha256))
  expect(closed.at(-1)?.to).toBe(text.length)
  for (const one of run.entries) {
    if (one.kind !== 'detection') continue
    const segment = closed.find((each) => each.segment === one.segment)
    const line = one.at.kind === 'line' ? one.at.n : 0
    expect(line + (segment?.firstLine ?? 0) - 1).toBe(one.line)
    expect(text.subarray(one.offset, text.indexOf(10, one.offset) + 1).toString()).toBe(lines[(one.line ?? 0) - 1])
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
  const text = join(at.logs, 'letter.txt')
  writeFileSync(text, 'Dear all,\nthis is no log.\n')
  const { faultList, detections } = await following(at, { paths: [text], once: true }).ended
  expect(detections).toBe(0)
  expect(faultList.map((one) => one.code)).toEqual(['not-read'])
  await expect(following(at, { paths: [join(at.folder, 'nowhere', 'a.log')], once: true }).ended).rejects.toThrow(
    'does not exist',
  )
})
