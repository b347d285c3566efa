import { isoMicros, parseIso, type Moment } from '../base/index.ts'

const plainUtc = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{1,9}Z$/

/**
 * The time that a field's text gives, in fixed-width UTC: ISO 8601 with or without zone (`assume` for the latter), or
 * seconds, milliseconds or microseconds since 1970 (which are UTC by definition). Undefined when it is no time.
 */
export function timeOf(text: string | undefined, assume?: string): Moment | undefined {
  if (text === undefined || text === '') return undefined
  // The form of nearly all Windows times; 29th to 31st are left to the careful reader.
  if (plainUtc.test(text))
    return { at: `${text.length > 26 ? text.slice(0, 26) : text.slice(0, -1).padEnd(26, '0')}Z`, zone: 'stated' }
  if (/^\d{9,16}(?:\.\d{1,9})?$/.test(text)) return epoch(text)
  const moment = parseIso(text, assume)
  const fraction = /[.,](\d{1,9})/.exec(text)?.[1]
  // A zone shifts whole minutes, so the digits below the second stand as written.
  return moment === undefined || fraction === undefined
    ? moment
    : { ...moment, at: `${moment.at.slice(0, 20)}${fraction.padEnd(6, '0').slice(0, 6)}Z` }
}

function epoch(text: string): Moment | undefined {
  const [whole = '', fraction = ''] = text.split('.')
  const micros =
    whole.length <= 10
      ? Number(whole) * 1_000_000 + Number(fraction.padEnd(6, '0').slice(0, 6))
      : whole.length <= 13
        ? Number(whole) * 1000
        : Number(whole)
  const ms = Math.floor(micros / 1000)
  return { at: isoMicros(ms, String(micros - ms * 1000).padStart(3, '0')), zone: 'stated' }
}
