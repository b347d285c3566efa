import { appendFileSync, copyFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { headerOf } from '../../src/app/watch-header.ts'
import { following, journal, marksIn, watchFolder } from './watch-run.ts'

const head = '#Software: invented\n#Fields: date time c-ip cs-method cs-uri-stem cs-uri-query sc-status\n'
const row = (n: number, mark = true): string => `2026-07-01 05:20:0${n} 203.0.113.9 GET /p.asp ${mark ? 'mark' : 'n'}=${n} 200\n`

const header = (before: string, bytes: string, cut: 'lines' | 'headed' | 'table'): string =>
  Buffer.from(headerOf(Buffer.from(before), Buffer.from(bytes), cut)).toString()

test('the header in effect is the last line of each directive, wherever blocks are cut', () => {
  const zeek = '#separator \\x09\n#path\tdns\n#fields\tts\tuid\n#types\ttime\tstring\n'
  const whole = header('', `${zeek}1.5\tC1\n#close\t2026-07-01\n`, 'headed')
  expect(whole).toBe(zeek)
  for (let cut = zeek.indexOf('\n') + 1; cut > 0; cut = zeek.indexOf('\n', cut) + 1) {
    const first = header('', zeek.slice(0, cut), 'headed')
    expect(header(first, `${zeek.slice(cut)}1.5\tC1\n`, 'headed')).toBe(zeek)
  }
  expect(header('#Fields: a b\n', '1 2\n#Remark: nothing\n#Date: 2026-07-02\n3 4\n', 'headed')).toBe(
    '#Fields: a b\n#Date: 2026-07-02\n',
  )
  expect(header('#Fields: a b\n', '1 2\n#Fields: a b c\n1 2 3\n', 'headed')).toBe('#Fields: a b c\n')
  const rwcut = 'sIP|dIP|bytes|\n'
  expect(header('', `${rwcut}192.0.2.1|192.0.2.2|3|\n`, 'headed')).toBe(rwcut)
  expect(header('', 'sudo: nothing\n', 'headed')).toBe('')
})

test('the header of a table is its first line that is not blank, or the last that begins alike', () => {
  expect(header('', '\n\nTime,User\n1,a\n', 'table')).toBe('Time,User\n')
  expect(header('Time,User\n', '2,b\n3,Time\n', 'table')).toBe('Time,User\n')
  expect(header('Time,User\n', '2,b\nTime,User,Host\n3,c,d\n', 'table')).toBe('Time,User,Host\n')
  expect(header('', 'a b\n', 'lines')).toBe('')
})

test('copied and cut, a log under its own header goes on without one', async () => {
  const at = watchFolder()
  const log = join(at.logs, 'ex.log')
  writeFileSync(log, head + row(1))
  const run = following(at, { paths: [log] })
  await run.until('the first', (all) => marksIn(all).length === 1)
  copyFileSync(log, `${log}.1`)
  truncateSync(log, 0)
  appendFileSync(log, row(2, false) + row(3))
  await run.until('what came after the cut', (all) => marksIn(all).length === 2)
  await run.stop()
  appendFileSync(log, row(4))
  const second = following(at, { paths: [log], once: true })
  expect(await second.ended).toMatchObject({ detections: 1, events: 1, faults: 0 })
  expect(second.entries[0]).toMatchObject({ at: { kind: 'line', n: 1 }, line: 3, offset: (row(2, false) + row(3)).length })
  expect(marksIn(journal(at.workspace))).toEqual([1, 3, 4])
})

test('renamed and opened anew without a header, also twice and while nobody looked', async () => {
  const at = watchFolder()
  const log = join(at.logs, 'ex.log')
  writeFileSync(log, head + row(1))
  await following(at, { paths: [log], once: true }).ended
  for (const n of [2, 3]) {
    renameSync(log, `${log}.${9 - n}`)
    writeFileSync(log, row(n))
    const run = following(at, { paths: [log], once: true })
    expect(await run.ended).toMatchObject({ detections: 1, faults: 0 })
    expect(run.entries[0]).toMatchObject({ kind: 'detection', line: 1, offset: 0 })
  }
  // Its own header counts before the one of earlier.
  renameSync(log, `${log}.1`)
  writeFileSync(
    log,
    `#Fields: date time cs-uri-query cs-uri-stem c-ip cs-method sc-status\n2026-07-01 05:20:04 mark=4 /p 203.0.113.9 GET 200\n`,
  )
  expect(await following(at, { paths: [log], once: true }).ended).toMatchObject({ detections: 1, faults: 0 })
  // Something else is not forced under it.
  renameSync(log, `${log}.0`)
  writeFileSync(log, 'Jul  1 05:20:05 host1 sshd[5]: Failed password for root from 203.0.113.9 port 22 ssh2\n'.repeat(3))
  const other = following(at, { paths: [log], once: true })
  const summary = await other.ended
  expect(summary).toMatchObject({ detections: 3, events: 3 })
  expect(summary.faultList.map((one) => one.code)).toEqual(['log-year-assumed'])
  expect(marksIn(journal(at.workspace))).toEqual([1, 2, 3, 4])
})

test('a table goes on under its header: in a later segment, and cut without it', async () => {
  const at = watchFolder()
  writeFileSync(
    join(at.rules, 'sentinel.yml'),
    `title: Invented operation
id: 66666666-6666-4666-8666-666666666666
logsource: { product: windows, service: security }
detection:
  selection: { EventID: 4625 }
  condition: selection
level: low
`,
  )
  const log = join(at.logs, 'events.csv')
  const line = (n: number, id: number): string => `2026-07-01T05:20:0${n}Z,${id},host1,Security\n`
  writeFileSync(log, `TimeGenerated,EventID,Computer,Channel\n${line(1, 4625)}${line(2, 4624)}`)
  expect(await following(at, { paths: [log], once: true }).ended).toMatchObject({ detections: 1, events: 2, faults: 0 })
  appendFileSync(log, line(3, 4625) + line(4, 4624))
  expect(await following(at, { paths: [log], once: true }).ended).toMatchObject({ detections: 1, events: 2, faults: 0 })
  copyFileSync(log, `${log}.1`)
  truncateSync(log, 0)
  appendFileSync(log, line(5, 4624) + line(6, 4625))
  const cut = following(at, { paths: [log], once: true })
  expect(await cut.ended).toMatchObject({ detections: 1, events: 2, faults: 0 })
  expect(cut.entries.find((one) => one.kind === 'detection')).toMatchObject({
    time: '2026-07-01T05:20:06.000000Z',
    host: 'host1',
  })
})
