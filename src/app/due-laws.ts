import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../base/index.ts'
import { lintLaw, readingOf, type Law, type LawFlaw, type LawReading } from '../response/index.ts'
import { knownLaws } from './due.ts'
import { privateDue } from './due-private.ts'

/** A law file held against the form. */
export interface LintedLaw {
  readonly file: string
  readonly flaws: readonly LawFlaw[]
  /** What it would say, when it fits. */
  readonly reading?: LawReading
}

/** Holds a law file, or every `.yml` of a folder, against the form. Throws a `UserError` when there is nothing to read. */
export function lawsLint(path: string): LintedLaw[] {
  const files = filesAt(path)
  return files.map((file) => {
    const { law, flaws } = lintLaw(readFileSync(file, 'utf8'))
    return { file, flaws, ...(law === undefined ? {} : { reading: readingOf(law) }) }
  })
}

/** The laws of this release and the own files of a workspace folder, in sentences. Reads files only: no workspace is opened. */
export function lawsRead(workspace: string): {
  readonly laws: readonly LawReading[]
  readonly faults: ReturnType<typeof privateDue>['faults']
} {
  const own = privateDue({ path: (...parts) => join(workspace, ...parts) })
  const all: readonly Law[] = [...knownLaws(), ...own.laws]
  return { laws: all.map(readingOf), faults: own.faults }
}

function filesAt(path: string): string[] {
  const refuse = (message: string): never => {
    throw new UserError({ code: 'law-file-missing', message, hint: 'name a law file (.yml), or a folder of them' })
  }
  if (!existsSync(path)) return refuse(`${path} is not there`)
  if (!statSync(path).isDirectory()) return [path]
  const files = readdirSync(path)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => join(path, name))
  return files.length === 0 ? refuse(`${path} holds no .yml file`) : files
}
