import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { UserError } from '../base/index.ts'
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
