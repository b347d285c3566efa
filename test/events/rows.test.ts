import { existsSync, readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesSource, collect, fileSource, type ByteSource } from '../../src/base/index.ts'
import { readEvents, wholeEvent } from '../../src/events/index.ts'
import { unpackArchive } from '../../src/formats/index.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'

async function bothWays(
  source: ByteSource,
): Promise<{ careful: Awaited<ReturnType<typeof events>>; quick: Awaited<ReturnType<typeof events>> }> {
  return { careful: await events(source, false), quick: await events(source, true) }
}

async function events(source: ByteSource, rows: boolean): Promise<{ records: object[]; faults: unknown[]; rows: number }> {
  const { records, faults } = await collect(readEvents(source, { rows, host: 'Collector-1' }))
  return {
    records: records.map(wholeEvent),
    faults: faults.toSorted((a, b) => (a.where.line ?? 0) - (b.where.line ?? 0)),
    rows: records.filter((one) => 'row' in one).length,
  }
}

function lines(...values: readonly (object | string)[]): ByteSource {
  const text = values.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('\n')
  return bytesSource('generated.ndjson', Buffer.from(`${text}\n`))
}

const creation = {
  Channel: 'Security',
  EventID: 4688,
  Hostname: 'WS-07.meridian.example',
  '@timestamp': '2026-10-04T01:02:03.456Z',
  SourceName: 'Microsoft-Windows-Security-Auditing',
  NewProcessName: 'C:\\Windows\\System32\\nbtscan.exe',
  SubjectUserName: 'a.rahman',
  SubjectDomainName: 'MERIDIAN',
  TargetUserName: '-',
  MandatoryLabel: 'S-1-16-12288',
  Keywords: -9223372036854775808,
}

test('a second record of a known layout is a row, and reads as the careful way reads it', async () => {
  const { careful, quick } = await bothWays(lines(creation, { ...creation, NewProcessName: 'C:\\a "b"\\ü\u0007.exe' }, creation))
  expect(quick.rows).toBe(2)
  expect(quick.records).toEqual(careful.records)
  expect(quick.faults).toEqual(careful.faults)
})

test('numbers stay as written, lists become lines, null becomes nothing', async () => {
  const record = `{"Channel":"System","EventID":7045,"Hostname":"ws-1","Keywords":-9223372036854775808,"Ratio":1.50,"Tags":["a",2,null],"None":[],"Empty":null,"@timestamp":"2026-10-04T01:02:03Z"}`
  const { careful, quick } = await bothWays(lines(record, record))
  expect(quick.rows).toBe(1)
  expect(quick.records).toEqual(careful.records)
  expect(quick.records[1]).toMatchObject({
    fields: { Keywords: '-9223372036854775808', Ratio: '1.50', Tags: 'a\n2\n', None: '', Empty: '' },
  })
})

test('Winlogbeat records nest, and read the same', async () => {
  const record = (image: string): object => ({
    '@timestamp': '2026-10-04T01:02:03.456Z',
    host: { name: 'ws-1' },
    event: { code: '1' },
    winlog: { channel: 'Microsoft-Windows-Sysmon/Operational', event_data: { Image: image, User: 'MERIDIAN\\x', Empty: {} } },
  })
  const { careful, quick } = await bothWays(lines(record('a'), record('b'), record('c')))
  expect(quick.rows).toBe(2)
  expect(quick.records).toEqual(careful.records)
})

test('a record that breaks its layout is read with care: doubled keys, deeper objects, missing ends', async () => {
  const good = `{"Channel":"System","EventID":1,"TimeCreated":"2026-10-04T01:02:03Z","a":"x","b":"y"}`
  const { careful, quick } = await bothWays(
    lines(
      good,
      good,
      `{"Channel":"System","EventID":1,"TimeCreated":"2026-10-04T01:02:03Z","a":"x","a":"y"}`,
      `{"Channel":"System","EventID":1,"TimeCreated":"2026-10-04T01:02:03Z","a":"x","b":{"c":"y"}}`,
      `{"Channel":"System","EventID":1,"TimeCreated":"2026-10-04T01:02:03Z","a":"x","b":[{"c":1}]}`,
      `{"Channel":"System","EventID":1,"TimeCreated":"2026-10-04T01:02:03Z","a":"x","b":"y"`,
      `{"Channel":"System","EventID":1,"TimeCreated":"2026-10-04T01:02:03Z","a":"x","b":01}`,
      `{"Channel":"System","EventID":1,"TimeCreated":"2026-10-04T01:02:03Z","a":"x","b":tru}`,
      `{"Channel":"System","EventID":1,"TimeCreated":"2026-10-04T01:02:03Z","a":"x","b":"y"}}`,
      `{"Channel":"System","EventID":1,"TimeCreated":"2026-10-04T01:02:03Z","a":"x","b":"y"} x`,
      good,
    ),
  )
  expect(quick.records).toEqual(careful.records)
  expect(quick.faults).toEqual(careful.faults)
  expect(quick.rows).toBe(2)
})

