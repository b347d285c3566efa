import { unreachable, type Moment } from '../base/index.ts'
import { endOf, isElapsed, localDate } from './calendar.ts'
import { yearLacking, type HolidayCalendar } from './holiday-calendar.ts'
import type { Period } from './law-schema.ts'
import { earliestReading, latestReading } from './zone-range.ts'

/** Where days are counted: a zone, or the two ends of the range it lies in while nobody has said. */
export type Place =
  | { readonly kind: 'zone'; readonly zone: string }
  | { readonly kind: 'asked'; readonly range: readonly [string, string] }

/** The zone in which times of a place are written. */
export function zoneOfPlace(place: Place): string {
  return place.kind === 'zone' ? place.zone : 'UTC'
}

/** The end of a period: fixed, within bounds while a zone is asked for, or not to be told without a calendar. */
export type End =
  | { readonly kind: 'fixed'; readonly at: string }
  | { readonly kind: 'between'; readonly from: string; readonly to: string; readonly asks: readonly ('start' | 'place')[] }
  | {
      readonly kind: 'no-calendar'
      readonly calendar: string
      /** The year it lacks; absent when there is no such list. */ readonly lacks?: number
    }

/** Counts a period from a moment; what is unknown of the zones widens the end, and is never guessed. */
export function endFrom(options: {
  readonly start: Moment
  readonly period: Period
  readonly place: Place
  readonly calendars: readonly HolidayCalendar[]
}): End {
  const { start, period, place, calendars } = options
  const starts = start.zone === 'unknown' ? [earliestReading(start), latestReading(start)] : [start.at]
  const zones = isElapsed(period) ? ['UTC'] : place.kind === 'zone' ? [place.zone] : place.range
  const ends: string[] = []
  for (const at of starts)
    for (const zone of zones) {
      const end = endOf({ start: at, period, zone, calendars })
      if (end === undefined) return withoutCalendar(period, calendars, localDate(at, zone))
      ends.push(end)
    }
  ends.sort()
  const [from = '', to = from] = [ends[0], ends.at(-1)]
  if (from === to) return { kind: 'fixed', at: from }
  const asks: ('start' | 'place')[] = []
  if (starts.length > 1) asks.push('start')
  if (zones.length > 1) asks.push('place')
  return { kind: 'between', from, to, asks }
}

function withoutCalendar(period: Period, calendars: readonly HolidayCalendar[], from: string): End {
  const id = 'calendar' in period ? period.calendar : ''
  const calendar = calendars.find((one) => one.id === id)
  const lacks =
    calendar === undefined || !('businessDays' in period) ? undefined : yearLacking(calendar, from, period.businessDays)
  return { kind: 'no-calendar', calendar: id, ...(lacks === undefined ? {} : { lacks }) }
}

/** The end by which something is due at the latest safe reading: the fixed end, or the earliest it can be; undefined without a calendar. */
export function safeEnd(end: End): string | undefined {
  switch (end.kind) {
    case 'fixed':
      return end.at
    case 'between':
      return end.from
    case 'no-calendar':
      return undefined
    default:
      return unreachable(end)
  }
}
