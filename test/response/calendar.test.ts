import fc from 'fast-check'
import { expect, test } from 'vitest'
import { endOf, isZone, localText, spanText } from '../../src/response/calendar.ts'

const end = (start: string, period: Parameters<typeof endOf>[0]['period'], zone: string): string =>
  endOf({ start, period, zone }) ?? ''

test('R9 hours are elapsed time through both changes of the clocks', () => {
  expect(end('2026-03-28T12:00:00.000000Z', { hours: 24 }, 'Europe/Berlin')).toBe('2026-03-29T12:00:00.000000Z')
  expect(end('2026-10-24T12:00:00.123456Z', { hours: 72 }, 'Europe/Berlin')).toBe('2026-10-27T12:00:00.123456Z')
})

test.each([
  // start, period, zone, end
  ['2026-10-05T15:30:00.000000Z', { days: 7 }, 'Asia/Kuala_Lumpur', '2026-10-12T15:59:59.000000Z'],
  ['2026-10-05T16:30:00.000000Z', { days: 7 }, 'Asia/Kuala_Lumpur', '2026-10-13T15:59:59.000000Z'],
  ['2026-10-05T16:30:00.000000Z', { days: 7 }, '+08:00', '2026-10-13T15:59:59.000000Z'],
  ['2026-03-27T10:00:00.000000Z', { days: 3 }, 'Europe/Berlin', '2026-03-30T21:59:59.000000Z'],
  ['2026-10-23T10:00:00.000000Z', { days: 3 }, 'Europe/Berlin', '2026-10-26T22:59:59.000000Z'],
  ['2026-12-31T10:00:00.000000Z', { months: 1 }, 'Europe/Berlin', '2027-01-31T22:59:59.000000Z'],
  ['2027-01-31T10:00:00.000000Z', { months: 1 }, 'Europe/Berlin', '2027-02-28T22:59:59.000000Z'],
  ['2028-01-31T10:00:00.000000Z', { months: 1 }, 'Europe/Berlin', '2028-02-29T22:59:59.000000Z'],
  ['2026-08-31T10:00:00.000000Z', { months: 1 }, 'UTC', '2026-09-30T23:59:59.000000Z'],
  ['2026-06-15T23:30:00.000000Z', { months: 13 }, 'America/New_York', '2027-07-16T03:59:59.000000Z'],
] as const)('R10 %s and %j in %s end %s', (start, period, zone, want) => {
  expect(end(start, period, zone)).toBe(want)
})

test('R10 a period of days ends on the last second of a local day, at least n and less than n + 2 days later', () => {
  const zones = ['Asia/Kuala_Lumpur', 'Europe/Berlin', 'America/New_York', 'Pacific/Auckland', '+05:45', 'UTC']
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2001-01-01'), max: new Date('2060-01-01'), noInvalidDate: true }),
      fc.integer({ min: 1, max: 60 }),
      fc.constantFrom(...zones),
      (date, days, zone) => {
        const start = `${date.toISOString().slice(0, 23)}000Z`
        const result = end(start, { days }, zone)
        expect(localText(result, zone)).toContain(' 23:59 ')
        const elapsed = (Date.parse(`${result.slice(0, 23)}Z`) - date.getTime()) / 86_400_000
        expect(elapsed).toBeGreaterThan(days - 0.1)
        expect(elapsed).toBeLessThan(days + 1.1)
      },
    ),
    { numRuns: 300 },
  )
})

test('zones are known or refused; the local clock is shown with its zone', () => {
  expect(['+08:00', 'Z', 'UTC', 'Europe/Berlin'].map(isZone)).toEqual([true, true, true, true])
  expect(['Mars/Olympus', '', '+99:00', 'x'.repeat(1000)].map(isZone)).toEqual([false, false, false, false])
  expect(localText('2026-10-05T16:30:00.000000Z', 'Asia/Kuala_Lumpur')).toBe('2026-10-06 00:30 (Asia/Kuala_Lumpur)')
  expect(spanText(0, 90_000_000)).toBe('1 day 1 h')
})
