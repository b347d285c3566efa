import { z } from 'zod'
import { fault, limits, type Fault } from '../base/index.ts'
import { readYaml } from './read-yaml.ts'

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a day is written YYYY-MM-DD')
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

const schema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,64}$/),
  name: z.string().min(3).max(200),
  /** Days of the week on which nobody works. */
  weekend: z.array(z.enum(weekdays)).max(6),
  /** Years whose holidays are all in the file; nothing is counted beyond them. */
  years: z.array(z.int().min(2000).max(2199)).min(1).max(100),
  source: z.strictObject({
    text: z.string().min(3).max(600),
    url: z.url({ protocol: /^https?$/ }).optional(),
    read: day,
    basis: z.enum(['text', 'summary', 'excerpt', 'memory', 'own']),
  }),
  notes: z.array(z.string().min(3).max(600)).default([]),
  holidays: z.array(z.strictObject({ day, name: z.string().min(2).max(200) })).max(2_000),
})

/** Public holidays of one place, year by year, with their source. */
export type HolidayCalendar = z.infer<typeof schema> & {
  /** Which years are by whose list, where own lists stand before shipped ones; absent: all by `source`, as shipped. */
  readonly parts?: readonly CalendarPart[]
}

/** Years of a calendar that are by one list. */
export interface CalendarPart {
  readonly years: readonly number[]
  readonly source: z.infer<typeof schema>['source']
  /** The user's own list. */
  readonly own: boolean
  /** Days on which an own list and the shipped one say otherwise. */
  readonly differs: readonly string[]
}

/** Reads calendar files (name and YAML text); one with a mistake is left out with one fault. Sorted by id; the first of an id counts. */
export function readCalendars(files: readonly { readonly name: string; readonly text: string }[]): {
  readonly calendars: HolidayCalendar[]
  readonly faults: Fault[]
} {
  const calendars = new Map<string, HolidayCalendar>()
  const faults: Fault[] = []
  for (const file of files.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const read = readYaml(file.text)
    const parsed = file.text.length > limits.ruleBytes ? undefined : schema.safeParse('value' in read ? read.value : undefined)
    const strange = parsed?.data?.holidays.find((one) => !parsed.data?.years.includes(Number(one.day.slice(0, 4))))
    if (parsed?.success === true && strange === undefined && !calendars.has(parsed.data.id))
      calendars.set(parsed.data.id, parsed.data)
    else {
      const issue = parsed?.error?.issues[0]
      const what =
        issue === undefined
          ? strange === undefined
            ? 'The calendar is larger than the limit, or its id was read already.'
            : `The calendar has a holiday on ${strange.day}, in a year that "years" does not name.`
          : `The calendar does not fit the form: ${issue.message}.`
      const field = issue === undefined ? {} : { field: issue.path.join('.') }
      faults.push(
        fault(
          'calendar-file-invalid',
          what,
          { file: file.name, ...field },
          'Correct the calendar; business days that need it are not counted until then.',
        ),
      )
    }
  }
  return { calendars: [...calendars.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)), faults }
}

/**
 * The n-th business day after a local date (`YYYY-MM-DD`), which is itself not counted. Undefined when a year on the way is not in the
 * calendar: a holiday nobody entered would make the date too early or too late.
 */
export function businessDayAfter(calendar: HolidayCalendar, date: string, n: number): string | undefined {
  const counted = countedDays(calendar, date, n)
  return typeof counted === 'string' ? counted : undefined
}

/** The year whose holidays would be needed for that day and are not in the calendar. */
export function yearLacking(calendar: HolidayCalendar, date: string, n: number): number | undefined {
  const counted = countedDays(calendar, date, n)
  return typeof counted === 'number' ? counted : undefined
}

/** The day, or the first year on the way that is not there. */
function countedDays(calendar: HolidayCalendar, date: string, n: number): string | number {
  const holidays = new Set(calendar.holidays.map((one) => one.day))
  let at = Date.parse(`${date}T00:00:00Z`)
  for (let left = n; left > 0;) {
    at += 86_400_000
    const next = new Date(at).toISOString().slice(0, 10)
    const year = Number(next.slice(0, 4))
    if (!calendar.years.includes(year)) return year
    const weekday = weekdays[(new Date(at).getUTCDay() + 6) % 7]
    if (weekday !== undefined && !calendar.weekend.includes(weekday) && !holidays.has(next)) left -= 1
  }
  return new Date(at).toISOString().slice(0, 10)
}
