import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readStatementLanguages, type StatementLanguage } from '../../src/response/index.ts'

const folder = join(import.meta.dirname, '../../data/phrases')

/** The shipped languages; throws when one does not fit the form. */
export function shippedLanguages(): readonly StatementLanguage[] {
  const files = readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))
  const { languages, faults } = readStatementLanguages(files)
  if (faults.length > 0) throw new Error(faults[0]?.what)
  return languages
}
