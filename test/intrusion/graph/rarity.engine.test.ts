import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { bytesSource } from '../../../src/base/index.ts'
import { eventsTable, loadEvents, readEvents } from '../../../src/events/index.ts'
import { buildEdges } from '../../../src/intrusion/graph/build-edges.ts'
import { edgeLake } from './edge-cases.ts'

/** An invented logon; type 3 every day, what else is asked for beside it. */
function logon(day: number, type: string, user: string): object {
  return {
    Channel: 'Security',
    EventID: '4624',
    Computer: 'APP-01.meridian.example',
    TimeCreated: `2026-03-${String(day).padStart(2, '0')}T09:00:0${type}.000000Z`.replace(':010.', ':10.'),
    TargetUserName: user,
    TargetDomainName: 'MERIDIAN',
    TargetUserSid: `S-1-5-21-1-2-3-${user.length}`,
    TargetLogonId: `0x${day}${type}`,
    LogonType: type,
    IpAddress: '203.0.113.7',
    IpPort: '50000',
  }
}

test('bits come from the prior for a week, then from the share of earlier days with the same kind of edge', async () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'breachline-rarity-'))
  const lake = await edgeLake(directory)
  try {
    const days = Array.from({ length: 10 }, (_, index) => index + 1)
    const events = [
      ...days.map((day) => logon(day, '3', 'r.tan')),
      logon(2, '10', 'r.tan'),
      logon(10, '10', 'r.tan'),
      logon(10, '7', 'r.tan'),
    ]
    const { id } = await lake.load({ key: 'days', tables: [eventsTable] }, async (writer) => {
      const batches = readEvents(bytesSource('in.json', Buffer.from(JSON.stringify(events))))
      await loadEvents({ writer, batches, exhibit: { sha256: 'f'.repeat(64) }, faultsKept: 0 })
    })
    const { load } = await buildEdges({ lake, loads: [id] })
    const rows = await lake.engine.rows<{ day: number; detail: string; bits: number }>(
      "SELECT toDayOfMonth(t0) AS day, detail, round(bits, 2) AS bits FROM edges_into WHERE load_id = {load:UInt64} AND kind = 'logon' ORDER BY t0",
      { load },
    )
    const bits = (day: number, type: string): number | undefined =>
      rows.find((row) => row.day === day && row.detail === `type ${type}`)?.bits
    expect([bits(1, '3'), bits(2, '10'), bits(7, '3')]).toEqual([3, 4, 3])
    // Eighth day: seen on 7 of 7 days before. Tenth: 9 of 9, 1 of 9, never in 9.
    expect(bits(8, '3')).toBeCloseTo(-Math.log2(7.5 / 8), 2)
    expect(bits(10, '3')).toBeCloseTo(-Math.log2(9.5 / 10), 2)
    expect(bits(10, '10')).toBeCloseTo(-Math.log2(1.5 / 10), 2)
    expect(bits(10, '7')).toBeCloseTo(-Math.log2(0.5 / 10), 2)
  } finally {
    await lake.close()
    rmSync(directory, { recursive: true, force: true })
  }
})
