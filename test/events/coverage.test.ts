import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesSource, collect } from '../../src/base/index.ts'
import { coverageMeter, readEvents, sigmaCategories, type LogEvent } from '../../src/events/index.ts'

async function events(records: readonly { time?: string; host: string }[]): Promise<LogEvent[]> {
  const lines = records.map((record) => JSON.stringify({ ...record, event: { module: 'vpn' } })).join('\n')
  return (await collect(readEvents(bytesSource('a.json', Buffer.from(`${lines}\n`))))).records
}

const sample = [
  { host: 'a', time: '2024-01-01T00:10:00Z' },
  { host: 'a', time: '2024-01-01T00:50:00Z' },
  { host: 'b', time: '2024-01-02T00:00:00Z' },
  { host: 'a', time: '2024-01-03T12:00:00Z' },
  { host: 'a', time: '2024-01-03T12:30:00Z' },
  { host: 'a' },
]

test('counts, first, last and the gaps between events of one host and source', async () => {
  const meter = coverageMeter()
  meter.add(await events(sample))
  expect(meter.result(24)).toMatchObject([
    {
      host: 'a',
      source: 'vpn',
      events: 5,
      untimed: 1,
      first: '2024-01-01T00:10:00.000000Z',
      last: '2024-01-03T12:30:00.000000Z',
      gaps: [{ from: '2024-01-01T00:50:00.000000Z', to: '2024-01-03T12:00:00.000000Z', hours: 59 }],
      gapsUnknown: false,
      days: [
        { from: '2024-01-01', to: '2024-01-01' },
        { from: '2024-01-03', to: '2024-01-03' },
      ],
      numbers: [],
      breaks: [],
      jumps: [],
      exhibits: [0],
    },
    {
      host: 'b',
      source: 'vpn',
      events: 1,
      untimed: 0,
      first: '2024-01-02T00:00:00.000000Z',
      last: '2024-01-02T00:00:00.000000Z',
      gaps: [],
      gapsUnknown: false,
    },
  ])
  expect(meter.result(60)[0]?.gaps).toEqual([])
})

test('the order of events makes no difference', async () => {
  const all = await events(sample)
  const meter = coverageMeter()
  meter.add(all)
  fc.assert(
    fc.property(fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }), (shuffled) => {
      const other = coverageMeter()
      for (const event of shuffled) other.add([event])
      expect(other.result()).toEqual(meter.result())
    }),
    { numRuns: 30, seed: 7 },
  )
})

const cases = path.resolve(import.meta.dirname, '../cases/coverage')

for (const name of readdirSync(cases).sort()) {
  test(`case ${name}: missing numbers, breaks of the log, clock jumps, and nothing else`, async () => {
    const input = readdirSync(path.join(cases, name)).find((file) => file.startsWith('in.')) ?? ''
    const bytes = readFileSync(path.join(cases, name, input))
    const { records, faults } = await collect(readEvents(bytesSource(input, bytes)))
    expect(faults).toEqual([])
    const meter = coverageMeter()
    for (const record of records) meter.add([record])
    const rows = meter.result().map(({ host, source, numbers, breaks, jumps }) => ({
      host,
      source,
      numbers,
      breaks: breaks.map((one) => [one.kind, one.log, one.time]),
      jumps: jumps.map((one) => [one.told, one.seconds]),
    }))
    expect(rows).toEqual(JSON.parse(readFileSync(path.join(cases, name, 'want.json'), 'utf8')))
  })
}

/** Invented records of one channel: a number and a second each. */
async function numberedEvents(all: readonly (readonly [number, number])[]): Promise<LogEvent[]> {
  const lines = all.map(([number, second]) =>
    JSON.stringify({
      Channel: 'Security',
      EventID: 4624,
      Computer: 'app01',
      EventRecordID: number,
      '@timestamp': new Date(Date.UTC(2026, 0, 6) + second * 1000).toISOString(),
    }),
  )
  return (await collect(readEvents(bytesSource('a.json', Buffer.from(`${lines.join('\n')}\n`))))).records
}

test('missing numbers and clock jumps are those of the plain definition, in any order of records', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 1_200 }), fc.integer({ min: 0, max: 5_000 })), {
        minLength: 1,
        maxLength: 60,
        selector: ([number]) => number,
      }),
      async (pairs) => {
        const meter = coverageMeter()
        meter.add(await numberedEvents(pairs))
        const sorted = pairs.toSorted(([a], [b]) => a - b)
        const runs: number[] = []
        const back: number[] = []
        let high = -1
        sorted.forEach(([number, second], at) => {
          const before = sorted[at - 1]?.[0]
          if (before !== undefined && number > before + 1) runs.push(number - before - 1)
          if (high >= 0 && second < high - 300) back.push(second - high)
          if (second > high || second < high - 300) high = second
        })
        const [row] = meter.result()
        expect(row?.numbers).toMatchObject([
          {
            present: pairs.length,
            missing: runs.reduce((sum, one) => sum + one, 0),
            stretches: runs.length,
            standing: 'followed',
          },
        ])
        expect(row?.numbers[0]?.largest.map((one) => one.count)).toEqual(runs.toSorted((a, b) => b - a).slice(0, 10))
        expect(row?.jumpCount).toBe(back.length)
        expect(row?.jumps.map((one) => one.seconds).toSorted((a, b) => a - b)).toEqual(
          back.length > 20 ? expect.anything() : back.toSorted((a, b) => a - b),
        )
      },
    ),
    { numRuns: 60, seed: 11 },
  )
})

