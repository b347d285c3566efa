import { expect, test } from 'vitest'
import { LogClock } from '../../src/events/clock.ts'

const clock = (more: { year?: number; until?: string; name?: string; head?: string; zone?: string } = {}): LogClock =>
  new LogClock({ name: 'messages', head: '', zone: '+08:00', ...more })

const times: readonly (readonly [text: string, at: string | undefined, zone?: string])[] = [
  ['2024-01-31T10:00:00.123456789Z', '2024-01-31T10:00:00.123456Z', 'stated'],
  ['2024-01-31 10:00:00', '2024-01-31T02:00:00.000000Z', 'assumed'],
  ['2024/01/31 10:00:00', '2024-01-31T02:00:00.000000Z', 'assumed'],
  ['2024-01-31 10:00:00 +0800', '2024-01-31T02:00:00.000000Z', 'stated'],
  ['31/Jan/2024:10:00:00 +0800', '2024-01-31T02:00:00.000000Z', 'stated'],
  ['[31/Jan/2024:10:00:00.655]', '2024-01-31T02:00:00.655000Z', 'assumed'],
  ['31-Jan-2024 10:00:00.5', '2024-01-31T02:00:00.500000Z', 'assumed'],
  ['Wed Jan 31 10:00:00 2024', '2024-01-31T02:00:00.000000Z', 'assumed'],
  ['Jan 31 2024 02:00:00.123 UTC', '2024-01-31T02:00:00.123000Z', 'stated'],
  ['Jan 31, 2024 1:00:00 PM', '2024-01-31T05:00:00.000000Z', 'assumed'],
  ['Jan 31 2024 10:00:00 MYT', '2024-01-31T02:00:00.000000Z', 'assumed'],
  ['1/31/2024 12:00:00 AM', '2024-01-30T16:00:00.000000Z', 'assumed'],
  ['31/1/2024 10:00', '2024-01-31T02:00:00.000000Z', 'assumed'],
  ['01/31/2024:02:00:00 GMT', '2024-01-31T02:00:00.000000Z', 'stated'],
  ['1706666400', '2024-01-31T02:00:00.000000Z', 'stated'],
  ['1706666400123456789', '2024-01-31T02:00:00.123456Z', 'stated'],
  ['1601-01-01T00:00:00Z', '1601-01-01T00:00:00.000000Z', 'stated'],
  ['9999-12-31T23:59:59Z', '9999-12-31T23:59:59.000000Z', 'stated'],
  ['9999-12-31T23:59:59-10:00', undefined],
  ['0000-01-01 00:00:00', undefined],
  ['Feb 30 2024 10:00:00', undefined],
  ['Xyz 31 2024 10:00:00', undefined],
  ['31/31/2024 10:00:00', undefined],
  ['soon', undefined],
  ['', undefined],
]

for (const [text, at, zone] of times) {
  test(`time ${text}`, () => {
    const moment = clock().read(text)
    expect(moment?.at).toBe(at)
    if (at !== undefined) expect(moment?.zone).toBe(zone)
  })
}

test('the year comes from what is given, a neighbour, the name, or the date of the file; else there is no time', () => {
  const year = (of: LogClock): readonly [string | undefined, unknown] => [of.read('Dec 31 23:00:00')?.at.slice(0, 4), of.yearFrom]
  expect(year(clock({ year: 2021, head: '2024-01-31T10:00:00Z' }))).toEqual(['2021', 'given'])
  expect(year(clock({ head: 'x Jan 31 2024 10:00:00: y' }))).toEqual(['2023', 'neighbour'])
  expect(year(clock({ head: 'at 2024-12-31 10:00:00 it', name: 'messages-20220101' }))).toEqual(['2024', 'neighbour'])
  expect(year(clock({ name: 'logs/messages-20240107.gz' }))).toEqual(['2023', 'file name'])
  expect(year(clock({ until: '2020-12-31T00:00:00Z' }))).toEqual(['2020', 'file date'])
  expect(year(clock())).toEqual([undefined, ''])
})

test('the year goes on when the months begin again; a late line keeps its own; a clock that runs back is read as written', () => {
  const of = clock({ year: 2023, zone: 'Z' })
  const read = (text: string): string | undefined => of.read(text)?.at.slice(0, 10)
  expect(
    ['Nov 30 10:00:00', 'Dec 31 23:59:59', 'Jan  1 00:00:00', 'Dec 31 23:59:58', 'Jan  2 00:00:00', 'Jan  1 00:00:00'].map(read),
  ).toEqual(['2023-11-30', '2023-12-31', '2024-01-01', '2023-12-31', '2024-01-02', '2024-01-01'])
})

test('a log whose times state their year asks for none', () => {
  const of = clock()
  of.read('2024-01-31T10:00:00Z')
  expect(of.yearFrom).toBeUndefined()
})
