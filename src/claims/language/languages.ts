import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { invariant } from '../../base/index.ts'
import { languageSchema, type Language } from './schema.ts'

const folder = join(import.meta.dirname, '..', '..', '..', 'data', 'claims')

/** Every language of `data/claims`, English first, then by name: shipped with the product, read once. */
export const languages: readonly Language[] = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .sort((a, b) => Number(b === 'en.yaml') - Number(a === 'en.yaml') || (a < b ? -1 : 1))
  .map((name) => languageSchema.parse(parse(readFileSync(join(folder, name), 'utf8'))))

/** A pattern of all languages as one; `flags` say how it is used. */
export function pattern(name: string, flags = 'i'): RegExp {
  const parts = languages.flatMap((one) => {
    const text = one.patterns[name]
    return text === undefined ? [] : [`(?:${withTerms(text, one)})`]
  })
  invariant(parts.length > 0, `some language of data/claims has the pattern ${name}`)
  return new RegExp(parts.join('|'), flags)
}

/** A pattern of a language with its terms in the place of `<name>`; a name that is no term stays (`(?<name>...)`). */
export function withTerms(text: string, language: Language): string {
  return text.replace(/<([a-z]+)>/g, (whole, name: string) => language.terms[name] ?? whole)
}

/** The words of a list of all languages. */
export function wordsOf(name: 'finding' | 'company-forms' | 'not-organisations' | 'sentence-starts'): ReadonlySet<string> {
  return new Set(languages.flatMap((one) => one[name].split(/\s+/).filter((word) => word !== '')))
}
