import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { bytesSource } from '../../src/base/index.ts'
import { eventsTable, loadEvents, readEvents } from '../../src/events/index.ts'
import { openLake } from '../../src/store/index.ts'

test('events land in the lake with their cite, their fields as text, and a flag where they have no time', async () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'breachline-events-'))
  const lake = await openLake({ directory, tables: [eventsTable] })
  try {
    const lines = [
      {
        '@timestamp': '2024-03-01T10:20:30.123456Z',
        host: { name: 'APP01' },
        user: { name: "O'Neil \\ \t\u0000" },
        'a.b': 1,
      },
      { host: { name: 'app01' }, note: 'no time' },
      { '@timestamp': '9999-01-01T00:00:00Z', host: { name: 'app01' } },
    ]
    const source = bytesSource(
      'in.json',
      Buffer.from(
        lines
          .map((line) => JSON.stringify(line))
          .join('\n')
          .replace('"a.b":1', '"a.b":9007199254740993'),
      ),
    )
    const seen: number[] = []
    const load = { key: 'k', tables: [eventsTable] }
    let loaded: Awaited<ReturnType<typeof loadEvents>> | undefined
    const { id } = await lake.load(load, async (writer) => {
      loaded = await loadEvents({
        writer,
        batches: readEvents(source),
        exhibit: { sha256: 'f'.repeat(64) },
        faultsKept: 10,
        see: (batch) => seen.push(batch.length),
      })
    })
    expect(loaded).toMatchObject({ events: 3, faults: 1 })
    expect(seen.reduce((sum, count) => sum + count, 0)).toBe(3)
    const rows = await lake.engine.rows(
      "SELECT unit, n, toString(time) AS time, timed, host, account, fields['a.b'] AS big, fields['user.name'] AS user, mapKeys(fields) AS names, exhibit FROM events WHERE load_id = {load:UInt64} ORDER BY n",
      { load: id },
    )
    expect(rows).toMatchObject([
      {
        unit: 'line',
        n: '1',
        time: '2024-03-01 10:20:30.123456',
        timed: true,
        host: 'app01',
        big: '9007199254740993',
        user: "O'Neil \\ \t\u0000",
        exhibit: 'f'.repeat(64),
      },
      { n: '2', timed: false, time: '1970-01-01 00:00:00.000000' },
      { n: '3', timed: false },
    ])
  } finally {
    await lake.close()
    rmSync(directory, { recursive: true, force: true })
  }
})
