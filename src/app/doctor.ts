import { existsSync, mkdirSync, readFileSync, statfsSync, statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { tmpdir } from 'node:os'
import { listKeys } from '../evidence/index.ts'
import { openLake } from '../store/index.ts'
import { keyDirectory } from './keys.ts'
import { packageRoot, packageVersion } from './package-root.ts'
import type { World } from './workspace.ts'

/** One thing that was looked at. `needed`: commands fail without it; the rest only lose a part. */
export interface Symptom {
  readonly name: string
  readonly ok: boolean
  readonly needed: boolean
  readonly what: string
  readonly todo?: string
}

/** Looks at everything a command needs from this machine: runtime, engine, disk, browser, keys, the workspace's lock. */
export async function examine(options: { readonly workspace: string; readonly world: World }): Promise<readonly Symptom[]> {
  const { workspace, world } = options
  return [runtime(), await engine(), disk(workspace), keys(world), page(), chromium(world), lock(workspace)]
}

function runtime(): Symptom {
  const ok = Number(process.versions.node.split('.')[0]) >= 24
  return {
    name: 'runtime',
    ok,
    needed: true,
    what: `Node ${process.versions.node} on ${process.platform} ${process.arch}, Breachline ${packageVersion()}`,
    ...(ok ? {} : { todo: 'start with bin/breachline, which finds Node 24 or later' }),
  }
}

async function engine(): Promise<Symptom> {
  const directory = await mkdtemp(join(tmpdir(), 'breachline-doctor-'))
  try {
    const lake = await openLake({ directory, tables: [] })
    const [row] = await lake.engine.rows<{ v: string }>('SELECT version() AS v')
    await lake.close()
    return { name: 'engine', ok: true, needed: true, what: `embedded ClickHouse ${row?.v ?? ''} answers` }
  } catch (error) {
    const what = `the embedded engine does not start: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'unknown'}`
    const todo = 'run "npm ci" without --omit=optional on Linux or macOS, or name a server in breachline.toml'
    return { name: 'engine', ok: false, needed: true, what, todo }
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

function disk(workspace: string): Symptom {
  let folder = workspace
  while (!existsSync(folder) && folder !== join(folder, '..')) folder = join(folder, '..')
  const { bavail, bsize } = statfsSync(folder)
  const free = (bavail * bsize) / 1024 ** 3
  const ok = free >= 5
  return {
    name: 'disk',
    ok,
    needed: false,
    what: `${free.toFixed(1)} GiB free for the workspace, ${temporaryGib().toFixed(1)} GiB for temporary files`,
    ...(ok ? {} : { todo: 'make room, or put the workspace elsewhere with --workspace DIR' }),
  }
}

function temporaryGib(): number {
  const { bavail, bsize } = statfsSync(tmpdir())
  return (bavail * bsize) / 1024 ** 3
}

function keys(world: World): Symptom {
  const directory = keyDirectory(world)
  const shared = { name: 'keys', needed: true }
  if (!existsSync(directory))
    return { ...shared, ok: true, what: `${directory}: none yet; the first command that signs makes one` }
  mkdirSync(directory, { recursive: true })
  const open = (statSync(directory).mode & 0o077) !== 0
  const count = listKeys(directory).length
  return {
    ...shared,
    ok: !open,
    what: `${directory}: ${count} person${count === 1 ? '' : 's'}${open ? ', readable by other users' : ''}`,
    ...(open ? { todo: `chmod 700 '${directory}'` } : {}),
  }
}

function page(): Symptom {
  const built = existsSync(join(packageRoot(), 'web', 'dist', 'index.html'))
  return {
    name: 'page',
    ok: built,
    needed: false,
    what: built ? 'the page is built' : 'the page is not built',
    ...(built ? {} : { todo: 'run "npm run build" once in the checkout' }),
  }
}

const browsers = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

function chromium(world: World): Symptom {
  const named = world.env['BREACHLINE_CHROMIUM']
  const folders = (world.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const candidates = [
    ...(named === undefined ? [] : [named]),
    ...folders.flatMap((folder) => browsers.map((name) => join(folder, name))),
  ]
  const found = candidates.find((path) => existsSync(path))
  return {
    name: 'browser',
    ok: found !== undefined,
    needed: false,
    what: found === undefined ? 'no Chromium on the path' : `Chromium at ${found}`,
    ...(found === undefined ? { todo: 'install Chromium to print reports as PDF and to run the browser tests' } : {}),
  }
}

function lock(workspace: string): Symptom {
  const shared = { name: 'workspace', needed: false }
  const note = join(workspace, 'run', 'lock.json')
  if (!existsSync(workspace)) return { ...shared, ok: true, what: `${workspace} is not there yet; the first command makes it` }
  if (!existsSync(note)) return { ...shared, ok: true, what: `${workspace} is free` }
  try {
    const { pid, command } = JSON.parse(readFileSync(note, 'utf8')) as { pid: number; command: string }
    if (isAlive(pid)) return { ...shared, ok: true, what: `${workspace} is in use by process ${pid} (${command})` }
    return { ...shared, ok: true, what: `${workspace} is free; process ${pid} (${command}) ended without saying so` }
  } catch {
    return { ...shared, ok: false, what: `${note} cannot be read`, todo: 'remove it if no Breachline is running' }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
