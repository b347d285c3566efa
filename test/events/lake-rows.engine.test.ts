import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bytesSource, fileSource, sha256, type ByteSource } from '../../src/base/index.ts'
import { eventsTable, loadEvents, readEvents } from '../../src/events/index.ts'
import { openLake, type Lake } from '../../src/store/index.ts'
import { eventRow } from './json-row.ts'

const cases = path.resolve(import.meta.dirname, '../cases/events')
const shared = path.resolve(import.meta.dirname, '../../../shared/data')

let lake: Lake
let directory = ''
beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'breachline-lake-rows-'))
  lake = await openLake({ directory, tables: [eventsTable] })
})
afterAll(async () => {
  await lake.close()
  rmSync(directory, { recursive: true, force: true })
})

/** Columns of both ways, with fields in one order; times without the digits that no event has. */
const whole = Object.keys(eventsTable.columns)
  .map((name) => (name === 'fields' ? 'mapSort(fields) AS fields' : name))
  .join(', ')

interface Log {
  readonly name: string
  readonly open: () => ByteSource | Promise<ByteSource>
}

/** Stores logs twice: by blocks from rows, and by JSON from whole events; gives what only one of them holds. */
async function apart(key: string, logs: readonly Log[]): Promise<{ rows: number; only: unknown[] }> {
  const exhibitOf = ({ name }: Log) => ({ sha256: sha256(name), member: `a "member"\t${name}` })
  const quick = await lake.load({ key: `quick:${key}`, tables: [eventsTable] }, async (writer) => {
    for (const log of logs)
      await loadEvents({
        writer,
        batches: readEvents(await log.open(), { rows: true }),
        exhibit: exhibitOf(log),
        faultsKept: 0,
      })
  })
  const careful = await lake.load({ key: `careful:${key}`, tables: [eventsTable] }, async (writer) => {
    const rows: object[] = []
    for (const log of logs)
      for await (const batch of readEvents(await log.open(), { rows: true })) {
        const { sha256: exhibit, member } = exhibitOf(log)
        rows.push(...batch.records.map((event) => eventRow(event, exhibit, member)))
      }
    await writer.insert(eventsTable, [rows])
  })
  const of = (load: string): string => `SELECT ${whole} FROM events WHERE load_id = ${load}`
  const [first, second] = [BigInt(quick.id).toString(), BigInt(careful.id).toString()] as [string, string]
  const only = await lake.engine.rows(
    `SELECT * FROM ((${of(first)}) EXCEPT (${of(second)})) LIMIT 3 UNION ALL SELECT * FROM ((${of(second)}) EXCEPT (${of(first)})) LIMIT 3`,
  )
  const [count] = await lake.engine.rows<{ rows: string; other: string }>(
    `SELECT countIf(load_id = ${first}) AS rows, countIf(load_id = ${second}) AS other FROM events`,
  )
  expect(count?.rows).toBe(count?.other)
  return { rows: Number(count?.rows), only }
}

test('every log of the cases is stored by blocks as it is by JSON', async () => {
  const logs = readdirSync(cases).flatMap((name) =>
    readdirSync(path.join(cases, name))
      .filter((one) => one.startsWith('in.'))
      .map((file): Log => ({ name: `${name}/${file}`, open: () => fileSource(path.join(cases, name, file), file) })),
  )
  const stored = await apart('cases', logs)
  expect(stored.only).toEqual([])
  expect(stored.rows).toBeGreaterThan(300)
}, 120_000)

