import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { stringify } from 'yaml'
import { limits, UserError } from '../base/index.ts'
import { fromCacao, lintPlaybook, toCacao, type Playbook, type PlaybookFlaw } from '../response/index.ts'
import { packageRoot } from './package-root.ts'
import type { Workspace } from './workspace.ts'

/** A playbook with where it comes from: shipped, or the workspace's own, which stands before a shipped one of the same id. */
export interface KnownPlaybook extends Playbook {
  readonly own: boolean
}

type Place = Pick<Workspace, 'path'>

/** Shipped playbooks and those of the folder `playbooks/` of a workspace, by id. A file that does not fit is named in an error. */
export function knownPlaybooks(workspace: Place): readonly KnownPlaybook[] {
  const own = readFolder(workspace.path('playbooks')).map((one) => ({ ...one, own: true }))
  const shipped = readFolder(join(packageRoot(), 'data', 'playbooks')).map((one) => ({ ...one, own: false }))
  return [...own, ...shipped.filter(({ id }) => !own.some((one) => one.id === id))].toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

/** One of them by id, or by the beginning of its id when that is unique. */
export function playbookNamed(workspace: Place, id: string): KnownPlaybook {
  const all = knownPlaybooks(workspace)
  const exact = all.find((one) => one.id === id)
  const begun = all.filter((one) => one.id.startsWith(id))
  const [found] = exact === undefined ? begun : [exact]
  if (found !== undefined && (exact !== undefined || begun.length === 1)) return found
  throw new UserError({
    code: 'playbook-unknown',
    message: `there is no playbook ${id}`,
    hint: `known are ${all.map((one) => one.id).join(', ')}`,
    exitCode: 2,
  })
}

/** What is wrong in a file of a playbook, in YAML or CACAO 2.0 JSON; nothing when it fits. */
export function playbookFlaws(path: string): readonly PlaybookFlaw[] {
  if (!/\.json$/i.test(path)) return lintPlaybook(textOf(path)).flaws
  readCacao(path)
  return []
}

/** Takes a playbook, in YAML or CACAO 2.0 JSON, into the workspace. Remarks say what was left out. An id that is there already needs `replace`. */
export function importPlaybook(
  workspace: Place,
  { path, replace }: { readonly path: string; readonly replace: boolean },
): { readonly id: string; readonly remarks: readonly string[] } {
  const { playbook, remarks } = /\.json$/i.test(path) ? readCacao(path) : { playbook: readYaml(path), remarks: [] }
  const file = workspace.path('playbooks', `${playbook.id}.yml`)
  if (existsSync(file) && !replace)
    throw new UserError({
      code: 'playbook-there',
      message: `the workspace has a playbook ${playbook.id}`,
      hint: 'write --replace to put this one in its place',
    })
  mkdirSync(workspace.path('playbooks'), { recursive: true, mode: 0o700 })
  writeFileSync(file, stringify(playbook), { mode: 0o600 })
  return { id: playbook.id, remarks }
}

/** A playbook as CACAO 2.0 JSON or as YAML. `at`: now, ISO 8601. */
export function playbookText(
  playbook: Playbook,
  { format, at }: { readonly format: 'cacao' | 'yaml'; readonly at: string },
): string {
  const { id, name, when, steps } = playbook
  const plain = { id, name, when, steps }
  return format === 'yaml' ? stringify(plain) : `${JSON.stringify(toCacao(plain, new Date(at).toISOString()), undefined, 2)}\n`
}

function readFolder(folder: string): Playbook[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yml'))
    .toSorted()
    .map((file) => readYaml(join(folder, file)))
}

function readYaml(path: string): Playbook {
  const { playbook, flaws } = lintPlaybook(textOf(path))
  if (playbook !== undefined) return playbook
  const [first] = flaws
  throw new UserError({
    code: 'playbook-unreadable',
    message: `${basename(path)}, line ${first?.line ?? 1}${first?.field ? ` (${first.field})` : ''}: ${first?.what ?? 'unreadable'}`,
    hint: 'correct it; "breachline playbook lint FILE" names every flaw',
  })
}

function readCacao(path: string): ReturnType<typeof fromCacao> {
  let document: unknown
  try {
    document = JSON.parse(textOf(path))
  } catch (cause) {
    if (cause instanceof UserError) throw cause
    throw new UserError({
      code: 'playbook-unreadable',
      message: `${basename(path)} is no complete JSON document`,
      hint: 'give a CACAO 2.0 playbook',
    })
  }
  return fromCacao(document, basename(path))
}

function textOf(path: string): string {
  if (!existsSync(path))
    throw new UserError({
      code: 'no-such-path',
      message: `${path} is no file`,
      hint: 'give a playbook in YAML, or CACAO 2.0 in JSON',
    })
  const bytes = readFileSync(path)
  if (bytes.length > limits.documentBytes)
    throw new UserError({
      code: 'file-too-large',
      message: `${basename(path)} is larger than ${limits.documentBytes} bytes`,
      hint: 'give a playbook',
    })
  return bytes.toString('utf8')
}
