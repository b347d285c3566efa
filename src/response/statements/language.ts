import { parse } from 'yaml'
import { fault, limits, type Fault } from '../../base/index.ts'
import { languageSchema, type LanguageFile, type Topic } from './language-schema.ts'
import { compilePattern, type WordPattern } from './word-pattern.ts'

/** A phrase that needs coverage and an adopted finding. */
export interface CheckedPhrase {
  readonly id: string
  readonly topic?: Topic
  readonly patterns: readonly WordPattern[]
  readonly unless: readonly WordPattern[]
  readonly instead: string
}

/** A language of statements, its patterns compiled; the form of the file is `language-schema.ts`. */
export interface StatementLanguage {
  readonly file: LanguageFile
  readonly checked: readonly CheckedPhrase[]
  readonly says: readonly {
    readonly topic: Topic
    readonly value: 'yes' | 'no'
    readonly patterns: readonly WordPattern[]
    readonly unless: readonly WordPattern[]
  }[]
  readonly unknown: readonly WordPattern[]
  readonly claimed: readonly WordPattern[]
  readonly assuring: readonly WordPattern[]
  readonly matters: readonly WordPattern[]
  readonly frank: readonly WordPattern[]
  readonly since: readonly WordPattern[]
  readonly sample: readonly WordPattern[]
  readonly base: readonly WordPattern[]
  readonly about: Readonly<Record<'access' | 'data' | 'outside', readonly WordPattern[]>>
  readonly when: Readonly<Record<'aware' | 'access' | 'published', readonly WordPattern[]>>
  readonly qualifiers: Readonly<Record<'least' | 'most' | 'about', readonly WordPattern[]>>
  readonly units: Readonly<Record<'persons' | 'records' | 'systems', ReadonlySet<string>>>
}

/** Languages of `data/phrases` (name and YAML text), sorted by code; a file with a mistake is left out whole, with one fault. */
export function readStatementLanguages(files: readonly { readonly name: string; readonly text: string }[]): {
  readonly languages: readonly StatementLanguage[]
  readonly faults: readonly Fault[]
} {
  const languages: StatementLanguage[] = []
  const faults: Fault[] = []
  for (const { name, text } of files) {
    try {
      if (text.length > limits.ruleBytes) throw new Error('the file is larger than the limit')
      languages.push(compiled(languageSchema.parse(parse(text, { maxAliasCount: limits.yamlAliases }))))
    } catch (error) {
      const what = error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'unreadable'
      faults.push(
        fault(
          'phrases-invalid',
          `The file of phrases does not fit the form: ${what.slice(0, 300)}.`,
          { file: name },
          'Correct the file; its language is not checked until then.',
        ),
      )
    }
  }
  return { languages: languages.toSorted((a, b) => (a.file.language < b.file.language ? -1 : 1)), faults }
}

function compiled(file: LanguageFile): StatementLanguage {
  const all = (texts: readonly string[]): readonly WordPattern[] => texts.map((text) => compilePattern(text, file.sets))
  const words = (text: string): ReadonlySet<string> => new Set(text.split('|'))
  const { about, when, qualifiers, units } = file
  return {
    file,
    checked: file.checked.map(({ id, topic, patterns, unless, instead }) => ({
      id,
      ...(topic === undefined ? {} : { topic }),
      patterns: all(patterns),
      unless: all(unless),
      instead,
    })),
    says: file.says.map((one) => ({ ...one, patterns: all(one.patterns), unless: all(one.unless) })),
    unknown: all(file.unknown),
    claimed: all(file.claimed),
    assuring: all(file.assuring),
    matters: all(file.matters),
    frank: all(file.frank),
    since: all(file.since),
    sample: all(file.scopes.sample),
    base: all(file.scopes.base),
    about: { access: all(about.access), data: all(about.data), outside: all(about.outside) },
    when: { aware: all(when.aware), access: all(when.access), published: all(when.published) },
    qualifiers: { least: all(qualifiers.least), most: all(qualifiers.most), about: all(qualifiers.about) },
    units: { persons: words(units.persons), records: words(units.records), systems: words(units.systems) },
  }
}