test('texts with signs of every kind, long ones and none at all are stored as they are', async () => {
  const odd = [
    '',
    'a\u0000b',
    '\\',
    '"quoted"',
    'tab\tline\nend',
    '\u00e9\u4e2d\ud83d\ude00',
    'x'.repeat(127),
    'y'.repeat(128),
    'z'.repeat(16_384),
    '\\\\'.repeat(9_000),
  ]
  const line = (at: number): string =>
    JSON.stringify({
      '@timestamp': `2024-03-01T10:20:3${at % 10}.1Z`,
      Channel: 'Security',
      EventID: 4624,
      Computer: 'dc01.corp.example',
      TargetUserName: odd[at % odd.length],
      Note: odd[(at * 7 + 3) % odd.length],
      List: ['a', null, 1],
      Nothing: null,
      Yes: true,
    }).replace('"Yes"', at % 3 === 0 ? '"Yes"' : '"Y\u0065s"')
  const text = Array.from({ length: 60 }, (_, at) => line(at)).join('\n')
  const stored = await apart('odd', [{ name: 'odd', open: () => bytesSource('odd.json', Buffer.from(text)) }])
  expect(stored).toEqual({ rows: 60, only: [] })
})

test('values that stay and values that change from one record to the next are stored as they are, members worked out of them among them', async () => {
  const pick = <T>(all: readonly T[], at: number): T => all[((at * 2_654_435_761) >>> 7) % all.length] as T
  const line = (at: number): string => {
    const kind = pick(['sysmon', 'security', 'other'], at >> 2)
    const day = String(1 + (at % 31)).padStart(2, '0')
    const common = {
      '@timestamp': pick(
        [
          `2024-01-${day}T10:20:30.123456789Z`,
          `1985-01-${day}T10:20:30.1Z`,
          `2024-03-${day}T23:59:59Z`,
          '2024-02-29T01:02:03.004Z',
        ],
        at,
      ),
      Computer: pick(['dc01.corp.example', 'DC01.corp.example', 'ws-07', '10.1.2.3'], at >> 3),
    }
    if (kind === 'sysmon')
      return JSON.stringify({
        ...common,
        Channel: 'Microsoft-Windows-Sysmon/Operational',
        EventID: pick([1, 3], at >> 4),
        Image: pick(['C:\\Windows\\System32\\cmd.exe', 'C:\\a\\\u00e9.exe', ''], at >> 1),
        CommandLine: pick(['cmd /c "dir"', `x${'y'.repeat(at % 300)}`, '', 'tab\there'], at >> 1),
        User: pick(['CORP\\one', 'two', '-'], at >> 2),
        DestinationIp: pick(['10.0.0.1', '::ffff:10.0.0.2', '-'], at),
        DestinationPort: pick(['443', 80, 'none'], at >> 1),
        Same: 'the same in all of them, '.repeat(40),
      })
    if (kind === 'security')
      return JSON.stringify({
        ...common,
        Channel: 'Security',
        EventID: pick([4624, 4688], at >> 3),
        SubjectDomainName: 'CORP',
        SubjectUserName: pick(['one', '-', ''], at),
        TargetUserName: pick(['-', 'two', 'TWO$'], at >> 1),
        TargetDomainName: pick(['', 'CORP'], at >> 2),
        NewProcessName: 'C:\\Windows\\explorer.exe',
        MandatoryLabel: pick(['S-1-16-8192', 'S-1-16-1', ''], at),
        IpAddress: pick(['10.0.0.9', '-'], at >> 1),
      })
    return JSON.stringify({ ...common, message: `line ${at >> 2}` })
  }
  const text = Array.from({ length: 3_000 }, (_, at) => line(at)).join('\n')
  const stored = await apart('changing', [{ name: 'changing', open: () => bytesSource('changing.json', Buffer.from(text)) }])
  expect(stored).toEqual({ rows: 3_000, only: [] })
})

const samples = [
  'evtx-samples/Credential Access/ACL_ForcePwd_SPNAdd_User_Computer_Accounts.evtx',
  'evtx-samples/Lateral Movement/LM_wsman_WinRM-PowerShell_target.evtx',
].map((one) => path.join(shared, one))
const there = samples.filter((one) => existsSync(one))
test.skipIf(there.length === 0)(
  `event logs are stored by blocks as they are by JSON${there.length === 0 ? ' (skipped: no shared data)' : ''}`,
  async () => {
    const stored = await apart(
      'samples',
      there.map((file) => ({ name: file, open: () => fileSource(file, path.basename(file)) })),
    )
    expect(stored.only).toEqual([])
    expect(stored.rows).toBeGreaterThan(0)
  },
)
