import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { UserError } from '../base/index.ts'
import { appendCustody, custody, type Signer } from '../evidence/index.ts'
import { openCase } from './case-store.ts'
import { keyDirectory } from './keys.ts'
import { workspaceId } from './workspace-id.ts'
import type { Workspace } from './workspace.ts'

const kept = z.array(z.string()).max(10_000)

/** Adds passwords of encrypted archives to those of a case. They stay with the keys, outside the workspace, readable by this person alone. */
export function keepCasePasswords(workspace: Workspace, caseId: string, passwords: readonly string[]): void {
  const before = casePasswords(workspace, caseId)
  const all = [...new Set([...before, ...passwords])]
  if (all.length === before.length) return
  const path = placeOf(workspace, caseId)
  mkdirSync(join(path, '..'), { recursive: true, mode: 0o700 })
  writeFileSync(`${path}.part`, JSON.stringify(all), { mode: 0o600, flush: true })
  renameSync(`${path}.part`, path)
}

/** The passwords kept for a case; [] when there are none here. Throws a `UserError` when others can read them. */
export function casePasswords(workspace: Workspace, caseId: string): readonly string[] {
  const path = placeOf(workspace, caseId)
  if (!existsSync(path)) return []
  if ((statSync(path).mode & 0o077) !== 0)
    throw new UserError({
      code: 'key-exposed',
      message: `other users of this machine can read ${path}`,
      hint: 'set its mode to 600',
    })
  const read = kept.safeParse(parsed(readFileSync(path, 'utf8')))
  if (read.success) return read.data
  throw new UserError({
    code: 'key-unreadable',
    message: `${path} holds no list of passwords`,
    hint: 'remove it, and give the passwords again with --password-file',
  })
}

/**
 * Removes the passwords kept for a case and writes that down in its custody; says how many there were, null when the list could not be read.
 * Members of encrypted archives can then no longer be opened from cites. Throws a `UserError` for an unknown case.
 */
export function forgetCasePasswords(options: {
  readonly workspace: Workspace
  readonly signer: Signer
  readonly caseId: string
}): { readonly case: string; readonly forgotten: number | null } {
  const { workspace, signer, caseId } = options
  const store = openCase(workspace, caseId)
  try {
    const gone = removed(workspace, caseId)
    if (gone !== 0)
      store.db.transaction(() =>
        appendCustody(store.db, {
          at: workspace.world.now(),
          act: 'passwords-forgotten',
          by: [signer],
          detail: gone === null ? {} : { passwords: gone },
        }),
      )
    return { case: caseId, forgotten: gone }
  } finally {
    store.close()
  }
}

/**
 * Closes a case: an entry of its custody with the reason, and the passwords kept for it are removed. Exhibits, findings and acts stay as they are, and the
 * case can be read and investigated further. Throws a `UserError` for an unknown case, or one that nothing was done in since it was closed.
 */
export function closeCase(options: {
  readonly workspace: Workspace
  readonly signer: Signer
  readonly caseId: string
  readonly reason: string
}): { readonly case: string; readonly at: string; readonly forgotten: number | null } {
  const { workspace, signer, caseId, reason } = options
  const store = openCase(workspace, caseId)
  try {
    if (custody(store.db).at(-1)?.act === 'case-closed')
      throw new UserError({
        code: 'case-closed',
        message: `${caseId} is closed already`,
        hint: 'nothing was done in it since',
        exitCode: 2,
      })
    const forgotten = removed(workspace, caseId)
    const at = workspace.world.now()
    store.db.transaction(() =>
      appendCustody(store.db, {
        at,
        act: 'case-closed',
        by: [signer],
        detail: { reason, ...(forgotten === null ? {} : { passwords: forgotten }) },
      }),
    )
    return { case: caseId, at, forgotten }
  } finally {
    store.close()
  }
}

/** Removes the file of passwords; how many stood in it, null when it could not be read. */
function removed(workspace: Workspace, caseId: string): number | null {
  const path = placeOf(workspace, caseId)
  if (!existsSync(path)) return 0
  const read = kept.safeParse(parsed(readFileSync(path, 'utf8')))
  rmSync(path)
  return read.success ? read.data.length : null
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function placeOf(workspace: Workspace, caseId: string): string {
  return join(keyDirectory(workspace.world), 'archives', `${workspaceId(workspace)}.${caseId}.json`)
}
