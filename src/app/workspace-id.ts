import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { UserError } from '../base/index.ts'
import type { Workspace } from './workspace.ts'

/** The id a workspace got when it was made: names its key of tokens, wherever the folder is moved. */
export function workspaceId(workspace: Pick<Workspace, 'path'>): string {
  const path = workspace.path('workspace-id')
  if (!existsSync(path)) {
    writeFileSync(`${path}.part`, `${randomUUID()}\n`, { mode: 0o600, flush: true })
    renameSync(`${path}.part`, path)
  }
  const id = readFileSync(path, 'utf8').trim()
  if (/^[0-9a-f-]{36}$/.test(id)) return id
  throw new UserError({
    code: 'workspace-id',
    message: `${path} holds no workspace id`,
    hint: 'restore it from a backup of the workspace',
  })
}
