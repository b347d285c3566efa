import type { Moment } from '../../../src/server/api.ts'

/** `2026-10-05 07:27:00Z` from ISO 8601 UTC; other text as it is. */
export function instant(at: string): string {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.\d+)?Z$/.exec(at)
  return match === null ? at : `${match[1]} ${match[2]}Z`
}

/** What must be said beside a time: `not later than`, `zone unstated`, `zone assumed`; empty when nothing. */
export function standing(moment: Moment): string {
  const bound =
    moment.bound === 'not-later-than' ? 'not later than' : moment.bound === 'not-earlier-than' ? 'not earlier than' : ''
  const zone = moment.zone === 'assumed' ? 'zone assumed' : moment.zone === 'unknown' ? 'zone unstated' : ''
  return [bound, zone].filter((part) => part !== '').join(', ')
}

/** The digits of a moment: with `Z` unless its zone is unstated. */
export function momentDigits(moment: Moment): string {
  const text = instant(moment.at)
  return moment.zone === 'unknown' ? text.replace(/Z$/, '') : text
}

/** Epoch milliseconds of ISO 8601 UTC with any number of digits below the second. */
export function epoch(at: string): number {
  return Date.parse(at.replace(/(\.\d{3})\d+Z$/, '$1Z'))
}

/** ISO 8601 UTC in whole seconds. */
export function isoSeconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`
}

/** `2026-10-06 09:12 (+08:00)`: an instant in an offset (`+08:00`) or an IANA zone. */
export function localText(at: string, zone: string): string {
  const ms = epoch(at)
  if (Number.isNaN(ms)) return at
  const offset = offsetMinutes(zone, ms)
  if (offset === undefined) return instant(at)
  const text = new Date(ms + offset * 60_000).toISOString()
  return `${text.slice(0, 10)} ${text.slice(11, 16)} (${zone === 'Z' ? 'UTC' : zone})`
}

/** The same instant as ISO 8601 with the offset of a zone, for a form: `2026-10-06T09:12:00+08:00`. */
export function isoIn(at: string, zone: string): string {
  const ms = epoch(at)
  const offset = offsetMinutes(zone, ms)
  if (Number.isNaN(ms) || offset === undefined) return at
  const text = new Date(ms + offset * 60_000).toISOString().slice(0, 19)
  const size = Math.abs(offset)
  const digits = (n: number): string => String(n).padStart(2, '0')
  return `${text}${offset < 0 ? '-' : '+'}${digits(Math.floor(size / 60))}:${digits(size % 60)}`
}

/** Time between two instants in milliseconds, for people: `3 days 4 h`, `5 h 20 min`. */
export function spanText(ms: number): string {
  const minutes = Math.floor(Math.abs(ms) / 60_000)
  const days = Math.floor(minutes / 1440)
  const hours = Math.floor((minutes % 1440) / 60)
  if (days > 0) return `${days} day${days === 1 ? '' : 's'} ${hours} h`
  return hours > 0 ? `${hours} h ${minutes % 60} min` : `${minutes} min`
}

/** An ISO 8601 duration in words: `PT2H` is `every 2 hours`; other text as it is. */
export function everyText(duration: string): string {
  const match = /^P(?:(\d{1,4})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,4})M)?)?$/.exec(duration)
  if (match === null) return `every ${duration}`
  const parts = [
    [match[1], 'day'],
    [match[2], 'hour'],
    [match[3], 'minute'],
  ] as const
  const words = parts.flatMap(([n, unit]) => (n === undefined ? [] : [n === '1' ? unit : `${n} ${unit}s`]))
  return words.length === 0 ? `every ${duration}` : `every ${words.join(' ')}`
}

function offsetMinutes(zone: string, ms: number): number | undefined {
  if (zone === 'Z' || zone === 'UTC') return 0
  const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone)
  if (match !== null) return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3] ?? '0'))
  try {
    const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(ms)
    const name = (parts.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT').replace('GMT', '')
    return name === '' ? 0 : offsetMinutes(name, ms)
  } catch {
    return undefined
  }
}
