import { canonical, tokenOf, type TokenKey } from '../persons/index.ts'
import { dayNumber, dayText } from './day.ts'
import { dateSpelling, nullToken, shapeOf } from './profile-shapes.ts'

/** One column of a table, without any value that could be a person's. Shares are fractions of the rows looked at, to 5 places. */
export interface ColumnProfile {
  /** As written; a name that is itself a value (digits, an address) is given as its shape. */
  readonly name: string
  readonly empty: number
  /** How "no value" is written, with shares. */
  readonly nulls: readonly Share[]
  /** Distinct values by values. */
  readonly distinct: number
  /** Shortest and longest value, characters. */
  readonly length: { readonly least: number; readonly most: number }
  /** At most 20 shapes, each of at least 10 rows. */
  readonly shapes: readonly Share[]
  /** Keyed tokens (tag `profile`) of values on 0.1 % of the rows and at least 10: the vocabulary of a code. At most 500, fewer in wide tables. */
  readonly values: readonly Share[]
  /** Share of values that those tokens stand for: near 1 = the vocabulary is whole. */
  readonly covered: number
  /** Spellings of dates with shares; oldest and newest day at the 0.1 % quantiles, as the Monday of their week. */
  readonly dates?: { readonly spellings: readonly Share[]; readonly oldest: string; readonly newest: string }
  /** First characters of numbers that are mostly distinct (phone, serial, contract number), each on at least 10 rows. */
  readonly prefixes?: readonly Share[]
  readonly decimal?: '.' | ','
}

/** A text of the profile and the share of rows it stands for. */
export interface Share {
  readonly text: string
  readonly share: number
}

/** Rows below which nothing of a value is described. */
const fewest = 10
/** How many shapes, tokens and prefixes one column may have, and all columns together: a profile stays below 200 kB. */
const most = { shapes: 20, values: 500, prefixes: 100 } as const
const mostOfTable = { shapes: 1_000, values: 1_500, prefixes: 600 } as const
/** Tag of the tokens in a profile: one for all columns, so that columns of different names compare. */
const tag = 'profile'

/** Describes a column by its values, in the order of the rows. */
export function profileColumn(options: {
  readonly name: string
  readonly values: readonly string[]
  /** Columns of the table: they share the room. */
  readonly among: number
  readonly key: TokenKey
  readonly country?: string
}): ColumnProfile {
  const { values, key, country, among } = options
  const room = (of: keyof typeof most): number => Math.max(2, Math.min(most[of], Math.floor(mostOfTable[of] / among)))
  const rows = Math.max(1, values.length)
  const nulls = new Map<string, number>()
  const counts = new Map<string, number>()
  const shapes = new Map<string, number>()
  let filled = 0
  let shortest = Infinity
  let longest = 0
  for (const value of values) {
    const none = nullToken(value)
    if (none !== undefined) {
      add(nulls, none)
      continue
    }
    const text = value.trim()
    filled += 1
    shortest = Math.min(shortest, text.length)
    longest = Math.max(longest, text.length)
    add(counts, text)
  }
  for (const [text, count] of counts) {
    const shape = shapeOf(text)
    shapes.set(shape, (shapes.get(shape) ?? 0) + count)
  }
  const distinct = filled === 0 ? 0 : counts.size / filled
  const floor = Math.max(fewest, Math.ceil(rows * 0.001))
  const vocabulary = new Map<string, number>()
  for (const [text, count] of counts) {
    const form = profileForm(text)
    if (form !== undefined) vocabulary.set(form, (vocabulary.get(form) ?? 0) + count)
  }
  const frequent = [...vocabulary].filter(([, count]) => count >= floor)
  const kept = top(new Map(frequent), { rows, least: floor, most: room('values') })
  const covered = kept.reduce((sum, { share }) => sum + share, 0) * (rows / Math.max(1, filled))
  const dates = datesOf(counts, { filled, rows, country })
  const prefixes =
    distinct >= 0.5 && dates === undefined ? prefixesOf(counts, { filled, rows, country, most: room('prefixes') }) : undefined
  const decimal = decimalOf(counts, filled)
  return {
    name: safeName(options.name),
    empty: rounded(1 - filled / rows),
    nulls: top(nulls, { rows, least: 1, most: most.shapes }),
    distinct: rounded(distinct),
    length: { least: filled === 0 ? 0 : shortest, most: longest },
    shapes: top(shapes, { rows, least: fewest, most: room('shapes') }),
    values: kept.map(({ text, share }) => ({ text: tokenOf(key, tag, text), share })).toSorted(byShare),
    covered: rounded(Math.min(1, covered)),
    ...(dates === undefined ? {} : { dates }),
    ...(prefixes === undefined || prefixes.length === 0 ? {} : { prefixes }),
    ...(decimal === undefined ? {} : { decimal }),
  }
}

