import fc from 'fast-check'
import { expect, test } from 'vitest'
import { epochMs, isoMicros, momentText, parseIso } from '../../src/base/index.ts'

test.each([
  ['2024-02-05T18:14:00Z', undefined, '2024-02-05T18:14:00.000000Z', 'stated'],
  ['2024-02-05 18:14:00.290+08:00', undefined, '2024-02-05T10:14:00.290000Z', 'stated'],
  ['2024-02-05T18:14:00.2904567Z', undefined, '2024-02-05T18:14:00.290456Z', 'stated'],
  ['2024-02-05T18:14', '+08:00', '2024-02-05T10:14:00.000000Z', 'assumed'],
  ['2024-07-05T18:14', 'Europe/Berlin', '2024-07-05T16:14:00.000000Z', 'assumed'],
  ['2024-02-05', undefined, '2024-02-05T00:00:00.000000Z', 'unknown'],
  ['2024-02-05T18:14:00+0800', '+01:00', '2024-02-05T10:14:00.000000Z', 'stated'],
])('%s read in %s is %s, %s', (text, assume, at, zone) => {
  expect(parseIso(text, assume)).toEqual({ at, zone })
})

test.each(['', 'today', '2024-02-30', '2024-13-01', '2024-02-05T25:00', '2024-02-05T18:14+99:00', '20240205'])(
  '%s is no time',
  (text) => {
    expect(parseIso(text)).toBeUndefined()
  },
)

test('every instant to the microsecond comes back as it was written', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 }),
      fc.integer({ min: 0, max: 999 }),
      (ms, micros) => {
        const at = isoMicros(ms, String(micros).padStart(3, '0'))
        expect(at).toHaveLength(27)
        expect(parseIso(at)?.at).toBe(at)
        expect(epochMs(at)).toBe(ms)
      },
    ),
  )
})

test('how the zone is known and what bounds a time is said in words', () => {
  const at = '2024-02-05T18:14:00.000000Z'
  expect(momentText({ at, zone: 'unknown', bound: 'not-later-than' })).toBe('not later than 2024-02-05 18:14:00 (zone unstated)')
  expect(momentText({ at, zone: 'stated' })).toBe('2024-02-05 18:14:00Z')
})
