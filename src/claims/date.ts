import { parseIso, type Moment } from '../base/index.ts'

const months = 'january february march april may june july august september october november december'.split(' ')
const monthWords =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?'
const clock =
  '(?:,? ?(?:at |-|–|—|T)? ?(\\d{1,2})[:.](\\d{2})(?::(\\d{2}))? ?(am|pm|a\\.m\\.|p\\.m\\.)?(?: ?\\(?(UTC|GMT|Z)?([+-]\\d{2}:?\\d{2})?)?)?'
const dayFirst = new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)? (${monthWords})\\.?,? (\\d{4})${clock}`, 'i')
const monthFirst = new RegExp(`\\b(${monthWords})\\.? (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})${clock}`, 'i')
const yearFirst = new RegExp(`\\b(\\d{4})-(\\d{2})-(\\d{2})${clock}`, 'i')
const slashed = new RegExp(`\\b(\\d{1,2})[/.](\\d{1,2})[/.](\\d{4})${clock}`, 'i')

/**
 * The first date with a year that a flattened text writes out, with its time of day and zone where it has them
 * (`5 February 2024 - 6:14pm`, `Feb 5, 2024 18:14 UTC`, `2024-02-05`, `30/11/2026 23:59 UTC`, day first).
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
  const [text, first = '', second = '', third = '', hour, minute = '00', seconds = '00', half, utc, offset] = found.match
  const [day, month, year] =
    found.order === 'dmy' ? [first, second, third] : found.order === 'mdy' ? [second, first, third] : [third, second, first]
  const number = /^\d/.test(month)
    ? Number(month)
    : months.findIndex((name) => name.startsWith(month.toLowerCase().slice(0, 3))) + 1
  const evening = half?.toLowerCase().startsWith('p') ?? false
  const clockHour = hour === undefined ? 0 : half === undefined ? Number(hour) : (Number(hour) % 12) + (evening ? 12 : 0)
  const pad = (value: number | string) => String(value).padStart(2, '0')
  const zone = offset ?? (utc === undefined ? '' : 'Z')
  const iso = `${year}-${pad(number)}-${pad(day)}T${pad(clockHour)}:${pad(minute)}:${pad(seconds)}${zone}`
  const moment = parseIso(iso, assume)
  return moment && { moment: { ...moment, text: text.trim() }, day: hour === undefined }
}
