import { DatabaseSync } from 'node:sqlite'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { UserError, exitCodes } from '../base/index.ts'

/** The hold one process has on a workspace. */
export interface WorkspaceLock {
  release(): void
}

/**
 * Takes the workspace for this process. The lock is an SQLite file lock, which the system lets go when the process dies
 * however it dies; the note beside it names who holds it. Throws a `UserError` naming pid and command when it is taken.
 */
export function lockWorkspace(runDirectory: string, holder: { pid: number; command: string; at: string }): WorkspaceLock {
  mkdirSync(runDirectory, { recursive: true, mode: 0o700 })
  const note = join(runDirectory, 'lock.json')
  const database = new DatabaseSync(join(runDirectory, 'lock.db'))
  try {
    database.exec('PRAGMA busy_timeout = 200; PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE')
  } catch (cause) {
    database.close()
    throw new UserError({
      code: 'workspace-locked',
      message: `the workspace is in use${holderText(note)}`,
      hint: 'wait for that command to end, stop it, or work in another folder with --workspace DIR',
      exitCode: exitCodes.environment,
      cause,
    })
  }
  writeFileSync(note, `${JSON.stringify(holder)}\n`, { mode: 0o600 })
  return {
    release() {
      rmSync(note, { force: true })
      database.exec('ROLLBACK')
      database.close()
    },
  }
}

function holderText(note: string): string {
  try {
    const { pid, command } = JSON.parse(readFileSync(note, 'utf8')) as { pid?: unknown; command?: unknown }
    return ` by process ${String(pid)} (${String(command)})`
  } catch {
    return ' by another process'
  }
}
