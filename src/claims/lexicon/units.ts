import { languages } from '../language/languages.ts'

type Pair = readonly [name: string, words: RegExp]

function pairs(list: readonly { readonly name: string; readonly words: string }[]): Pair[] {
  return list.map(({ name, words }) => [name, new RegExp(words, 'iu')])
}

/** What is counted in claims: the unit's name and the words for it. The first that matches wins. */
export const units: readonly Pair[] = pairs(languages.flatMap((one) => one.units))

/** Units of data; the others count who or what was reached. */
export const dataUnits: ReadonlySet<string> = new Set(languages.flatMap((one) => one['data-units']))

/** Words that say how a number is meant, as they end right before it. */
export const qualifiers: readonly (readonly [words: RegExp, qualifier: 'at least' | 'at most' | 'about', strict: boolean])[] =
  languages.flatMap((one) => one.qualifiers.map(({ words, meant, strict }) => [new RegExp(words, 'i'), meant, strict] as const))

/** Number words that appear in claims. */
export const numberWords: Readonly<Record<string, number>> = Object.assign({}, ...languages.map((one) => one.numbers))

/** Multipliers written after a number. */
export const multipliers: Readonly<Record<string, number>> = Object.assign({}, ...languages.map((one) => one.multipliers))

/** Currencies of prices, by the words or signs for them. */
export const currencies: readonly Pair[] = pairs(
  languages.flatMap((one) => one.currencies.map(({ unit, words }) => ({ name: unit, words }))),
)

/** Units of time for deadlines, in seconds, with the letter of ISO 8601. */
export const timeUnits: readonly (readonly [words: RegExp, seconds: number, letter: 'TM' | 'TH' | 'D' | 'W'])[] =
  languages.flatMap((one) => one.times.map(({ words, seconds, letter }) => [new RegExp(words, 'i'), seconds, letter] as const))
