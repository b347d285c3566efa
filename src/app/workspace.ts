import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { lockWorkspace, openLake, type Lake, type WorkspaceLock } from '../store/index.ts'
import { readLakeSettings } from './lake-settings.ts'
import { lakeTables } from './lake-tables.ts'
import { checkWorkspaceKind } from './workspace-kind.ts'

/** The outside world, passed in once: nothing below this room reads a clock or the environment. */
export interface World {
  /** Now, ISO 8601 UTC. */
  readonly now: () => string
  readonly pid: number
  readonly env: Readonly<Record<string, string | undefined>>
  /** Home of the person, for the folder of keys. */
  readonly home: string
  readonly user: string
}

/** An open workspace: the folder, the hold on it, and the lake on first use. */
export interface Workspace {
  readonly directory: string
  readonly world: World
  readonly path: (...parts: string[]) => string
  lake(): Promise<Lake>
  close(): Promise<void>
}

/** Opens (or makes) a workspace and holds it for this process. Throws a `UserError` when another process has it. */
export function openWorkspace(options: {
  readonly directory: string
  readonly command: string
  readonly world: World
}): Workspace {
  const directory = resolve(options.directory)
  checkWorkspaceKind(directory, options.command)
  makeFolder(directory)
  const path = (...parts: string[]): string => join(directory, ...parts)
  const lock: WorkspaceLock = lockWorkspace(path('run'), {
    pid: options.world.pid,
    command: options.command,
    at: options.world.now(),
  })
  let lake: Promise<Lake> | undefined
  return {
    directory,
    world: options.world,
    path,
    lake() {
      const server = readLakeSettings(path('breachline.toml'), options.world.env)
      lake ??= openLake({ directory: path('lake'), tables: lakeTables, ...(server === undefined ? {} : { server }) })
      return lake
    },
    async close() {
      const open = await lake?.catch(() => undefined)
      await open?.close()
      lock.release()
    },
  }
}

/** Makes a folder with its parents, one at a time: a recursive mkdir never returns where the system refuses folders (`/proc`). */
function makeFolder(path: string): void {
  if (existsSync(path)) return
  if (dirname(path) !== path) makeFolder(dirname(path))
  mkdirSync(path, { mode: 0o700 })
}
