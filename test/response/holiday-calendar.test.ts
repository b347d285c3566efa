import { expect, test } from 'vitest'
import { businessDayAfter } from '../../src/response/holiday-calendar.ts'
import { readCalendars } from '../../src/response/index.ts'
import { shippedCalendars } from './laws.ts'

const calendar = (id: string): (typeof shippedCalendars.calendars)[number] => {
  const found = shippedCalendars.calendars.find((one) => one.id === id)
  if (found === undefined) throw new Error(`no calendar ${id}`)
  return found
}

test('R30 shipped calendars are sound, with source and years', () => {
  expect(shippedCalendars.faults).toEqual([])
  for (const one of shippedCalendars.calendars) {
    expect(one.source.text.length).toBeGreaterThan(5)
    expect(one.source.read).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    const days = one.holidays.map((each) => each.day)
    expect(new Set(days).size).toBe(days.length)
    for (const year of one.years) expect(days.some((each) => each.startsWith(`${year}-`))).toBe(true)
  }
})

test.each([
  // Friday, holiday on Sunday and in its place on Monday
  ['my-kuala-lumpur', '2026-11-06', 1, '2026-11-10'],
  ['my-kuala-lumpur', '2026-11-06', 2, '2026-11-11'],
  // two holidays in a row after a Sunday
  ['my-kuala-lumpur', '2026-05-29', 1, '2026-06-03'],
  ['sg', '2026-08-07', 1, '2026-08-11'],
  // Juneteenth on a Friday; 4 July on a Saturday is kept on Friday
  ['us-federal', '2026-06-16', 4, '2026-06-23'],
  ['us-federal', '2026-07-02', 1, '2026-07-06'],
  ['us-federal', '2026-12-31', 1, '2027-01-04'],
])('R30 %s: %s and %i business days is %s', (id, from, n, want) => {
  expect(businessDayAfter(calendar(id), from, n)).toBe(want)
})

test('R30 beyond the years of a calendar nothing is counted', () => {
  expect(businessDayAfter(calendar('my-kuala-lumpur'), '2026-12-30', 1)).toBe('2026-12-31')
  expect(businessDayAfter(calendar('my-kuala-lumpur'), '2026-12-31', 1)).toBeUndefined()
  expect(businessDayAfter(calendar('sg'), '2024-12-31', 1)).toBeUndefined()
})

test('a calendar with a mistake is left out with its fault, a holiday outside its years too', () => {
  const good =
    'id: x\nname: Place\nweekend: [fri, sat]\nyears: [2026]\nsource: { text: own list, read: 2026-01-01, basis: own }\nholidays: [{ day: 2026-01-05, name: A day }]\n'
  const read = readCalendars([
    { name: 'a.yml', text: good },
    { name: 'b.yml', text: good.replace('id: x', 'id: y').replace('weekend: [fri', 'weekend: [freitag') },
    { name: 'c.yml', text: good.replace('id: x', 'id: z').replace('day: 2026', 'day: 2027') },
    { name: 'd.yml', text: good },
  ])
  expect(read.calendars.map((one) => one.id)).toEqual(['x'])
  expect(read.faults.map((one) => one.where.file)).toEqual(['b.yml', 'c.yml', 'd.yml'])
  expect(businessDayAfter(read.calendars[0] ?? calendar('sg'), '2026-01-01', 1)).toBe('2026-01-04')
})
