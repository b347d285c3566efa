import { parseIso, type Moment } from '../base/index.ts'
import { monthNumber } from './months.ts'
import { oracleTime } from './oracle-time.ts'
import { timeOf } from './time-of.ts'

const clock = String.raw`(\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,9})?)`
const zone = String.raw`(?: ?(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[A-Z]{3,5}))?`
const dashed = new RegExp(String.raw`^(\d{4})[-/](\d{1,2})[-/](\d{1,2})[T ,]{1,2}${clock}${zone}$`)
const dayMonth = new RegExp(String.raw`^(\d{1,2})[/ -]([A-Z][a-z]{2})[/ -](\d{4})[: ]${clock}${zone}$`)
const monthDay = new RegExp(
  String.raw`^(?:[A-Z][a-z]{2},? )?([A-Z][a-z]{2}) {1,2}(\d{1,2}),?(?: (\d{4}))? ${clock}(?: ([AP])M)?(?: ([A-Z]{3,5}|[+-]\d{2}:?\d{2}))?(?: (\d{4}))?$`,
)
const american = new RegExp(String.raw`^(\d{1,2})/(\d{1,2})/(\d{2}|\d{4})[:,]? ?${clock}(?: ?([AP])\.?M\.?)?${zone}$`, 'i')

/** `20240131 10:00:00`, as MariaDB and scanners write it. */
const compact = new RegExp(String.raw`^(\d{4})(\d{2})(\d{2})[ T]${clock}${zone}$`)

/** A month with its year that the log itself, its name or its file tells. */
export interface ClockAnchor {
  readonly year: number
  readonly month: number
  readonly from: 'neighbour' | 'file name' | 'file date'
}

/** What a log's own words cannot tell: the zone of times without one, and the year of those without a year. */
export interface ClockOptions {
  /** Offset or IANA name of times that state none. */
  readonly zone?: string
  /** Year of the first record. */
  readonly year?: number
  /** Last day the log can hold, ISO: the file's date. Counts where nothing else tells the year. */
  readonly until?: string
  readonly name: string
  /** The beginning of the text, in which a year may stand; or what an earlier reading of it found. */
  readonly head: string | { readonly anchor: ClockAnchor | undefined }
}

/** Whether a time is one of those without a year. */
export function isYearless(text: string): boolean {
  return /^[A-Z][a-z]{2} {1,2}\d{1,2} \d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?: [A-Z]{3,5})?$/.test(text)
}

/**
 * Reads the times that logs write: ISO 8601, seconds since 1970 to nanoseconds, day and month names, American and
 * slashed dates, with or without zone; and without a year, as syslog writes them. The year is then the one given, the one
 * of a neighbour in the same log, or the one of a date in the file's name; it goes on when the months begin again.
 */
export class LogClock {
  readonly #zone: string | undefined
  /** Where the year came from, once a time without one was met; '' when it is not known. */
  yearFrom: 'given' | 'neighbour' | 'file name' | 'file date' | '' | undefined
  #year: number | undefined
  #month = 0
  readonly #anchor: ClockAnchor | undefined
  readonly #given: number | undefined

  constructor(options: ClockOptions) {
    this.#zone = options.zone
    this.#given = options.year
    this.#anchor = typeof options.head === 'string' ? anchorOf({ ...options, head: options.head }) : options.head.anchor
  }

