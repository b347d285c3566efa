import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { chmodSync, chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

export interface Ran {
  readonly status: number
  readonly out: string
  readonly err: string
}

interface As {
  /** The account of the machine to run as (of the package). */
  readonly user?: string
  readonly input?: string
  readonly env?: Readonly<Record<string, string>>
}

/** A program that runs until it is stopped. */
export interface Daemon {
  readonly name: string
  readonly pid: number
  stop(signal?: NodeJS.Signals): Promise<void>
}

/** A folder of a product with the programs started in it; all of them end with `close`. */
export class Site {
  readonly folder: string
  readonly #daemons: { readonly child: ChildProcess; readonly stop: Daemon['stop'] }[] = []

  constructor(folder: string) {
    this.folder = folder
    mkdirSync(folder, { recursive: true })
    chmodSync(folder, 0o755)
  }

  path(...parts: readonly string[]): string {
    return join(this.folder, ...parts)
  }

  /** A folder of the site that belongs to the account of a package. */
  dir(name: string, user?: string): string {
    const made = this.path(name)
    mkdirSync(made, { recursive: true })
    chmodSync(made, 0o755)
    if (user !== undefined) this.own(made, user)
    return made
  }

  file(name: string, content: string, user?: string): string {
    const made = this.path(name)
    writeFileSync(made, content)
    if (user !== undefined) this.own(made, user)
    return made
  }

  own(path: string, user: string): void {
    const [, , uid = '0', gid = '0'] =
      readFileSync('/etc/passwd', 'utf8')
        .split('\n')
        .find((line) => line.startsWith(`${user}:`))
        ?.split(':') ?? []
    chownSync(path, Number(uid), Number(gid))
  }

  /** Runs a program to its end. */
  run(command: string, args: readonly string[], as: As = {}): Ran {
    const [program, all] = asUser(command, args, as)
    const done = spawnSync(program, all, {
      cwd: this.folder,
      input: as.input ?? '',
      env: { ...process.env, LC_ALL: 'C.UTF-8', TZ: 'UTC', TMPDIR: '/tmp', ...as.env },
      timeout: 60_000,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    })
    return { status: done.status ?? -1, out: done.stdout ?? '', err: `${done.stderr ?? ''}${done.error?.message ?? ''}` }
  }

  /** The same; throws with what it wrote when it fails. */
  must(command: string, args: readonly string[], as: As = {}): string {
    const { status, out, err } = this.run(command, args, as)
    if (status !== 0) throw new Error(`${command} ${args.slice(0, 3).join(' ')}: ${lastOf(err || out) || `ended with ${status}`}`)
    return out
  }

  /** Starts a program in the foreground and waits until `ready` holds; its own output goes to `NAME.out`. */
  async start(
    command: string,
    args: readonly string[],
    options: As & { readonly ready: () => boolean | Promise<boolean> },
  ): Promise<Daemon> {
    const name = command.slice(command.lastIndexOf('/') + 1)
    const output = this.path(`${name}.out`)
    const to = openSync(output, 'a')
    const [program, all] = asUser(command, args, options)
    const child = spawn(program, all, {
      cwd: this.folder,
      stdio: [options.input === undefined ? 'ignore' : 'pipe', to, to],
      env: { ...process.env, LC_ALL: 'C.UTF-8', TZ: 'UTC', TMPDIR: '/tmp', ...options.env },
    })
    closeSync(to)
    if (options.input !== undefined) child.stdin?.write(options.input)
    const ended = new Promise<void>((resolve) => {
      child.once('exit', () => resolve())
      child.once('error', () => resolve())
    })
    const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<void> => {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal)
      const over = await Promise.race([ended.then(() => true), wait(10_000).then(() => false)])
      if (!over) child.kill('SIGKILL')
    }
    this.#daemons.push({ child, stop })
    for (let tries = 0; tries < 200; tries += 1) {
      if (child.exitCode !== null || child.pid === undefined)
        throw new Error(`${name} ended at once: ${lastOf(readFileSync(output, 'utf8'))}`)
      if (await options.ready()) return { name, pid: child.pid, stop }
      await wait(100)
    }
    throw new Error(`${name} was not ready within 20 s: ${lastOf(readFileSync(output, 'utf8'))}`)
  }

  async freePort(): Promise<number> {
    return new Promise((resolve) => {
      const probe = createServer().listen(0, '127.0.0.1', () => {
        const address = probe.address()
        const port = typeof address === 'object' && address !== null ? address.port : 0
        probe.close(() => resolve(port))
      })
    })
  }

  /** Waits until a condition holds; throws after ten seconds with what was waited for. */
  async until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
    for (let tries = 0; tries < 100; tries += 1) {
      if (await holds()) return
      await wait(100)
    }
    throw new Error(`${what} did not come within 10 s`)
  }

  async pause(ms: number): Promise<void> {
    await wait(ms)
  }

  text(file: string): string {
    return existsSync(file) ? readFileSync(file, 'utf8') : ''
  }

  async close(): Promise<void> {
    for (const { stop } of this.#daemons.toReversed()) await stop()
  }
}

/** Whether something listens on a port of loopback. */
export function listens(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect({ port, host })
    probe.once('connect', () => {
      probe.destroy()
      resolve(true)
    })
    probe.once('error', () => resolve(false))
  })
}

/** Every program ends when this process does, whatever ends it. */
function asUser(command: string, args: readonly string[], { user }: As): readonly [string, readonly string[]] {
  const account = user === undefined ? [] : ['--reuid', user, '--regid', user, '--init-groups']
  return ['setpriv', [...account, '--pdeathsig', 'KILL', '--', command, ...args]]
}

function lastOf(text: string): string {
  return text.trim().split('\n').slice(-3).join(' | ').slice(-400)
}
