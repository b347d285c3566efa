import { existsSync } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join, resolve, sep } from 'node:path'
import { limits, UserError } from '../base/index.ts'
import { lintRules, readPlaceholders, type LintNote, type NotLoaded, type RuleFile } from '../sigma/index.ts'
import { packageRoot } from './package-root.ts'

/** What is the matter with the rules of a folder. */
export interface RulesLint {
  /** Rules, correlations and filters of the folder that load. */
  readonly loaded: number
  readonly notLoaded: readonly NotLoaded[]
  /** Ids that stand twice, missing fields, unknown tags, and rules that no log which is read can reach. */
  readonly notes: readonly LintNote[]
}

/** Says which rules of a folder or file load, why the others do not, and what else is to be said about them. Our own rules count as loaded beside them. */
export async function rulesLint(folder: string, placeholders: readonly string[] = []): Promise<RulesLint> {
  const own = join(packageRoot(), 'rules')
  const files = await readRuleFiles(folder)
  const root = resolve(folder)
  const inside = (file: string): boolean => resolve(file) === root || resolve(file).startsWith(`${root}${sep}`)
  const beside = root === own || root.startsWith(`${own}${sep}`) ? [] : await readRuleFiles(own)
  const values = await readPlaceholderFiles(placeholders)
  const { loaded, notes } = lintRules([...beside, ...files], {
    placeholders: values,
  })
  const all = [...loaded.rules, ...loaded.correlations, ...loaded.filters]
  return {
    loaded: all.filter((one) => inside(one.file)).length,
    notLoaded: loaded.notLoaded.filter((one) => inside(one.file)),
    notes: notes.filter((one) => inside(one.file)),
  }
}

/** Values of placeholder files; a later file replaces the names of an earlier one. */
export async function readPlaceholderFiles(paths: readonly string[]): Promise<Readonly<Record<string, readonly string[]>>> {
  let all: Readonly<Record<string, readonly string[]>> = {}
  for (const path of paths) {
    const { placeholders, notLoaded } = readPlaceholders({ name: path, text: await textOf(path) })
    const [first] = notLoaded
    if (first !== undefined)
      throw new UserError({
        code: 'rule-settings',
        message: `${first.file}, line ${first.line}: ${first.why}`,
        hint: 'write a map from the name of a placeholder to a list of values',
      })
    all = { ...all, ...placeholders }
  }
  return all
}

/** The rule files of a folder, or one file, in order of path; a file above the limit is cut, and then named as too large. */
export async function readRuleFiles(path: string): Promise<RuleFile[]> {
  if (!existsSync(path))
    throw new UserError({ code: 'no-such-path', message: `${path} does not exist`, hint: 'give a folder of Sigma rules' })
  const paths = (await stat(path)).isDirectory()
    ? (await readdir(path, { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
    : [path]
  if (paths.length > limits.rules)
    throw new UserError({ code: 'too-many-rules', message: `more than ${limits.rules} rule files`, hint: 'give fewer folders' })
  const files: RuleFile[] = []
  for (const one of paths) files.push({ name: one, text: await textOf(one) })
  return files
}

async function textOf(path: string): Promise<string> {
  if (!existsSync(path)) throw new UserError({ code: 'no-such-path', message: `${path} is no file`, hint: 'give a YAML file' })
  return (await readFile(path)).subarray(0, limits.ruleBytes + 1).toString('utf8')
}
