import { readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesSource, collect, parseIso } from '../../src/base/index.ts'
import { oracleTime, oracleTimeTodo, readEvents } from '../../src/events/index.ts'

const zone = '+08:00'

const times: readonly (readonly [text: string, at: string, zone: string])[] = [
  ['03-FEB-26 09.00.00.000000 AM', '2026-02-03T01:00:00.000000Z', 'assumed'],
  ['03-FEB-26 09.00.00 AM +08:00', '2026-02-03T01:00:00.000000Z', 'stated'],
  ['03-FEB-2026 09:00:00', '2026-02-03T01:00:00.000000Z', 'assumed'],
  ['03-FEB-26 09.00.00.123456 PM', '2026-02-03T13:00:00.123456Z', 'assumed'],
  ['03-FEB-26 09.00.00.123456789 PM +00:00', '2026-02-03T21:00:00.123456Z', 'stated'],
  ['03-FEB-26 09.00.00,500000 AM', '2026-02-03T01:00:00.500000Z', 'assumed'],
  ['03-FEB-26 12.00.00.000000 AM', '2026-02-02T16:00:00.000000Z', 'assumed'],
  ['03-FEB-26 12.30.00.000000 PM', '2026-02-03T04:30:00.000000Z', 'assumed'],
  ['03-FEB-26 01.15.00 P.M.', '2026-02-03T05:15:00.000000Z', 'assumed'],
  ['3-feb-26 9.00.00 am', '2026-02-03T01:00:00.000000Z', 'assumed'],
  ['03-FEB-26 21.00.00.000000', '2026-02-03T13:00:00.000000Z', 'assumed'],
  ['03-FEB-26 09.00.00 AM -03:30', '2026-02-03T12:30:00.000000Z', 'stated'],
  ['03-FEB-26 09.00.00 AM UTC', '2026-02-03T09:00:00.000000Z', 'stated'],
  ['03-FEB-26 09.00.00.000000 AM ASIA/KUALA_LUMPUR', '2026-02-03T01:00:00.000000Z', 'stated'],
  ['03-AUG-26 09.00.00.000000 AM Europe/Berlin', '2026-08-03T07:00:00.000000Z', 'stated'],
  ['03-FEB-26 09.00.00.000000 AM Europe/Berlin', '2026-02-03T08:00:00.000000Z', 'stated'],
  ['29-FEB-24 09.00.00.000000 AM', '2024-02-29T01:00:00.000000Z', 'assumed'],
  // Years of two digits: 00 to 49, 50 to 99.
  ['03-FEB-00 09.00.00 AM', '2000-02-03T01:00:00.000000Z', 'assumed'],
  ['03-FEB-49 09.00.00 AM', '2049-02-03T01:00:00.000000Z', 'assumed'],
  ['03-FEB-50 09.00.00 AM', '1950-02-03T01:00:00.000000Z', 'assumed'],
  ['31-DEC-99 11.59.59 PM +00:00', '1999-12-31T23:59:59.000000Z', 'stated'],
  ['03-FEB-1949 09:00:00', '1949-02-03T01:00:00.000000Z', 'assumed'],
]

test.each(times)('Oracle: %s', (text, at, standing) => {
  expect(oracleTime(text, zone)).toEqual({ at, zone: standing })
})

test('a time without a zone, and none given, is read as UTC and its zone is unknown', () => {
  expect(oracleTime('03-FEB-26 09.00.00.000000 AM')).toEqual({ at: '2026-02-03T09:00:00.000000Z', zone: 'unknown' })
})

