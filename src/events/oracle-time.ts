import { parseIso, type Moment } from '../base/index.ts'
import { monthNumber } from './months.ts'

const pattern =
  /^(\d{1,2})-([a-z]{3})-(\d{4}|\d{2}) (\d{1,2})([.:])(\d{2})\5(\d{2})(?:[.,](\d{1,9}))?(?: ([ap])\.?m\.?)?(?: ([+-]\d{2}:\d{2}|[a-z][\w/+-]{1,40}))?$/i

/** What to do where Oracle wrote a time in a form that cannot be read: its months follow the session's language. */
export const oracleTimeTodo =
  "Export Oracle's times with months as numbers: NLS_TIMESTAMP_FORMAT = 'YYYY-MM-DD HH24:MI:SS.FF6' (with a zone: NLS_TIMESTAMP_TZ_FORMAT, TZH:TZM at its end; dates: NLS_DATE_FORMAT = 'YYYY-MM-DD HH24:MI:SS')."

/**
 * The time of a text as Oracle writes it where no format is set (DD-MON-RR HH.MI.SSXFF AM TZR): `03-FEB-26 09.00.00.000000 AM +08:00`, also with colons, four
 * digits of the year, 24 hours, or a region as zone. A text without a zone is read in `assume`, as by `parseIso`. Years of two digits by the rule of RR
 * (Oracle, SQL Language Reference, Format Models), read from 2000 to 2049: 00 to 49 are 20xx, 50 to 99 are 19xx. Undefined for anything else: months that are
 * not English, hours that a half of the day does not have, a day without its time, abbreviations of zones.
 */
export function oracleTime(text: string, assume?: string): Moment | undefined {
  const found = text.length > 80 ? null : pattern.exec(text.trim())
  if (found === null) return undefined
  const [, day = '', name = '', year = '', hour = '', , minute = '', second = '', fraction = '', half, zone] = found
  const [month, at24] = [monthNumber(name), half === undefined ? Number(hour) : fromHalf(Number(hour), half)]
  if (month === '0' || at24 === undefined) return undefined
  const two = (part: string | number): string => String(part).padStart(2, '0')
  const date = `${year.length === 4 ? year : rounded(year)}-${two(month)}-${two(day)}`
  const digits = `${date}T${two(at24)}:${minute}:${second}${fraction === '' ? '' : `.${fraction}`}`
  if (zone === undefined) return parseIso(digits, assume)
  if (/^(?:[+-]|UTC$|GMT$)/i.test(zone)) return parseIso(`${digits}${/^[+-]/.test(zone) ? zone : 'Z'}`)
  const there = zone.includes('/') ? parseIso(digits, zone) : undefined
  return there === undefined ? undefined : { ...there, zone: 'stated' }
}

/** A year of two digits by the rule of RR. */
function rounded(year: string): string {
  return `${Number(year) < 50 ? 20 : 19}${year}`
}

function fromHalf(hour: number, half: string): number | undefined {
  return hour < 1 || hour > 12 ? undefined : (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
}