/** One record of wtmp (utmp(5), Linux x86-64) of an invented user, or an emptied one. */
function wtmpRecord(user: string, second: number): Buffer {
  const record = Buffer.alloc(384)
  if (user === '') return record
  record.writeInt16LE(7, 0)
  record.write('pts/0', 8)
  record.write(user, 44)
  record.writeUInt32LE(Date.UTC(2026, 0, 6) / 1000 + second, 340)
  return record
}

test('emptied records of wtmp are missing ones, by file; an untouched file has none', async () => {
  const meter = coverageMeter()
  const wiped = [wtmpRecord('ops', 0), wtmpRecord('', 0), wtmpRecord('', 0), wtmpRecord('ops', 900), wtmpRecord('ops', 60)]
  const whole = [wtmpRecord('ops', 0), wtmpRecord('ops', 5)]
  for (const [exhibit, records] of [wiped, whole].entries()) {
    const read = await collect(readEvents(bytesSource('wtmp', Buffer.concat(records)), { host: 'vpn02' }))
    expect(read.faults).toEqual([])
    meter.add(read.records, exhibit)
  }
  const [row, ...rest] = meter.result()
  expect(rest).toEqual([])
  expect(row?.numbers).toMatchObject([
    { name: 'wtmp record', present: 3, missing: 2, largest: [{ from: 2, to: 3 }] },
    { name: 'wtmp record', present: 2, missing: 0 },
  ])
  expect(row?.jumps).toMatchObject([{ told: 'record-order', number: 5, seconds: -840 }])
})

test('silences are those of the plain definition, in any order', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 0, max: 400 * 3_600 }), { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 1, max: 60 }),
      (seconds, gapHours) => {
        const base = Date.UTC(2024, 1, 27)
        const one = (second: number): LogEvent =>
          ({
            time: `${new Date(base + second * 1000).toISOString().slice(0, 23)}000Z`,
            host: 'a',
            channel: '',
            service: 'vpn',
            category: '',
            product: '',
            eventId: '',
            class: 'other',
            commandLine: '',
            fields: {},
            at: { kind: 'record', n: 1 },
          }) as unknown as LogEvent
        const meter = coverageMeter()
        meter.add(seconds.map(one))
        const sorted = seconds.toSorted((a, b) => a - b)
        const gaps = sorted.flatMap((second, at) => {
          const before = sorted[at - 1]
          const hours = before === undefined ? 0 : Math.floor((second - before) / 3_600)
          return before !== undefined && hours >= gapHours ? [{ from: one(before).time, to: one(second).time, hours }] : []
        })
        const [row] = meter.result(gapHours)
        expect(row?.gaps).toEqual(gaps)
        const days = new Set(seconds.map((second) => one(second).time.slice(0, 10)))
        const told = row?.days.reduce((sum, { from, to }) => sum + (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1, 0)
        expect(told).toBe(days.size)
      },
    ),
  )
})

test('numbers that are too scattered to follow are said to be so, and no gap is told', async () => {
  const [one] = await numberedEvents([[1, 1]])
  if (one === undefined) throw new Error('an event')
  const meter = coverageMeter()
  for (let n = 0; n < 132_000; n += 1) meter.add([{ ...one, fields: { ...one.fields, EventRecordID: String(n * 1_000) } }])
  expect(meter.result()[0]?.numbers).toEqual([
    { name: 'EventRecordID', from: 0, to: 131_999_000, present: 0, missing: 0, stretches: 0, largest: [], standing: 'too-many' },
  ])
})

test('more hosts than are kept: the rows left do not depend on the order', async () => {
  const [one] = await events([{ host: 'a', time: '2024-01-01T00:00:00Z' }])
  if (one === undefined) throw new Error('an event')
  const hosts = Array.from({ length: 12_000 }, (_, n) => ({ ...one, host: `h${String(n).padStart(5, '0')}` }))
  const forwards = coverageMeter()
  const backwards = coverageMeter()
  forwards.add(hosts)
  backwards.add(hosts.toReversed())
  expect(forwards.result()).toHaveLength(5_000)
  expect(forwards.result().at(-1)?.host).toBe('h04999')
  expect(backwards.result()).toEqual(forwards.result())
})

test('a time no clock of a log shows counts as none', async () => {
  const meter = coverageMeter()
  meter.add(
    await events([
      { host: 'a', time: '1601-01-01T00:00:00Z' },
      { host: 'a', time: '2024-01-01T00:00:00Z' },
    ]),
  )
  expect(meter.result()).toMatchObject([{ events: 2, untimed: 1, first: '2024-01-01T00:00:00.000000Z', gaps: [] }])
})

test('a registry_set event is also selected as registry_event, and not the other way round', () => {
  expect(sigmaCategories('registry_set')).toEqual(['registry_set', 'registry_event'])
  expect(sigmaCategories('registry_event')).toEqual(['registry_event'])
  expect(sigmaCategories('')).toEqual([])
})