test.each([
  // Months of other languages, and what is none.
  '03-FÉV-26 09.00.00 AM',
  '03-MAI-26 09.00.00 AM',
  '03-DEZ-26 09.00.00 AM',
  '03-OKT-2026 09:00:00',
  '03-2月 -26 09.00.00 AM',
  '03-XYZ-26 09.00.00 AM',
  '03-FEBRUARY-26 09.00.00 AM',
  '03-02-26 09.00.00 AM',
  // Hours that a half of the day, or the day, does not have.
  '03-FEB-26 13.00.00 PM',
  '03-FEB-26 00.30.00 AM',
  '03-FEB-26 24.00.00',
  '03-FEB-26 09.60.00 AM',
  '03-FEB-26 09.00.61 AM',
  // Days that do not exist, and days without their time.
  '30-FEB-26 09.00.00 AM',
  '29-FEB-26 09.00.00 AM',
  '00-FEB-26 09.00.00 AM',
  '03-FEB-26',
  '03-FEB-026 09.00.00 AM',
  // Abbreviations of zones are not unique; regions that are none.
  '03-FEB-26 09.00.00 AM EST',
  '03-FEB-26 09.00.00 AM Asia/Nowhere',
  '03-FEB-26 09.00.00 AM US/Pacific PST',
  '03-FEB-26 09.00.00 AM +8',
  '03-FEB-26 09.00.00 AM +99:00',
  '03-FEB-26 09.00:00 AM',
  '03-FEB-26 09.00 AM',
  '03-FEB-26T09:00:00',
  'x 03-FEB-26 09.00.00 AM',
  `03-FEB-26 09.00.00 AM ${'A/'.repeat(200)}`,
  '2026-02-03 09:00:00',
  '',
])('no time of Oracle: %s', (text) => {
  expect(oracleTime(text, zone)).toBeUndefined()
})

const two = (part: number): string => String(part).padStart(2, '0')
const names = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']

test('every moment from 1950 to 2049 reads back, however it is written', () => {
  const moment = fc.record({
    ms: fc.integer({ min: Date.UTC(1950, 0, 2), max: Date.UTC(2049, 11, 30) }),
    minutes: fc.integer({ min: -12 * 60, max: 14 * 60 }),
    isTwo: fc.boolean(),
    isHalf: fc.boolean(),
    dot: fc.constantFrom('.', ':'),
  })
  fc.assert(
    fc.property(moment, ({ ms, minutes, isTwo, isHalf, dot }) => {
      const local = new Date(ms + minutes * 60_000)
      const hour = local.getUTCHours()
      const year = String(local.getUTCFullYear()).slice(isTwo ? 2 : 0)
      const offset = `${minutes < 0 ? '-' : '+'}${two(Math.trunc(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`
      const clock = [isHalf ? hour % 12 || 12 : hour, local.getUTCMinutes(), local.getUTCSeconds()].map(two).join(dot)
      const fraction = String(local.getUTCMilliseconds()).padStart(3, '0')
      const day = `${two(local.getUTCDate())}-${names[local.getUTCMonth()]}-${year}`
      const text = `${day} ${clock}.${fraction}${isHalf ? (hour < 12 ? ' AM' : ' PM') : ''} ${offset}`
      expect(oracleTime(text)).toEqual(parseIso(new Date(ms).toISOString()))
    }),
  )
})

test('any text gives a time or none', () => {
  const pieces = fc.constantFrom('03', '-', 'FEB', '26', ' ', '.', ':', '09', 'AM', '+08:00', 'Asia/', 'Tokyo', '\u0000', 'é')
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(pieces).map((some) => some.join('')),
      ),
      (text) => {
        const read = oracleTime(text, zone)
        return read === undefined || /^\d{4}-.{22}$/.test(read.at)
      },
    ),
  )
})

test('the fault of a time that cannot be read says how Oracle writes times that can; that of another source does not', async () => {
  const todos = async (file: string): Promise<string[]> => {
    const bytes = readFileSync(path.join(import.meta.dirname, '../cases/events', file))
    const { faults } = await collect(readEvents(bytesSource(path.basename(file), bytes), { zone }))
    return faults.filter((one) => one.code === 'event-time').map((one) => one.todo ?? '')
  }
  const oracle = await todos('oracle-times/in.csv')
  expect(oracle).toHaveLength(3)
  for (const todo of oracle) expect(todo).toContain(oracleTimeTodo)
  const other = await todos('no-time/in.json')
  expect(other).toHaveLength(2)
  for (const todo of other) expect(todo).not.toContain('Oracle')
})
