import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { eventsTable } from '../../../src/events/index.ts'
import { findMoves, type FoundMoves } from '../../../src/intrusion/moves/find-moves.ts'
import { openLake } from '../../../src/store/index.ts'

const begin = Date.parse('2026-03-02T08:00:00Z')
const hosts = Array.from({ length: 8 }, (_, n) => `host-${n}`)
const addressOf = (host: string): string => `10.0.0.${hosts.indexOf(host) + 1}`

type Row = Readonly<Record<string, unknown>>

/** Records of reaching all day, some of them of the same minutes, sessions and bursts as what shows control; the same each time. */
function records(): Row[] {
  const rows: Row[] = []
  let state = 20261123
  const pick = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return Math.floor((state / 0x80000000) * below)
  }
  const add = (seconds: number, row: Row): void => {
    const time = new Date(begin + seconds * 1000).toISOString().replace('Z', '000Z')
    const n = rows.length + 1
    rows.push({ exhibit: 'a'.repeat(64), unit: 'record', n, time, timed: true, zone: 'stated', bytes_out: -1, ...row })
  }
  const security = { product: 'windows', service: 'security', channel: 'Security', class: 'authentication' }
  const logon = (seconds: number, from: string, to: string, session: string, account = 'corp\\mei'): void =>
    add(seconds, {
      ...security,
      host: to,
      event_id: '4624',
      account,
      source_ip: addressOf(from),
      fields: { LogonType: '3', TargetLogonId: session },
    })
  const service = (seconds: number, host: string): void =>
    add(seconds, {
      product: 'windows',
      service: 'system',
      channel: 'System',
      class: 'service',
      host,
      event_id: '7045',
      fields: {},
    })
  for (let index = 0; index < 400; index += 1) {
    const [from, to] = [hosts[pick(8)] as string, hosts[pick(8)] as string]
    const at = pick(12 * 3600)
    logon(at, from, to, `0x${index}`, pick(3) === 0 ? 'corp\\ana' : 'corp\\mei')
    if (index % 4 === 0)
      add(at + pick(90), {
        ...security,
        host: 'host-0',
        event_id: '4769',
        account: 'mei@corp.example',
        source_ip: addressOf(from),
        fields: { ServiceName: `${to.toUpperCase()}$` },
      })
    if (index % 5 === 0)
      add(at - pick(90), {
        product: 'windows',
        service: 'sysmon',
        channel: 'Microsoft-Windows-Sysmon/Operational',
        class: 'network',
        host: from,
        event_id: '3',
        account: 'corp\\mei',
        process: 'C:\\Windows\\System32\\cmd.exe',
        source_ip: addressOf(from),
        target_ip: addressOf(to),
        target_port: [445, 135, 5985][pick(3)],
        fields: { Initiated: 'true' },
      })
    if (index % 7 === 0)
      add(at + pick(60), {
        ...security,
        host: from,
        event_id: '4648',
        account: 'corp\\mei',
        fields: { TargetServerName: `${to}.corp.example`, TargetUserName: 'ana', TargetDomainName: 'CORP' },
      })
    if (index % 9 === 0) service(at + pick(120), to)
    if (index % 11 === 0)
      add(at + 3600 + pick(3600), {
        product: 'windows',
        service: 'sysmon',
        channel: 'Microsoft-Windows-Sysmon/Operational',
        class: 'process',
        host: to,
        event_id: '1',
        account: 'corp\\mei',
        process: 'C:\\Windows\\System32\\whoami.exe',
        fields: { LogonId: `0x${index}` },
      })
    if (index % 13 === 0)
      add(at + 5, {
        ...security,
        host: to,
        event_id: '4625',
        account: 'corp\\ana',
        source_ip: addressOf(from),
        fields: { LogonType: '3' },
      })
  }
  // One burst of an hour and a half, and control shown once in the middle of it.
  for (let at = 0; at < 5400; at += 45) logon(30_000 + at, 'host-6', 'host-7', `0xa${at}`)
  add(32_705, {
    ...security,
    class: 'file',
    host: 'host-7',
    event_id: '5145',
    account: 'corp\\mei',
    source_ip: addressOf('host-6'),
    fields: { ShareName: '\\\\*\\IPC$', RelativeTargetName: 'svcctl', AccessMask: '0x3' },
  })
  service(32_710, 'host-7')
  return rows
}

test('read only where something tells of control, the same moves and attempts are found as among all records', async () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'breachline-narrow-'))
  const lake = await openLake({ directory, tables: [eventsTable] })
  try {
    const { id } = await lake.load({ key: 'made', tables: [eventsTable] }, async (writer) => {
      await writer.insert(eventsTable, [records()])
    })
    const asked: string[] = []
    const find = (narrowFrom: number): Promise<FoundMoves> =>
      findMoves({
        engine: { ...lake.engine, rows: (sql, params) => (asked.push(sql), lake.engine.rows(sql, params)) },
        loads: [id],
        from: '2026-03-02T00:00:00.000000Z',
        to: '2026-03-03T23:59:59.000000Z',
        nameOf: (address) => hosts.find((host) => addressOf(host) === address) ?? address,
        addressesOf: (of) => hosts.filter((host) => of.has(host)).map(addressOf),
        timeOf: (_, text) => `${text.replace(' ', 'T')}Z`,
        skewMs: 0,
        fileOf: (sha256) => sha256,
        watch: {},
        narrowFrom,
      })
    const all = await find(Number.POSITIVE_INFINITY)
    const few = asked.length
    const narrow = await find(0)
    expect(asked.length - few).toBeGreaterThan(few)
    expect(all.moves.length).toBeGreaterThan(20)
    expect(all.attempts.length).toBeGreaterThan(3)
    expect(narrow).toEqual(all)
    const long = narrow.moves.find(
      (move) => move.from === 'host-6' && move.to === 'host-7' && move.means.includes('service installed'),
    )
    expect(long?.cites).toHaveLength(8)
  } finally {
    await lake.close()
    rmSync(directory, { recursive: true, force: true })
  }
}, 60_000)
