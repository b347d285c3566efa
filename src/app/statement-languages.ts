import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { invariant } from '../base/index.ts'
import { readStatementLanguages, type StatementLanguage } from '../response/index.ts'
import { packageRoot } from './package-root.ts'

let read: readonly StatementLanguage[] | undefined

/** The languages of statements this release knows, from `data/phrases`; read once. */
export function statementLanguages(): readonly StatementLanguage[] {
  if (read !== undefined) return read
  const folder = join(packageRoot(), 'data', 'phrases')
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.yml'))
    .sort()
    .map((file) => ({ name: `data/phrases/${file}`, text: readFileSync(join(folder, file), 'utf8') }))
  const { languages, faults } = readStatementLanguages(files)
  invariant(faults.length === 0, `the shipped phrases are sound: ${faults[0]?.what ?? ''}`)
  read = languages
  return languages
}