  /** The time a text gives, in `zone` when it states none; undefined when it is none, or has no year that could be known. */
  read(text: string | undefined, zone = this.#zone): Moment | undefined {
    if (text === undefined || text === '' || text.length > 64) return undefined
    const plain = text
      .trim()
      .replaceAll(/^\[|\]$/g, '')
      // Go writes the zone twice.
      .replace(/( [+-]\d{4}) [A-Z]{3,4}$/, '$1')
    // Nanoseconds since 1970.
    const moment = /^\d{17,19}$/.test(plain) ? timeOf(plain.slice(0, 16)) : (timeOf(plain, zone) ?? this.#worded(plain, zone))
    // A zone may carry a time out of the four-digit years.
    return moment === undefined || !/^\d{4}-.{22}$/.test(moment.at) ? undefined : moment
  }

  #worded(text: string, assume: string | undefined): Moment | undefined {
    const iso = dashed.exec(text)
    if (iso !== null) {
      const [, year = '', month = '', day = '', hour = '', offset] = iso
      return this.#moment({ year, month, day, hour, offset }, assume)
    }
    const named = dayMonth.exec(text)
    if (named !== null) {
      const [, day = '', month = '', year = '', hour = '', offset] = named
      return this.#moment({ year, month: monthNumber(month), day, hour, offset }, assume)
    }
    const short = monthDay.exec(text)
    if (short !== null) {
      const [, name = '', day = '', first, hour = '', half, offset, last] = short
      const month = monthNumber(name)
      const year = first ?? last ?? this.#yearOf(Number(month))
      return year === undefined
        ? undefined
        : this.#moment({ year, month, day, hour: half === undefined ? hour : at24(hour, half), offset }, assume)
    }
    const us = american.exec(text)
    if (us === null) return this.#rare(text, assume)
    const [, one = '', two = '', year = '', hour = '', half, offset] = us
    // Month first, but where the first number cannot be a month.
    const [month, day] = Number(one) > 12 ? [two, one] : [one, two]
    return this.#moment(
      { year: year.length === 2 ? `20${year}` : year, month, day, hour: half === undefined ? hour : at24(hour, half), offset },
      assume,
    )
  }

  #rare(text: string, assume: string | undefined): Moment | undefined {
    const plain = compact.exec(text)
    if (plain !== null) {
      const [, year = '', month = '', day = '', hour = '', offset] = plain
      return this.#moment({ year, month, day, hour, offset }, assume)
    }
    return oracleTime(text, assume)
  }

  #moment(of: Digits, assume: string | undefined): Moment | undefined {
    const [clockText = '', fraction] = of.hour.replace(',', '.').split('.')
    const [hour = '', minute = '', second = '00'] = clockText.split(':')
    const digits = `${of.year}-${of.month.padStart(2, '0')}-${of.day.padStart(2, '0')}T${hour.padStart(2, '0')}:${minute}:${second}${fraction === undefined ? '' : `.${fraction}`}`
    const { offset } = of
    if (offset === undefined) return parseIso(digits, assume)
    if (offset === 'UTC' || offset === 'GMT' || offset === 'Z') return parseIso(`${digits}Z`)
    // Other names of zones are not unique.
    return /^[+-]/.test(offset) ? parseIso(`${digits}${offset}`) : parseIso(digits, assume)
  }

  /** The year of a time without one, by its month. */
  #yearOf(month: number): string | undefined {
    if (this.#year === undefined) {
      if (this.#given !== undefined) {
        this.#year = this.#given
        this.yearFrom = 'given'
      } else if (this.#anchor === undefined) {
        this.yearFrom = ''
        return undefined
      } else {
        this.#year = month > this.#anchor.month ? this.#anchor.year - 1 : this.#anchor.year
        this.yearFrom = this.#anchor.from
      }
      this.#month = month
    } else if (month - this.#month < -6) {
      this.#year += 1
      this.#month = month
    } else if (month - this.#month > 6) {
      // A late line of the year before.
      return String(this.#year - 1)
    } else this.#month = month
    return String(this.#year).padStart(4, '0')
  }
}

function at24(text: string, half: string): string {
  const [hour = '0', ...rest] = text.split(':')
  const at = (Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
  return [String(at), ...rest].join(':')
}

interface Digits {
  readonly year: string
  readonly month: string
  readonly day: string
  readonly hour: string
  readonly offset: string | undefined
}

/** The month and year by which times without a year are read. */
export function anchorOf(options: Pick<ClockOptions, 'name' | 'until'> & { readonly head: string }): ClockAnchor | undefined {
  const iso = /(?:^|[^\d])((?:19|20)\d{2})-(0[1-9]|1[0-2])-\d{2}[T ]\d{2}:/.exec(options.head)
  if (iso !== null) return { year: Number(iso[1]), month: Number(iso[2]), from: 'neighbour' }
  const worded = /(?:^|[^A-Za-z])([A-Z][a-z]{2}) {1,2}\d{1,2},? ((?:19|20)\d{2}) \d{2}:/.exec(options.head)
  const month = worded === null ? 0 : Number(monthNumber(worded[1] ?? ''))
  if (worded !== null && month > 0) return { year: Number(worded[2]), month, from: 'neighbour' }
  const base = options.name.split(/[/\\]/).at(-1) ?? ''
  const named = /(?:^|[^\d])((?:19|20)\d{2})[-_.]?(0[1-9]|1[0-2])(?:[-_.]?(?:0[1-9]|[12]\d|3[01]))?(?:[^\d]|$)/.exec(base)
  if (named !== null) return { year: Number(named[1]), month: Number(named[2]), from: 'file name' }
  const until = /^(\d{4})-(\d{2})/.exec(options.until ?? '')
  return until === null ? undefined : { year: Number(until[1]), month: Number(until[2]), from: 'file date' }
}
