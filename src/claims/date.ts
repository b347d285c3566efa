import { isoMicros, epochMs, parseIso, type Moment } from '../base/index.ts'
import { languages, pattern } from './language/languages.ts'

const monthPatterns = languages.flatMap((one) => one.months.map((words, index) => ({ month: index + 1, words })))
const monthWords = [...monthPatterns]
  .sort((a, b) => b.words.length - a.words.length)
  .map((one) => one.words)
  .join('|')
const named = languages.flatMap((one) => one.zones)
const zoneWords = named.map((one) => one.words).join('|')
const half = pattern('half-of-day').source
const clock = `(?:,? ?(?:at |pukul |jam |-|–|—|T)? ?(?:(\\d{1,2})[:.](\\d{2})(?::(\\d{2})(?:\\.\\d{1,6})?)? ?(${half})?|(\\d{1,2}) ?(${half}))(?: ?\\(?(UTC|GMT|Z)?([+-]\\d{2}:?\\d{2}|(?<=UTC|GMT)[+-]\\d{1,2}(?!\\d))?\\)?)?(?: ?(${zoneWords})\\b)?)?`
const dayFirst = new RegExp(`(?<![\\d.,:])(\\d{1,2})(?:st|nd|rd|th)? (${monthWords})\\.?,? (\\d{4})${clock}`, 'i')
const monthFirst = new RegExp(`\\b(${monthWords})\\.? (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})${clock}`, 'i')
const yearFirst = new RegExp(`\\b(\\d{4})-(\\d{2})-(\\d{2})${clock}`, 'i')
const slashed = new RegExp(`\\b(\\d{1,2})[/.-](\\d{1,2})[/.-](\\d{4})${clock}`, 'i')
const timeOnly = new RegExp(`(?<![\\d.,:])${clock.slice(0, -1)}`, 'i')

/**
 * The first date with a year that a flattened text writes out, with its time of day and zone where it has them
 * (`5 February 2024 - 6:14pm`, `Feb 5, 2024 18:14 UTC`, `7 Julai 2026, 8 malam waktu Malaysia`, `30/11/2026 23:59 UTC`, day first).
 * Without a zone the digits are read in `assume`, else as they stand (zone `unknown`). `day` is true when no time of day is given.
 */
export function dateIn(flat: string, assume?: string): { moment: Moment; day: boolean } | undefined {
  const found = [
    { match: dayFirst.exec(flat), order: 'dmy' },
    { match: monthFirst.exec(flat), order: 'mdy' },
    { match: yearFirst.exec(flat), order: 'ymd' },
    { match: slashed.exec(flat), order: 'dmy' },
  ]
    .filter((one): one is { match: RegExpExecArray; order: string } => one.match !== null)
    .sort((a, b) => a.match.index - b.match.index)[0]
  if (!found) return undefined
  const [text, first = '', second = '', third = '', ...rest] = found.match
  const [day, month, year] =
    found.order === 'dmy' ? [first, second, third] : found.order === 'mdy' ? [second, first, third] : [third, second, first]
  const number = /^\d/.test(month) ? Number(month) : monthOf(month)
  const time = timeOfDay(rest)
  const iso = `${year}-${pad(number)}-${pad(day)}T${time?.digits ?? '00:00:00'}${time?.zone ?? ''}`
  const moment = parseIso(iso, assume)
  return moment && { moment: { ...moment, text: text.trim() }, day: time === undefined }
}

/** A time of day without a date (`15:00`, `9 pm Moscow time`), in seconds after midnight, and its zone where one is named. */
export function timeIn(flat: string): { readonly digits: string; readonly zone?: string; readonly text: string } | undefined {
  const match = timeOnly.exec(flat)
  const time = match === null ? undefined : timeOfDay(match.slice(1))
  return match === null || time === undefined ? undefined : { ...time, text: match[0].trim() }
}

/** Reads a time of day on the day of `day`, or days later: `zone` is the time's own, else that of `day` as the source gives it. */
export function timeOnDay(
  day: Moment,
  time: { readonly digits: string; readonly zone?: string },
  assume?: string,
): Moment | undefined {
  const own = time.zone ?? assume
  const shift = own === undefined ? 0 : (offsetMs(own) ?? 0)
  const date = isoMicros(epochMs(day.at) + shift).slice(0, 10)
  const read = parseIso(`${date}T${time.digits}${time.zone ?? ''}`, assume)
  return read && (time.zone === undefined && assume === undefined ? { ...read, zone: 'unknown' } : read)
}

function offsetMs(zone: string): number | undefined {
  const [, sign, hours, minutes = '00'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone) ?? []
  return hours === undefined
    ? zone === 'Z'
      ? 0
      : undefined
    : (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1)
}

/** Month of a name in any language, 1 to 12. */
function monthOf(name: string): number {
  return monthPatterns.find(({ words }) => new RegExp(`^(?:${words})$`, 'i').test(name))?.month ?? 0
}

const evening = pattern('evening')
const morning = pattern('morning')

function timeOfDay(parts: readonly (string | undefined)[]): { digits: string; zone?: string } | undefined {
  const [hourColon, minute = '00', second = '00', halfColon, hourOnly, halfOnly, utc, offset, name] = parts
  const hour = hourColon ?? hourOnly
  if (hour === undefined) return undefined
  const part = halfColon ?? halfOnly
  const of12 = Number(hour) % 12
  const hours =
    part === undefined || Number(hour) > 12
      ? Number(hour)
      : evening.test(part)
        ? of12 + 12
        : morning.test(part)
          ? of12
          : Number(hour)
  const zone =
    (offset === undefined
      ? undefined
      : offset.replace(/^([+-])(\d{1,2})$/, (_, sign: string, hour: string) => `${sign}${pad(hour)}:00`)) ??
    (utc === undefined
      ? name === undefined
        ? undefined
        : named.find((one) => new RegExp(`^(?:${one.words})$`, 'i').test(name))?.offset
      : 'Z')
  return hours > 23 ? undefined : { digits: `${pad(hours)}:${minute}:${second}`, ...(zone === undefined ? {} : { zone }) }
}

function pad(value: number | string): string {
  return String(value).padStart(2, '0')
}
