/**
 * How the zone of a time is known: the source stated it (or wrote UTC), somebody assumed it
 * (`--zone`, the case file), or nobody knows and the digits are read as UTC.
 */
export type Zone = 'stated' | 'assumed' | 'unknown'

/** A time as evidence gives it. */
export interface Moment {
  /** Fixed width UTC, `YYYY-MM-DDTHH:mm:ss.ffffffZ`: sorts as text. */
  readonly at: string
  readonly zone: Zone
  /** `exact` unless the evidence only bounds it (a newspaper's time of publication bounds the post it reports). */
  readonly bound?: 'exact' | 'not-later-than' | 'not-earlier-than'
  /** What the evidence literally says. */
  readonly text?: string
}

const isoPattern =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?$/

/**
 * Reads ISO 8601 text (date, or date and time with up to nanoseconds, `T` or a space, with or without offset).
 * Without an offset the digits are read in `assume` (an offset such as `+08:00`, or an IANA zone) when given: zone `assumed`;
 * else as UTC: zone `unknown`. Returns undefined when the text is not such a time or the date does not exist.
 */
export function parseIso(text: string, assume?: string): Moment | undefined {
  const match = isoPattern.exec(text.trim())
  if (match === null) return undefined
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', offset] = match
  const micros = fraction.padEnd(6, '0').slice(0, 6)
  const digits = `${year}-${month}-${day}T${hour}:${minute}:${second}`
  const utc = Date.parse(`${digits}Z`)
  if (Number.isNaN(utc) || new Date(utc).getUTCDate() !== Number(day)) return undefined
  const shift = offset !== undefined ? offsetMinutes(offset) : assume === undefined ? 0 : zoneMinutes(assume, utc)
  if (shift === undefined) return undefined
  const zone: Zone = offset !== undefined ? 'stated' : assume === undefined ? 'unknown' : 'assumed'
  return { at: isoMicros(utc - shift * 60_000 + Number(micros.slice(0, 3)), micros.slice(3)), zone }
}

/** Fixed width text for epoch milliseconds; `micros` are the three digits below the millisecond. */
export function isoMicros(epochMs: number, micros = '000'): string {
  const whole = Math.floor(epochMs)
  const base = new Date(whole).toISOString()
  const text = base.length === 24 ? base : base.slice(-23, -1)
  return `${text.slice(0, 23)}${micros}Z`
}

/** Epoch milliseconds of fixed width text (the digits below the millisecond are dropped). */
export function epochMs(at: string): number {
  return Date.parse(`${at.slice(0, 23)}Z`)
}

/** Fixed width text to the minute, for sentences that say UTC themselves: `2024-02-05 18:14`. */
export function minuteText(at: string): string {
  return at.slice(0, 16).replace('T', ' ')
}

/** Whole seconds, for people: `2024-02-05 18:14:00Z`; the zone's standing is added when it is not stated. */
export function momentText(moment: Moment): string {
  const bound =
    moment.bound === 'not-later-than' ? 'not later than ' : moment.bound === 'not-earlier-than' ? 'not earlier than ' : ''
  const digits = `${moment.at.slice(0, 10)} ${moment.at.slice(11, 19)}`
  switch (moment.zone) {
    case 'stated':
      return `${bound}${digits}Z`
    case 'assumed':
      return `${bound}${digits}Z (zone assumed)`
    case 'unknown':
      return `${bound}${digits} (zone unstated)`
  }
}

function offsetMinutes(offset: string): number | undefined {
  if (offset === 'Z') return 0
  const sign = offset.startsWith('-') ? -1 : 1
  const digits = offset.slice(1).replace(':', '').padEnd(4, '0')
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))
  return minutes <= 18 * 60 ? sign * minutes : undefined
}

/** Minutes east of UTC at a local wall-clock time; `zone` is an offset or an IANA name. */
function zoneMinutes(zone: string, wallMs: number): number | undefined {
  if (/^([+-]\d{2}(:?\d{2})?|Z)$/.test(zone)) return offsetMinutes(zone)
  const first = ianaMinutes(zone, wallMs)
  return first === undefined ? undefined : ianaMinutes(zone, wallMs - first * 60_000)
}

function ianaMinutes(zone: string, utcMs: number): number | undefined {
  try {
    const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(utcMs)
    const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT'
    return name === 'GMT' ? 0 : offsetMinutes(name.replace('GMT', ''))
  } catch {
    return undefined
  }
}
