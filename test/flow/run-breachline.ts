import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const repository = resolve(import.meta.dirname, '../..')
// A whole test run compiles each module once for all programs it starts.
const compiled = process.env['NODE_COMPILE_CACHE']

/** How a run of the command line ended. */
export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly out: string
  readonly err: string
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>
  /** Root of the package whose `bin/breachline` runs; this repository when absent. */
  readonly root?: string
  readonly cwd?: string
  /** Runs as this user (root only). */
  readonly uid?: number
  /** Told every line of standard error as it comes; `signal` reaches the whole process group. */
  readonly onErrLine?: (line: string, signal: (name: NodeJS.Signals) => void) => void
}

/** Runs `bin/breachline` in a process group of its own, with nothing of this person's surroundings but the path. */
export async function breachline(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const root = options.root ?? repository
  const child = spawn(process.execPath, [join(root, 'bin', 'breachline'), ...args], {
    cwd: options.cwd ?? repository,
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: '/nonexistent',
      BREACHLINE_NO_INSTALL: '1',
      ...(compiled === undefined ? {} : { NODE_COMPILE_CACHE: compiled }),
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
  })
  const out: Buffer[] = []
  const err: Buffer[] = []
  let rest = ''
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => {
    err.push(chunk)
    const lines = (rest + chunk.toString('utf8')).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) options.onErrLine?.(line, (name) => signalGroup(child, name))
  })
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((done, failed) => {
    child.on('error', failed)
    child.on('close', (...ended) => done(ended))
  })
  return { code, signal, out: Buffer.concat(out).toString('utf8'), err: Buffer.concat(err).toString('utf8') }
}

function signalGroup(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null) return
  try {
    process.kill(-child.pid, name)
  } catch {
    // the group has ended already
  }
}

/** The surroundings of a run whose keys lie in a folder. */
export function envOf(folder: string): { readonly BREACHLINE_KEYS: string; readonly TZ: string } {
  return { BREACHLINE_KEYS: join(folder, 'keys'), TZ: 'UTC' }
}

/** A folder of the test's own, removed by `release`; `env` keeps the keys inside it. */
export function ownFolder(name: string): {
  readonly path: (...parts: string[]) => string
  readonly env: ReturnType<typeof envOf>
  release(): void
} {
  const folder = mkdtempSync(join(tmpdir(), `breachline-${name}-`))
  return {
    path: (...parts) => join(folder, ...parts),
    env: envOf(folder),
    release: () => rmSync(folder, { recursive: true, force: true }),
  }
}