test('times without zone, and clocks that differ, are told alike', async () => {
  const sysmon = { Channel: 'Microsoft-Windows-Sysmon/Operational', EventID: 3, Hostname: 'ws-1' }
  const { careful, quick } = await bothWays(
    lines(
      { ...sysmon, '@timestamp': '2026-10-04T09:02:03Z', UtcTime: '2026-10-04 01:02:03.456' },
      { ...sysmon, '@timestamp': '2026-10-04T09:02:03Z', UtcTime: '2026-10-04 01:02:03.456' },
      { ...sysmon, '@timestamp': '2026-10-04 09:02:03', UtcTime: '2026-10-04 01:02:03.456' },
      { ...sysmon, '@timestamp': 'yesterday', UtcTime: '' },
    ),
  )
  expect(quick.records).toEqual(careful.records)
  expect(quick.faults).toEqual(careful.faults)
  // The first is learned from, the last has no time.
  expect(quick.rows).toBe(2)
})

test('any records of a few layouts read alike both ways', async () => {
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('C:\\Windows\\x.exe', '\\', '"', 'K', '\u2028'),
  )
  const value = fc.oneof(
    text,
    fc.integer(),
    fc.double({ noNaN: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(fc.oneof(text, fc.integer()), { maxLength: 3 }),
  )
  const record = fc.record(
    {
      Channel: fc.constantFrom('Security', 'System', 'Microsoft-Windows-Sysmon/Operational'),
      EventID: fc.constantFrom(1, 12, 4688, '4624'),
      TimeCreated: fc.constantFrom('2026-10-04T01:02:03.1Z', 'x'),
      a: value,
      b: value,
      EventType: fc.constantFrom('CreateKey', 'INFO'),
    },
    { requiredKeys: ['Channel', 'EventID'] },
  )
  await fc.assert(
    fc.asyncProperty(fc.array(record, { maxLength: 12 }), async (records) => {
      const { careful, quick } = await bothWays(lines(...records))
      expect(quick.records).toEqual(careful.records)
      expect(quick.faults).toEqual(careful.faults)
    }),
    { numRuns: 200 },
  )
})

test('any bytes put into a log of a known layout lose no record', async () => {
  const good = JSON.stringify(creation)
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 40 }), fc.nat(good.length), async (bytes, at) => {
      const broken = Buffer.concat([Buffer.from(good.slice(0, at)), Buffer.from(bytes), Buffer.from(good.slice(at))])
      const source = bytesSource(
        'generated.ndjson',
        Buffer.concat([Buffer.from(`${good}\n${good}\n`), broken, Buffer.from(`\n${good}\n`)]),
      )
      const { records, faults } = await collect(
        readEvents(source, { rows: true, identified: { kind: 'jsonl', seen: 'JSON lines' } }),
      )
      const read = records.length + faults.reduce((sum, one) => sum + (one.lost ?? 0), 0)
      const present =
        Buffer.concat([broken])
          .toString('latin1')
          .split('\n')
          .filter((one) => one.trim() !== '').length + 3
      expect(read).toBe(present)
    }),
    { numRuns: 300 },
  )
})

const shared = resolve(import.meta.dirname, '../../../shared/data/otrf')
const some = existsSync(shared)
test.skipIf(!some)(
  some ? 'published attack records read alike both ways' : 'skipped: no shared data',
  async () => {
    const archives = readdirSync(shared, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.zip'))
      .toSorted()
      .slice(0, 12)
    let rows = 0
    for (const name of archives) {
      const directory = await mkdtemp(`${tmpdir()}/breachline-rows-`)
      try {
        const { members } = await unpackArchive(await fileSource(resolve(shared, name)), { kind: 'zip', directory, watch: {} })
        for (const { source } of members.filter((one) => one.source.size < 8_000_000)) {
          const { careful, quick } = await bothWays(source)
          expect(quick.records).toEqual(careful.records)
          expect(quick.faults).toEqual(careful.faults)
          rows += quick.rows
        }
      } finally {
        await rm(directory, { recursive: true, force: true })
      }
    }
    expect(rows).toBeGreaterThan(1_000)
  },
  60_000,
)