/** The text behind a token of a profile: a code's canonical form. */
function profileForm(value: string): string | undefined {
  return canonical('code', value)
}

function datesOf(
  counts: ReadonlyMap<string, number>,
  { filled, rows, country }: { readonly filled: number; readonly rows: number; readonly country: string | undefined },
): ColumnProfile['dates'] | undefined {
  if (filled < fewest) return undefined
  const spelt = new Map<string, number>()
  const days: [number, number][] = []
  let read = 0
  for (const [text, count] of counts) {
    const spelling = dateSpelling(text)
    const day = spelling === undefined ? undefined : canonical('date', text, country === undefined ? {} : { country })
    if (spelling === undefined || day === undefined) continue
    spelt.set(spelling, (spelt.get(spelling) ?? 0) + count)
    days.push([dayNumber(day), count])
    read += count
  }
  if (read < filled * 0.9) return undefined
  days.sort((a, b) => a[0] - b[0])
  const at = (share: number): number => {
    let sum = 0
    for (const [day, count] of days) {
      sum += count
      if (sum > share * read) return day
    }
    return days.at(-1)?.[0] ?? 0
  }
  return {
    spellings: top(spelt, { rows, least: fewest, most: most.shapes }),
    oldest: dayText(monday(at(0.001))),
    newest: dayText(monday(at(0.999))),
  }
}

/** The Monday on or before a day: 1970-01-01 was a Thursday. */
function monday(day: number): number {
  return day - ((((day + 3) % 7) + 7) % 7)
}

function prefixesOf(
  counts: ReadonlyMap<string, number>,
  options: { readonly filled: number; readonly rows: number; readonly country: string | undefined; readonly most: number },
): readonly Share[] | undefined {
  const { filled, rows, country } = options
  const prefixes = new Map<string, number>()
  let numbers = 0
  for (const [text, count] of counts) {
    const prefix = numberPrefix(text, country)
    if (prefix === undefined) continue
    numbers += count
    prefixes.set(prefix, (prefixes.get(prefix) ?? 0) + count)
  }
  return numbers < filled * 0.5 ? undefined : top(prefixes, { rows, least: fewest, most: options.most })
}

/** The first characters of a number: five digits of a phone number in international form, four of another with six digits or more. */
function numberPrefix(value: string, country: string | undefined): string | undefined {
  const digits = value.replaceAll(/[^0-9]/g, '')
  if (digits.length < 6 || digits.length * 2 < value.trim().length) return undefined
  const dialled = country === undefined ? undefined : canonical('msisdn', value, { country })
  if (dialled !== undefined) return dialled.slice(0, 5)
  const bare = value
    .trim()
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, '')
  return bare.slice(0, 4)
}

function decimalOf(counts: ReadonlyMap<string, number>, filled: number): '.' | ',' | undefined {
  if (filled < fewest) return undefined
  let dot = 0
  let comma = 0
  for (const [text, count] of counts) {
    if (/^-?\d{1,12}\.\d{1,4}$/.test(text)) dot += count
    else if (/^-?\d{1,12},\d{1,4}$/.test(text)) comma += count
  }
  if (dot * 2 > filled) return '.'
  return comma * 2 > filled ? ',' : undefined
}

function safeName(name: string): string {
  const digits = name.replaceAll(/\D/g, '').length
  return digits >= 5 || name.includes('@') ? shapeOf(name) : name.slice(0, 100)
}

function add(counts: Map<string, number>, text: string): void {
  counts.set(text, (counts.get(text) ?? 0) + 1)
}

function top(
  counts: ReadonlyMap<string, number>,
  options: { readonly rows: number; readonly least: number; readonly most: number },
): Share[] {
  return [...counts]
    .filter(([, count]) => count >= options.least)
    .map(([text, count]) => ({ text, share: rounded(count / options.rows) }))
    .toSorted(byShare)
    .slice(0, options.most)
}

function byShare(a: Share, b: Share): number {
  return b.share - a.share || (a.text < b.text ? -1 : a.text > b.text ? 1 : 0)
}

/** A share to five places. */
function rounded(share: number): number {
  return Math.round(share * 100_000) / 100_000
}
