import type { CalendarPart, HolidayCalendar } from './holiday-calendar.ts'

/**
 * Own lists of holidays over the shipped ones: for the years that an own list covers it alone counts, for other years the shipped list of the
 * same id. Lists with another weekend cannot be joined: then the own one counts alone, and its years are all there are.
 */
export function withOwnCalendars(
  own: readonly HolidayCalendar[],
  shipped: readonly HolidayCalendar[],
): readonly HolidayCalendar[] {
  return [
    ...own.map((one) => {
      const other = shipped.find(({ id }) => id === one.id)
      return other === undefined ? { ...one, parts: [ownPart(one, [])] } : joined(one, other)
    }),
    ...shipped.filter((one) => !own.some(({ id }) => id === one.id)),
  ].toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

/** How a list of holidays was read. */
const readAs: Readonly<Record<CalendarPart['source']['basis'], string>> = {
  text: 'in the official text',
  summary: 'in a summary, not in the gazette',
  excerpt: 'in an excerpt, not in the gazette',
  memory: 'from memory, not checked',
  own: 'in an own file',
}

/** What is missing of a list of holidays: all of it, or a year, with the years it covers and how far it was checked. */
export function lackText(
  calendars: readonly HolidayCalendar[],
  { calendar: id, lacks }: { readonly calendar: string; readonly lacks?: number | undefined },
): string {
  const calendar = calendars.find((one) => one.id === id)
  if (calendar === undefined || lacks === undefined) return `the calendar "${id}" is not there`
  return `the calendar "${id}" does not cover the years: ${lacks} is not in it (it covers ${listsText(partsOf(calendar))})`
}

function partsOf(calendar: HolidayCalendar): readonly CalendarPart[] {
  return calendar.parts ?? [{ years: calendar.years, source: calendar.source, own: false, differs: [] }]
}

/** Which years are by whose list, when each was read, and how. */
function listsText(parts: readonly CalendarPart[]): string {
  return parts
    .map(
      ({ years, own, source }) =>
        `${yearsText(years)} by ${own ? 'your own list' : 'the shipped list'}, read ${source.read} ${readAs[source.basis]}`,
    )
    .join('; ')
}

/** `2024 and 2026`, `2024, 2025 and 2026` */
function yearsText(years: readonly number[]): string {
  const words = years.toSorted((a, b) => a - b).map(String)
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`
}

function joined(own: HolidayCalendar, shipped: HolidayCalendar): HolidayCalendar {
  const yearOf = ({ day }: HolidayCalendar['holidays'][number]): number => Number(day.slice(0, 4))
  const both = [own, shipped].map(
    (one) => new Set(one.holidays.filter((day) => own.years.includes(yearOf(day))).map(({ day }) => day)),
  )
  const [mine = new Set(), theirs = new Set()] = both
  const differs = [...[...mine].filter((day) => !theirs.has(day)), ...[...theirs].filter((day) => !mine.has(day))].sort()
  const part = ownPart(own, own.years.some((year) => shipped.years.includes(year)) ? differs : [])
  const sameWeek = own.weekend.length === shipped.weekend.length && own.weekend.every((day) => shipped.weekend.includes(day))
  if (!sameWeek) return { ...own, parts: [part] }
  const years = shipped.years.filter((year) => !own.years.includes(year))
  const rest = shipped.holidays.filter((one) => years.includes(yearOf(one)))
  return {
    ...own,
    years: [...own.years, ...years],
    holidays: [...own.holidays, ...rest],
    parts: [part, ...(years.length === 0 ? [] : [{ years, source: shipped.source, own: false, differs: [] }])],
  }
}

function ownPart({ years, source }: HolidayCalendar, differs: readonly string[]): CalendarPart {
  return { years, source, own: true, differs }
}

/** By whose list business days between two local dates were counted: in few words, with its years and the day it was read, and in sentences for notes. */
export function countedBy(
  calendar: HolidayCalendar,
  from: string,
  to: string,
): { readonly short: string; readonly lists: string; readonly notes: readonly string[] } {
  const parts = partsOf(calendar).filter(({ years }) =>
    years.some((year) => year >= Number(from.slice(0, 4)) && year <= Number(to.slice(0, 4))),
  )
  const skipped = calendar.holidays.filter(({ day }) => day > from && day <= to)
  const days =
    skipped.length === 0 ? 'no holiday fell into it' : `left out: ${skipped.map((one) => `${one.day} (${one.name})`).join(', ')}`
  const names = parts.map((one) => (one.own ? 'your own list of holidays' : 'the shipped list of holidays'))
  return {
    short: `by ${[...new Set(names)].join(' and ')} (${calendar.name})`,
    lists: `${calendar.name}: ${listsText(parts)}; nothing is counted beyond`,
    notes: parts.map((one, at) => {
      const which = `Holidays of ${calendar.name}${parts.length > 1 ? ` in ${one.years.join(', ')}` : ''}`
      const counted = at === 0 ? ` Counted with it, ${days}.` : ''
      const covers = ` It covers ${yearsText(one.years)}; beyond that nothing is counted.`
      if (one.own) {
        const apart = one.differs.filter((day) => day > from && day <= to)
        const other = apart.length === 0 ? '' : ` The shipped list says otherwise of ${apart.join(', ')}.`
        return `${which} are those of your own list (private/calendars, read ${one.source.read}); it goes before the shipped one.${covers}${counted}${other}`
      }
      return `${which} are those of the list that ships with the product, read ${one.source.read} (${readAs[one.source.basis]}).${covers} It is from: ${one.source.text}. Where the gazette says otherwise, put its days into private/calendars/${calendar.id}.yml.${counted}`
    }),
  }
}
