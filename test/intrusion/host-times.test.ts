import { expect, test } from 'vitest'
import type { HostClock } from '../../src/intrusion/graph/host-clocks.ts'
import { hostTimes } from '../../src/intrusion/host-times.ts'
import type { Engine } from '../../src/store/index.ts'
import { at } from './made.ts'

const clock = (host: string, seconds: number, applied: boolean): HostClock => ({
  host,
  micros: seconds * 1e6,
  pairs: applied ? 5 : 2,
  applied,
  exhibit: 'e'.repeat(64),
  member: '',
  unit: 'line',
  n: '7',
})

/** `arrivals`: hosts whose records were stamped by whoever received them. */
function timesOf(clocks: readonly HostClock[], arrivals: readonly string[] = []) {
  const engine = { rows: () => Promise.resolve(arrivals.map((host) => ({ host }))) } as unknown as Engine
  return hostTimes({ engine, loads: [], clocks, fileOf: () => 'x.json' })
}

test('times of a host whose clock is known are put right, to the microsecond; all others stay', async () => {
  const times = await timesOf([clock('a', 300, true), clock('b', -45, true), clock('c', 90, false)])
  expect(times.corrected('a', '2026-03-02T10:05:00.000123Z')).toBe('2026-03-02T10:00:00.000123Z')
  expect(times.timeOf('b', '2026-03-02 10:00:00.000000')).toBe('2026-03-02T10:00:45.000000Z')
  for (const host of ['c', 'd', '']) expect(times.corrected(host, at('10:00'))).toBe(at('10:00'))
  expect(times.corrected('a', '')).toBe('')
})

test('a host whose records were stamped on arrival is left alone: its clock does not show in them', async () => {
  const times = await timesOf([clock('a', 300, true)], ['a'])
  expect(times.corrected('a', at('10:05'))).toBe(at('10:05'))
  expect(times.notes(new Set(['a']))).toEqual([])
})

test('clocks are stated for the hosts of a story alone, with the record; small doubts are not', async () => {
  const times = await timesOf([clock('a', 300, true), clock('b', -45, true), clock('c', 90, false), clock('d', 10, false)])
  const notes = times.notes(new Set(['a', 'c', 'd']))
  expect(notes.map((one) => one.text)).toEqual([
    expect.stringContaining("The clock of a runs 5.0 minutes ahead of the others'"),
    expect.stringContaining("The clock of c may run 90 seconds ahead of the others'"),
  ])
  expect(notes[0]?.cites).toMatchObject([{ file: 'x.json', at: { kind: 'line', n: 7 } }])
})
