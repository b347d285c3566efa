import { unreachable } from '../base/index.ts'
import type { TimePart } from './plan.ts'

const written = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2}))?/

/** A part of a date written year first, as text of its number; undefined when the date does not hold it. */
export function timePart(text: string, part: TimePart): string | undefined {
  const match = written.exec(text)
  if (match === null) return undefined
  const [, year = '', month = '', day = '', hour, minute] = match
  switch (part) {
    case 'year':
      return String(Number(year))
    case 'month':
      return String(Number(month))
    case 'day':
      return String(Number(day))
    case 'hour':
      return hour === undefined ? undefined : String(Number(hour))
    case 'minute':
      return minute === undefined ? undefined : String(Number(minute))
    case 'week':
      return isoWeek(Date.UTC(Number(year), Number(month) - 1, Number(day)))
    default:
      return unreachable(part)
  }
}

/** ISO 8601 week: the week of a day is the one its Thursday falls into. */
function isoWeek(day: number): string {
  const weekday = (new Date(day).getUTCDay() + 6) % 7
  const thursday = day + (3 - weekday) * 86_400_000
  const newYear = Date.UTC(new Date(thursday).getUTCFullYear(), 0, 1)
  return String(1 + Math.floor((thursday - newYear) / (7 * 86_400_000)))
}
