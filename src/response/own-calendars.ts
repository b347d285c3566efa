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

/** By whose list business days between two local dates were counted: in few words for the due time, in sentences for its notes. */
export function countedBy(
  calendar: HolidayCalendar,
  from: string,
  to: string,
): { readonly short: string; readonly notes: readonly string[] } {
  const parts = (calendar.parts ?? [{ years: calendar.years, source: calendar.source, own: false, differs: [] }]).filter(
    ({ years }) => years.some((year) => year >= Number(from.slice(0, 4)) && year <= Number(to.slice(0, 4))),
  )
  const skipped = calendar.holidays.filter(({ day }) => day > from && day <= to)
  const days =
    skipped.length === 0 ? 'no holiday fell into it' : `left out: ${skipped.map((one) => `${one.day} (${one.name})`).join(', ')}`
  const names = parts.map((one) => (one.own ? 'your own list of holidays' : 'the shipped list of holidays'))
  return {
    short: `by ${[...new Set(names)].join(' and ')} (${calendar.name})`,
    notes: parts.map((one, at) => {
      const which = `Holidays of ${calendar.name}${parts.length > 1 ? ` in ${one.years.join(', ')}` : ''}`
      const counted = at === 0 ? ` Counted with it, ${days}.` : ''
      if (one.own) {
        const apart = one.differs.filter((day) => day > from && day <= to)
        const other = apart.length === 0 ? '' : ` The shipped list says otherwise of ${apart.join(', ')}.`
        return `${which} are those of your own list (private/calendars, read ${one.source.read}); it goes before the shipped one.${counted}${other}`
      }
      return `${which} are those of the list that ships with the product, read ${one.source.read} (${readAs[one.source.basis]}). Where the gazette says otherwise, put its days into private/calendars/${calendar.id}.yml.${counted}`
    }),
  }
}
