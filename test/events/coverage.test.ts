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
  expect(meter.result(24)).toEqual([
    {
      host: 'a',
      source: 'vpn',
      events: 5,
      untimed: 1,
      first: '2024-01-01T00:10:00.000000Z',
      last: '2024-01-03T12:30:00.000000Z',
      gaps: [{ from: '2024-01-01T00:50:00.000000Z', to: '2024-01-03T12:00:00.000000Z', hours: 59 }],
      gapsUnknown: false,
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
