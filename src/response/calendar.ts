import { epochMs, invariant, isoMicros, parseIso } from '../base/index.ts'
import { businessDayAfter, type HolidayCalendar } from './holiday-calendar.ts'
import type { Period } from './law-schema.ts'

/** True for an offset such as `+08:00`, `Z`, or an IANA name known to this runtime. */
export function isZone(zone: string): boolean {
  return parseIso('2000-01-01T00:00:00', zone) !== undefined
}

/**
 * End of a period that begins at `start` (fixed width UTC). Hours are elapsed time, whatever the clocks on the wall do.
 * Days, business days and months are calendar periods in `zone`: the day of the event is not counted and the period ends with the last
 * second of the last day; a month ends on the same date, or on the last day of a shorter month. Undefined only for business days whose
 * calendar is not there or does not cover the years.
 */
export function endOf(options: {
  readonly start: string
  readonly period: Period
  readonly zone: string
  readonly calendars?: readonly HolidayCalendar[]
}): string | undefined {
  const { start, period, zone, calendars = [] } = options
  if ('hours' in period) return isoMicros(epochMs(start) + period.hours * 3_600_000, start.slice(23, 26))
  const first = localDate(start, zone)
  const last = lastDay(first, period, calendars)
  if (last === undefined) return undefined
  const end = parseIso(`${last}T23:59:59`, zone)
  invariant(end !== undefined, 'a zone that was checked before')
  return end.at
}

function lastDay(
  first: string,
  period: Exclude<Period, { hours: number }>,
  calendars: readonly HolidayCalendar[],
): string | undefined {
  if ('days' in period) return addDays(first, period.days)
  if ('months' in period) return addMonths(first, period.months)
  const calendar = calendars.find((one) => one.id === period.calendar)
  return calendar === undefined ? undefined : businessDayAfter(calendar, first, period.businessDays)
}

/** True for a period whose end does not depend on where the authority sits. */
export function isElapsed(period: Period): boolean {
  return 'hours' in period
}

/** The wall clock at `at` in a zone: `2026-10-04 18:00 (Asia/Kuala_Lumpur)`. */
export function localText(at: string, zone: string): string {
  const { year, month, day, hour, minute } = localParts(at, zone)
  return `${year}-${month}-${day} ${hour}:${minute} (${zone === 'Z' ? 'UTC' : zone})`
}

/** `72 hours`, `1 month`, `4 business days` */
export function periodText(period: Period): string {
  const [unit, n] =
    'hours' in period
      ? ['hour', period.hours]
      : 'days' in period
        ? ['day', period.days]
        : 'months' in period
          ? ['month', period.months]
          : ['business day', period.businessDays]
  return `${n} ${unit}${n === 1 ? '' : 's'}`
}

/** Time between two instants, for people: `3 days 4 h`, `5 h 20 min`. */
export function spanText(fromMs: number, toMs: number): string {
  const minutes = Math.floor(Math.abs(toMs - fromMs) / 60_000)
  const days = Math.floor(minutes / 1440)
  const hours = Math.floor((minutes % 1440) / 60)
  if (days > 0) return `${days} day${days === 1 ? '' : 's'} ${hours} h`
  return hours > 0 ? `${hours} h ${minutes % 60} min` : `${minutes} min`
}

/** The local date at `at`: `2026-10-04`. */
export function localDate(at: string, zone: string): string {
  const { year, month, day } = localParts(at, zone)
  return `${year}-${month}-${day}`
}

function localParts(at: string, zone: string): Record<'year' | 'month' | 'day' | 'hour' | 'minute', string> {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone === 'Z' ? 'UTC' : zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  const parts = new Map(format.formatToParts(epochMs(at)).map((part) => [part.type, part.value]))
  const of = (name: 'year' | 'month' | 'day' | 'hour' | 'minute'): string =>
    parts.get(name)?.padStart(name === 'year' ? 4 : 2, '0') ?? ''
  return { year: of('year'), month: of('month'), day: of('day'), hour: of('hour'), minute: of('minute') }
}

function addDays(date: string, days: number): string {
  return isoMicros(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).slice(0, 10)
}

function addMonths(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  const index = year * 12 + (month - 1) + months
  const [y, m] = [Math.floor(index / 12), (index % 12) + 1]
  const lastDay = m === 2 ? (isLeap(y) ? 29 : 28) : [4, 6, 9, 11].includes(m) ? 30 : 31
  return [String(y).padStart(4, '0'), String(m).padStart(2, '0'), String(Math.min(day, lastDay)).padStart(2, '0')].join('-')
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}
