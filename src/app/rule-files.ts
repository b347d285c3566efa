import { readdir, readFile, stat } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { limits, UserError } from '../base/index.ts'
import {
  loadRules,
  readPipelines,
  readPlaceholders,
  type LoadedRules,
  type NotLoaded,
  type Pipeline,
  type Placeholders,
  type RuleFile,
} from '../sigma/index.ts'
import { packageRoot } from './package-root.ts'

/** Files beside the rules that change them. */
export interface RuleSettings {
  /** Processing pipelines. */
  readonly pipelines?: readonly string[]
  /** Files of values for placeholders; a later file replaces the names of an earlier one. */
  readonly placeholders?: readonly string[]
  /** Leaves out the product's own rules. */
  readonly onlyGiven?: boolean
}

/** The product's own rules alone, once read: they do not change while it runs. */
let ownAlone: Promise<LoadedRules> | undefined

/** Our own rules first, then every `.yml` and `.yaml` under the given folders or files. */
export async function readRules(directories: readonly string[], settings: RuleSettings = {}): Promise<LoadedRules> {
  const { pipelines = [], placeholders = [], onlyGiven = false } = settings
  if (onlyGiven || directories.length + pipelines.length + placeholders.length > 0) return rulesOf(directories, settings)
  ownAlone ??= rulesOf([], {}).catch((error: unknown) => {
    ownAlone = undefined
    throw error
  })
  return ownAlone
}

async function rulesOf(directories: readonly string[], settings: RuleSettings): Promise<LoadedRules> {
  const own = join(packageRoot(), 'rules')
  const files: RuleFile[] = []
  const pipelines = await pipelinesOf(settings.pipelines ?? [])
  const placeholders = await placeholdersOf(settings.placeholders ?? [])
  for (const root of settings.onlyGiven === true ? directories : [own, ...directories]) {
    if (!existsSync(root))
      throw new UserError({ code: 'no-such-path', message: `${root} does not exist`, hint: 'give a folder of Sigma rules' })
    for (const path of await ruleFiles(root)) {
      if (files.length >= limits.rules)
        throw new UserError({
          code: 'too-many-rules',
          message: `more than ${limits.rules} rule files`,
          hint: 'give fewer folders',
        })
      const name = root === own ? join('rules', relative(own, path)) : path
      files.push({ name, text: await ruleText(path) })
    }
  }
  return loadRules(files, { pipelines, placeholders })
}

async function pipelinesOf(paths: readonly string[]): Promise<readonly Pipeline[]> {
  const { pipelines, notLoaded } = readPipelines(await settingsFiles(paths))
  refuse(notLoaded, 'take what is not supported out of the pipeline; nothing was run')
  return pipelines
}

async function placeholdersOf(paths: readonly string[]): Promise<Placeholders> {
  let all: Placeholders = {}
  for (const file of await settingsFiles(paths)) {
    const { placeholders, notLoaded } = readPlaceholders(file)
    refuse(notLoaded, 'write a map from the name of a placeholder to a list of values')
    all = { ...all, ...placeholders }
  }
  return all
}

async function settingsFiles(paths: readonly string[]): Promise<RuleFile[]> {
  const files: RuleFile[] = []
  for (const path of paths) {
    if (!existsSync(path) || (await stat(path)).isDirectory())
      throw new UserError({ code: 'no-such-path', message: `${path} is no file`, hint: 'give a YAML file' })
    files.push({ name: path, text: await ruleText(path) })
  }
  return files
}

function refuse([first]: readonly NotLoaded[], hint: string): void {
  if (first !== undefined)
    throw new UserError({ code: 'rule-settings', message: `${first.file}, line ${first.line}: ${first.why}`, hint })
}

async function ruleFiles(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path]
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

/** A file above the limit is handed on cut: the loader then names it as too large. */
async function ruleText(path: string): Promise<string> {
  const bytes = await readFile(path)
  return bytes.subarray(0, limits.ruleBytes + 1).toString('utf8')
}
