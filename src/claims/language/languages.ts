import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { invariant } from '../../base/index.ts'
import { formsOf, plainForms } from './family.ts'
import { fieldsSchema, languageSchema, type Language } from './schema.ts'

/** Roots that English texts have too. */
const borrowed: ReadonlySet<string> = new Set([
  'hack',
  'login',
  'copy',
  'download',
  'dump',
  'post',
  'upload',
  'share',
  'off',
  'masuk',
  'data',
])
const folder = join(import.meta.dirname, '..', '..', '..', 'data', 'claims')

/** Every language of `data/claims`, English first, then by name: shipped with the product, read once. */
export const languages: readonly Language[] = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .sort((a, b) => Number(b === 'en.yaml') - Number(a === 'en.yaml') || (a < b ? -1 : 1))
  .map((name) => withFields(languageSchema.parse(parse(readFileSync(join(folder, name), 'utf8'))), join(folder, 'fields', name)))

/** A language with its fields of meaning: their families are terms, their readings come behind its own. */
function withFields(language: Language, file: string): Language {
  if (!existsSync(file)) return language
  const fields = fieldsSchema.parse(parse(readFileSync(file, 'utf8')))
  const families = Object.entries(fields.families).flatMap(([name, entries]) => {
    const { any, done, suffered } = formsOf(entries, fields.forms)
    return [
      [name, any],
      [`${name}.done`, done],
      [`${name}.suffered`, suffered],
    ]
  })
  const terms = { ...language.terms, ...fields.terms, ...(Object.fromEntries(families) as Record<string, string>) }
  // The roots themselves tell the language too; words that English has are left out.
  const roots =
    fields.forms === 'affixes'
      ? Object.values(fields.families)
          .flat()
          .filter((one) => !borrowed.has(one))
      : []
  const tells = [language.tells, ...roots.flatMap((one) => plainForms(one))].join(' ')
  const patterns = { ...language.patterns }
  for (const [name, text] of Object.entries(fields.patterns))
    patterns[name] = patterns[name] === undefined ? text : `(?:${patterns[name]})|(?:${text})`
  const speakers = [...language.speakers, ...fields.speakers]
  return {
    ...language,
    ...(language.tells === '' ? {} : { tells }),
    terms,
    patterns,
    speakers,
    readings: [...language.readings, ...fields.readings],
  }
}

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
  return text.replace(/<([a-z]+(?:\.[a-z]+)?)>/g, (whole, name: string) => language.terms[name] ?? whole)
}

/** The words of a list of all languages. */
export function wordsOf(name: 'finding' | 'company-forms' | 'not-organisations' | 'sentence-starts'): ReadonlySet<string> {
  return new Set(languages.flatMap((one) => one[name].split(/\s+/).filter((word) => word !== '')))
}
