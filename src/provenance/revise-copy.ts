import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sha256 } from '../base/index.ts'
import type { Copy } from './copy.ts'

/** A former state of a copy's manifest, kept as it was. */
export interface CopyRevision {
  /** From 1: the state that revision replaced. */
  readonly revision: number
  /** When it was replaced, and by whom. */
  readonly at: string
  readonly by: string
  readonly copy: Copy
}

/**
 * Writes the manifest of a registered copy anew: `copy` is the new state (tokens and id as they are), `before` the state that verdicts may
 * have been given on, kept under `.revisions/ID`, where nothing is ever overwritten. Gives the state written and its hash.
 */
export function reviseCopy(options: {
  readonly registry: string
  readonly copy: Copy
  readonly before?: Copy
  readonly at: string
  readonly by: string
}): { readonly copy: Copy; readonly manifestSha256: string } {
  const { registry, before, at, by } = options
  const { id } = options.copy
  const folder = join(registry, '.revisions', id)
  const manifest = join(registry, id, 'manifest.json')
  const revision = revisionsOf(registry, id).length + (before === undefined ? 0 : 1)
  const copy: Copy = revision === 0 ? options.copy : { ...options.copy, revision }
  writeFileSync(`${manifest}.part`, jsonText(copy), { mode: 0o600, flush: true })
  if (before !== undefined) {
    const kept: CopyRevision = { revision, at, by, copy: before }
    const file = join(folder, `${String(revision).padStart(5, '0')}.json`)
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileSync(`${file}.part`, jsonText(kept), { mode: 0o600, flush: true })
    renameSync(`${file}.part`, file)
  }
  renameSync(`${manifest}.part`, manifest)
  return { copy, manifestSha256: sha256(jsonText(copy)) }
}

/** Former states of a copy's manifest, oldest first. */
export function revisionsOf(registry: string, id: string): readonly CopyRevision[] {
  const folder = join(registry, '.revisions', id)
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as CopyRevision)
}

function jsonText(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`
}
