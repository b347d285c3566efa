import { expect, test } from 'vitest'
import { momentText } from '../../src/base/index.ts'
import { everyText, isoIn, localText, momentDigits, spanText, standing } from '../../web/src/text/times.ts'

test('a moment is said with its standing, in the words of the report', () => {
  const moment = { at: '2026-10-05T07:27:00.000000Z', zone: 'unknown', bound: 'not-later-than' } as const
  expect(momentDigits(moment)).toBe('2026-10-05 07:27:00')
  expect(standing(moment)).toBe('not later than, zone unstated')
  const stated = { at: '2026-10-05T07:27:00.000000Z', zone: 'stated' } as const
  expect(`${momentDigits(stated)}${standing(stated)}`).toBe(momentText(stated))
})

test('instants are shown and written in the zone of the case', () => {
  expect(localText('2026-10-05T07:27:00.000000Z', '+08:00')).toBe('2026-10-05 15:27 (+08:00)')
  expect(localText('2026-07-05T07:27:00.000000Z', 'Europe/Berlin')).toBe('2026-07-05 09:27 (Europe/Berlin)')
  expect(isoIn('2026-10-05T07:27:00.000000Z', '-03:30')).toBe('2026-10-05T03:57:00-03:30')
  expect(localText('not a time', '+08:00')).toBe('not a time')
})

test('spans and recurrences in words', () => {
  expect(spanText(26 * 3_600_000)).toBe('1 day 2 h')
  expect(spanText(59 * 60_000)).toBe('59 min')
  expect(everyText('PT2H')).toBe('every 2 hours')
  expect(everyText('P1D')).toBe('every day')
  expect(everyText('gibberish')).toBe('every gibberish')
})
