import type { StatementLanguage } from './language.ts'
import { findAny } from './word-pattern.ts'

/** A number of something in a sentence, as bounds. */
export interface CountSaid {
  readonly unit: 'persons' | 'records' | 'systems'
  /** What is counted: a sample, all customers, what others claim, or those concerned. */
  readonly scope: 'sample' | 'base' | 'claim' | 'concerned'
  readonly min?: number
  readonly max?: number
}

/** Words between a number and what it counts: `60 of our prepaid customers`. */
const reach = 4
/** What `about` allows on either side, in per cent. */
const aboutPercent = 10

/** The counts of a sentence. Numbers that are dates are not looked at: give their places in `dates`. */
export function countsIn(
  words: readonly string[],
  languages: readonly StatementLanguage[],
  dates: ReadonlySet<number>,
): CountSaid[] {
  const found: CountSaid[] = []
  for (const language of languages)
    for (let at = 0; at < words.length; at += 1) {
      if (dates.has(at)) continue
      const read = numberAt(words, at, language)
      if (read === undefined) continue
      const unit = unitAfter(words, read.to, language)
      if (unit === undefined) continue
      const scope = scopeOf(clauseAt(words, at), language)
      const count = { unit, scope, ...bounds(words, at, read.value, language) }
      if (!found.some((one) => JSON.stringify(one) === JSON.stringify(count))) found.push(count)
    }
  return found
}

function numberAt(words: readonly string[], at: number, { file }: StatementLanguage): { value: number; to: number } | undefined {
  const word = words[at] ?? ''
  const spelled = file.numbers[word]
  const joined = /^(\d+(?:[.,]\d+)*)(k|m)$/.exec(word)
  const text = joined?.[1] ?? word
  if (spelled === undefined && !/^\d+(?:[.,]\d+)*$/.test(text)) return undefined
  const times = file.multipliers[joined?.[2] ?? words[at + 1] ?? '']
  const to = at + (joined === null && times !== undefined ? 2 : 1)
  if (spelled !== undefined) return { value: spelled * (times ?? 1), to }
  const grouped = times === undefined || /^\d{1,3}(?:,\d{3})+$/.test(text)
  const value = Number(grouped && /^\d{1,3}(?:[.,]\d{3})+$/.test(text) ? text.replaceAll(/[.,]/g, '') : text.replace(',', '.'))
  return Number.isFinite(value) ? { value: Math.round(value * (times ?? 1)), to } : undefined
}

function unitAfter(words: readonly string[], from: number, { units }: StatementLanguage): CountSaid['unit'] | undefined {
  for (let at = from; at < from + reach && at < words.length; at += 1) {
    const word = words[at] ?? ''
    if (/^\d/.test(word)) return undefined
    for (const unit of ['persons', 'records', 'systems'] as const) if (units[unit].has(word)) return unit
  }
  return undefined
}

function bounds(
  words: readonly string[],
  at: number,
  value: number,
  { qualifiers }: StatementLanguage,
): Pick<CountSaid, 'min' | 'max'> {
  const near = words.slice(Math.max(0, at - 4), at)
  if (findAny(near, qualifiers.least) !== undefined) return { min: value }
  if (findAny(near, qualifiers.most) !== undefined) return { max: value }
  if (findAny(near, qualifiers.about) === undefined) return { min: value, max: value }
  const slack = Math.ceil((value * aboutPercent) / 100)
  return { min: value - slack, max: value + slack }
}

/** The words around a place up to the semicolons. */
function clauseAt(words: readonly string[], at: number): readonly string[] {
  const end = words.indexOf(';', at)
  return words.slice(words.lastIndexOf(';', at) + 1, end < 0 ? words.length : end)
}

function scopeOf(words: readonly string[], language: StatementLanguage): CountSaid['scope'] {
  if (findAny(words, language.claimed) !== undefined) return 'claim'
  if (findAny(words, language.sample) !== undefined) return 'sample'
  return findAny(words, language.base) === undefined ? 'concerned' : 'base'
}
