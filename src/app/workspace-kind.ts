import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exitCodes, UserError } from '../base/index.ts'

const marker = 'disclosure-desk'

/**
 * Keeps the workspace of a disclosure desk apart: no ordinary command works in it. Throws a `UserError` before anything of the workspace is opened.
 * `command` is the whole name of the command, such as `disclosure receive`.
 */
export function checkWorkspaceKind(directory: string, command: string): void {
  if (!existsSync(join(directory, marker)) || /^(?:disclosure|key) /.test(command)) return
  throw new UserError({
    code: 'desk-workspace',
    message: `${directory} is the workspace of a disclosure desk`,
    hint: 'work on cases and logs in a workspace of their own (--workspace DIR); here only "breachline disclosure ..." works',
    exitCode: exitCodes.usage,
  })
}

/** Paths inside a workspace. */
interface Folder {
  path(...parts: string[]): string
}

/** Whether a workspace is that of a disclosure desk. */
export function isDeskWorkspace(workspace: Folder): boolean {
  return existsSync(workspace.path(marker))
}

/** Makes a new workspace that of a disclosure desk; a `UserError` where it has held cases or copies. */
export function makeDeskWorkspace(workspace: Folder, name: string): void {
  if (['cases', 'registry', 'lake', 'discretion.db'].some((one) => existsSync(workspace.path(one))))
    throw new UserError({
      code: 'desk-workspace-used',
      message: `${workspace.path()} holds cases, copies or loaded logs`,
      hint: 'give the disclosure desk a folder of its own: --workspace DIR',
    })
  writeFileSync(workspace.path(marker), `${name}\n`, { mode: 0o600, flush: true })
}
