import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A PostgreSQL server of the test's own, on loopback; `sql` runs statements as its owner. */
export interface PostgresServer {
  readonly port: number
  readonly user: string
  readonly password: string
  /** Gives the rows as tab-separated lines. */
  sql(text: string, database?: string): string
  stop(): Promise<void>
}

/** Where the server programs are; undefined when this machine has none. */
export function postgresPrograms(): string | undefined {
  const home = '/usr/lib/postgresql'
  const versions = existsSync(home) ? readdirSync(home).sort((a, b) => Number(b) - Number(a)) : []
  const folders = [...versions.map((version) => join(home, version, 'bin')), '/opt/homebrew/bin', '/usr/local/bin', '/usr/bin']
  return folders.find((folder) => ['initdb', 'postgres', 'psql'].every((name) => existsSync(join(folder, name))))
}

/** The server refuses to run as root: then it runs as `nobody`. */
const demoted = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}

/** Starts a server with scram passwords; the caller stops it. */
export async function startPostgres(programs: string): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'breachline-pg-'))
  const password = `pg "secret' \\ ü ${process.pid}`
  writeFileSync(join(folder, 'password'), password)
  chmodSync(folder, 0o777)
  const env = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C.UTF-8', PGPASSWORD: password }
  const data = join(folder, 'data')
  const setUp = [
    '-D',
    data,
    '-U',
    'keeper',
    '-A',
    'scram-sha-256',
    `--pwfile=${join(folder, 'password')}`,
    '-E',
    'UTF8',
    '--no-sync',
  ]
  execFileSync(join(programs, 'initdb'), setUp, { ...demoted, env, cwd: folder, stdio: 'ignore' })
  const port = await freePort()
  const settings = ['fsync=off', 'listen_addresses=127.0.0.1', 'timezone=Asia/Kuala_Lumpur', 'datestyle=SQL, DMY', 'jit=off']
  const args = ['-D', data, '-p', String(port), '-k', folder, ...settings.flatMap((one) => ['-c', one])]
  const server: ChildProcess = spawn(join(programs, 'postgres'), args, { ...demoted, env, cwd: folder, stdio: 'ignore' })
  const ended = new Promise<void>((done) => server.once('exit', () => done()))
  const sql = (text: string, database = 'postgres'): string =>
    execFileSync(
      join(programs, 'psql'),
      ['-h', '127.0.0.1', '-p', String(port), '-U', 'keeper', '-d', database, '-qAt', '-v', 'ON_ERROR_STOP=1'],
      {
        env,
        cwd: folder,
        encoding: 'utf8',
        input: text,
        stdio: ['pipe', 'pipe', 'pipe'],
      },
    )
  for (let tries = 0; ; tries += 1) {
    try {
      sql('SELECT 1')
      break
    } catch (error) {
      if (tries > 100 || server.exitCode !== null) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  return {
    port,
    user: 'keeper',
    password,
    sql,
    async stop() {
      server.kill('SIGINT')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A port of 127.0.0.1 that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
