import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesSource, collect } from '../../src/base/index.ts'
import { readEvents, wholeEvent, type LogEvent } from '../../src/events/index.ts'

/** A row of an invented query log. */
const row = (type: string, id: string, second: number): Record<string, string> => ({
  hostname: 'ch1',
  type,
  event_time: `2024-01-31 02:00:${String(second).padStart(2, '0')}`,
  query_start_time_microseconds: `2024-01-31 02:00:00.${id.padStart(6, '0')}`,
  query: 'SELECT * FROM calls',
  user: 'r_tan',
  query_id: id,
})

async function events(name: string, text: string, rows: boolean): Promise<LogEvent[]> {
  const { records } = await collect(readEvents(bytesSource(name, Buffer.from(text)), { rows }))
  return records.map(wholeEvent)
}

const json = (some: readonly object[]): string => some.map((one) => `${JSON.stringify(one)}\n`).join('')
const csv = (some: readonly Record<string, string>[]): string =>
  [Object.keys(row('', '', 0)), ...some.map((one) => Object.values(one))].map((cells) => `${cells.join(',')}\n`).join('')

test('start and end of a query are one event in the quick way too', async () => {
  const some = [row('QueryStart', '1', 1), row('QueryStart', '2', 2), row('QueryFinish', '1', 3), row('QueryStart', '3', 4)]
  for (const [name, text] of [
    ['q.ndjson', json(some)],
    ['q.csv', csv(some)],
  ] as const) {
    const quick = await events(name, text, true)
    expect(quick.map((one) => [one.eventId, one.fields['query_id']])).toEqual([
      ['QueryFinish', '1'],
      ['QueryStart', '2'],
      ['QueryStart', '3'],
    ])
  }
})

test('both ways give the same of any rows in any order, Windows events between them', async () => {
  const windows = { Channel: 'Security', EventID: 4624, Hostname: 'ws-1', '@timestamp': '2024-01-31T02:00:00Z' }
  const one = fc.oneof(
    fc
      .tuple(
        fc.constantFrom('QueryStart', 'QueryFinish', 'ExceptionWhileProcessing', 'ExceptionBeforeStart', '1', '2'),
        fc.constantFrom('1', '2', '3', ''),
        fc.nat(59),
      )
      .map(([type, id, second]): object => row(type, id, second)),
    fc.constant(windows),
  )
  let joined = 0
  await fc.assert(
    fc.asyncProperty(fc.array(one, { minLength: 1, maxLength: 20 }), async (some) => {
      const quick = await events('q.ndjson', json(some), true)
      expect(quick).toEqual(await events('q.ndjson', json(some), false))
      if (quick.length < some.length) joined += 1
    }),
    { numRuns: 200, seed: 3 },
  )
  expect(joined).toBeGreaterThan(20)
})
