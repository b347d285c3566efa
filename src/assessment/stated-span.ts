import type { DayRange } from '../events/index.ts'

/** Months in English and Malay by their first letters. */
const months = [
  /^jan/,
  /^(?:feb|februari)/,
  /^(?:mar|mac)/,
  /^apr/,
  /^(?:may|mei)/,
  /^jun/,
  /^(?:jul|julai)/,
  /^(?:aug|ogos)/,
  /^(?:sep)/,
  /^(?:oct|okt)/,
  /^nov/,
  /^(?:dec|dis)/,
]
const dated =
  /\b(?:(?<iso>(?:19|20)\d\d-\d\d(?:-\d\d)?)|(?:(?<day>\d{1,2})(?:st|nd|rd|th)? )?(?<month>jan\w*|feb\w*|mar(?:ch|s)?|mac|apr\w*|may|mei|june?|julai|july?|aug\w*|ogos|sep\w*|oct\w*|okt\w*|nov\w*|dec\w*|dis\w*),? (?<year>(?:19|20)\d\d)|(?<only>(?:19|20)\d\d))\b/gi
/** Words of how long somebody has been inside: no age of data. */
const inside = /\b(?:inside|access|control|since|sejak|still|listen\w*)\b/i

/**
 * The days that words give to data: a year, a month, a day; of several the whole stretch. Undefined where none is named, or where they tell of access, not
 * of data.
 */
export function statedSpan(text: string): DayRange | undefined {
  const flat = text.slice(0, 4_000)
  if (inside.test(flat)) return undefined
  const spans = [...flat.matchAll(dated)].flatMap(({ groups = {} }) => spanOf(groups))
  const from = spans.map((one) => one.from).toSorted()[0]
  const to = spans
    .map((one) => one.to)
    .toSorted()
    .at(-1)
  return from === undefined || to === undefined ? undefined : { from, to }
}

function spanOf({ iso, day, month, year, only }: Readonly<Record<string, string | undefined>>): DayRange[] {
  if (only !== undefined) return [{ from: `${only}-01-01`, to: `${only}-12-31` }]
  if (iso !== undefined) return iso.length === 10 ? [{ from: iso, to: iso }].filter(isDay) : ofMonth(iso)
  const at = months.findIndex((one) => one.test((month ?? '').toLowerCase()))
  if (at < 0 || year === undefined) return []
  const text = `${year}-${String(at + 1).padStart(2, '0')}`
  if (day === undefined) return ofMonth(text)
  const whole = `${text}-${day.padStart(2, '0')}`
  return [{ from: whole, to: whole }].filter(isDay)
}

function ofMonth(month: string): DayRange[] {
  const [year = 0, number = 0] = month.split('-').map(Number)
  if (number < 1 || number > 12) return []
  const last = new Date(Date.UTC(year, number, 0)).getUTCDate()
  return [{ from: `${month}-01`, to: `${month}-${String(last).padStart(2, '0')}` }]
}

function isDay({ from }: DayRange): boolean {
  const at = Date.parse(from)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(from)
}
