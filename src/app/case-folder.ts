import type { Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, join, relative, resolve, sep } from 'node:path'
import { fault, limits, UserError, type Fault } from '../base/index.ts'
import { isHistoryName } from '../formats/index.ts'
import { faultOf } from './fault-of.ts'
import { caseIdFrom } from './case-store.ts'
import { caseSettingsName, readCaseSettings, type CaseSettings, type FileRule } from './case-settings.ts'

/** A file given to an investigation. */
export interface GivenFile {
  /** Absolute path on disk. */
  readonly path: string
  /** Path relative to the folder it was found in: the name used in messages and cites. */
  readonly name: string
  /** What the case settings or `--role` say about it; empty when nothing does. */
  readonly rule: Partial<FileRule>
}

/** Files and settings of an investigation, in the order of their names. */
export interface CaseFolder {
  readonly settings: CaseSettings
  readonly files: readonly GivenFile[]
  readonly faults: readonly Fault[]
  /** Folder name or first file's name: the default title. */
  readonly label: string
}

/**
 * Lists what stands under the given paths. Links are not followed, hidden files but histories of commands are left out, and a path that does not
 * exist is a `UserError`. `overrides` (`--role GLOB=role`) win over the settings file; later ones over earlier ones.
 */
export async function readCaseFolder(paths: readonly string[], overrides: readonly FileRule[] = []): Promise<CaseFolder> {
  const faults: Fault[] = []
  const found: { path: string; name: string }[] = []
  let settings: CaseSettings = {}
  for (const given of paths) {
    const path = resolve(given)
    const info = await stat(path).catch(() => undefined)
    if (info === undefined)
      throw new UserError({ code: 'no-such-path', message: `${given} does not exist`, hint: 'give an existing file or folder' })
    if (!info.isDirectory()) {
      found.push({ path, name: basename(path) })
      continue
    }
    const own = await readCaseSettings(path)
    settings = { ...settings, ...own, files: [...(settings.files ?? []), ...(own.files ?? [])] }
    await walk({ folder: path, root: path, found, faults, depth: 0 })
  }
  const rules: FileRule[] = [...(settings.files ?? []), ...overrides]
  const files = found
    .filter((file) => basename(file.path) !== caseSettingsName)
    .map((file) => ({
      ...file,
      rule: Object.assign({}, ...rules.filter((one) => globMatches(one.glob, file.name))) as Partial<FileRule>,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  for (const one of rules)
    if (!files.some((file) => globMatches(one.glob, file.name)))
      faults.push(
        fault(
          'rule-without-file',
          `no file matches "${one.glob}"`,
          { file: caseSettingsName },
          'correct the glob, or add the file',
        ),
      )
  return { settings, files, faults, label: basename(resolve(paths[0] ?? '.')) }
}

/** The id that an investigation of a folder gives its case; undefined when its settings name none. */
export async function caseIdOfFolder(folder: string): Promise<string | undefined> {
  const { case: settings } = await readCaseSettings(folder)
  return settings?.id ?? (settings?.title === undefined ? undefined : caseIdFrom(settings.title))
}

async function walk(state: {
  folder: string
  root: string
  found: { path: string; name: string }[]
  faults: Fault[]
  depth: number
}): Promise<void> {
  const { folder, root, found, faults, depth } = state
  const name = relative(root, folder).split(sep).join('/')
  if (depth > limits.depth) {
    faults.push(fault('folder-too-deep', 'the folder is nested too deeply', { file: name }, 'move its files up'))
    return
  }
  let entries: Dirent[]
  try {
    entries = await readdir(folder, { withFileTypes: true })
  } catch (error) {
    faults.push(faultOf(error, { file: name || folder, path: folder }))
    return
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.') && !(entry.isFile() && isHistoryName(entry.name))) continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await walk({ ...state, folder: path, depth: depth + 1 })
    else if (entry.isFile()) found.push({ path, name: relative(root, path).split(sep).join('/') })
    else
      faults.push(fault('not-a-file', 'a link or device is not followed', { file: relative(root, path) }, 'give the file itself'))
    if (found.length > limits.files)
      throw new UserError({
        code: 'too-many-files',
        message: `more than ${limits.files} files`,
        hint: 'investigate a smaller folder',
      })
  }
}

/** Globs as in shells: `*` within a path part, `**` over parts, `?` one character; without a slash the file name alone counts. */
export function globMatches(glob: string, name: string): boolean {
  const subject = glob.includes('/') ? name : basename(name)
  return matchParts(glob.split('/'), subject.split('/'))
}

function matchParts(glob: readonly string[], name: readonly string[]): boolean {
  // Row by row over a small table: linear in glob parts x name parts, whatever the pattern.
  let row: boolean[] = [true, ...name.map(() => false)]
  for (const part of glob) {
    const next: boolean[] = [part === '**' ? (row[0] ?? false) : false]
    for (const [index, piece] of name.entries()) {
      const above = row[index] ?? false
      next.push(part === '**' ? above || (row[index + 1] ?? false) || (next[index] ?? false) : above && matchPart(part, piece))
    }
    row = next
  }
  return row.at(-1) ?? false
}

function matchPart(glob: string, text: string): boolean {
  let row: boolean[] = [true, ...Array.from(text, () => false)]
  for (const sign of glob) {
    const next: boolean[] = [sign === '*' ? (row[0] ?? false) : false]
    for (const [index, letter] of Array.from(text).entries()) {
      const above = row[index] ?? false
      next.push(sign === '*' ? (row[index + 1] ?? false) || (next[index] ?? false) : above && (sign === '?' || sign === letter))
    }
    row = next
  }
  return row.at(-1) ?? false
}
