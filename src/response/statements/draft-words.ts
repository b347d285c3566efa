import { localText } from '../calendar.ts'
import type { StatementLanguage } from './language.ts'
import type { Audience } from './language-schema.ts'

/** `6 October 2026` in a language, on the day it is in the zone (`+08:00`; '' is UTC). */
export function dayText(at: string, zone: string, { file }: StatementLanguage): string {
  const [year = '', month = '', day = ''] = localText(at, zone === '' ? 'Z' : zone)
    .slice(0, 10)
    .split('-')
  const names = Object.entries(file.months).filter(([, number]) => number === Number(month))
  const name = names.map(([word]) => word).toSorted((a, b) => b.length - a.length)[0] ?? month
  return `${Number(day)} ${name.charAt(0).toUpperCase()}${name.slice(1)} ${year}`
}

/** `14:40, 7 October 2026 (+08:00)`. */
export function timeText(at: string, zone: string, language: StatementLanguage): string {
  const local = localText(at, zone === '' ? 'Z' : zone)
  return `${local.slice(11, 16)}, ${dayText(at, zone, language)} (${zone === '' ? 'UTC' : zone})`
}

/** A sentence of the data file with its places filled; undefined where the audience has none. A place without a value is an error of ours. */
export function sentenceFor(
  language: StatementLanguage,
  asked: { readonly slot: string; readonly audience: Audience; readonly values: Readonly<Record<string, string>> },
): string | undefined {
  const template = language.file.sentences[asked.slot]
  const text = template?.[asked.audience] ?? template?.default
  return text?.replaceAll(/\{([a-zA-Z]+)\}/g, (_, name: string) => {
    const value = asked.values[name]
    if (value === undefined) throw new Error(`internal error: the sentence ${asked.slot} has no ${name}`)
    return value
  })
}
