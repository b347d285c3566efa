import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './postgres-server.ts'

/** A MariaDB server of the test's own, on loopback. */
export interface MariaServer {
  readonly port: number
  readonly password: string
  sql(text: string): string
  stop(): Promise<void>
}

/** Prefix under which the server programs are (`BREACHLINE_TEST_MARIADB`, else `/usr`); undefined when there are none. */
export function mariaPrograms(): string | undefined {
  const prefixes = [process.env['BREACHLINE_TEST_MARIADB'], '/usr', '/usr/local', '/opt/homebrew']
  const programs = ['sbin/mariadbd', 'bin/mariadb-install-db', 'bin/mariadb']
  return prefixes.find((prefix) => prefix !== undefined && programs.every((name) => existsSync(join(prefix, name))))
}

const demoted = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}

/** Starts a server with an account `keeper` that may read `crm`; the caller stops it. */
export async function startMaria(prefix: string): Promise<MariaServer> {
  const folder = mkdtempSync(join(tmpdir(), 'breachline-maria-'))
  chmodSync(folder, 0o777)
  const library = join(prefix, 'lib', 'x86_64-linux-gnu')
  const env = { PATH: process.env['PATH'] ?? '', LD_LIBRARY_PATH: existsSync(library) && prefix !== '/usr' ? library : '' }
  const data = join(folder, 'data')
  mkdirSync(data)
  chmodSync(data, 0o777)
  const setUp = [
    '--no-defaults',
    `--basedir=${prefix}`,
    `--datadir=${data}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
  ]
  execFileSync(join(prefix, 'bin/mariadb-install-db'), setUp, { ...demoted, env, cwd: folder, stdio: 'ignore' })
  const port = await freePort()
  const socket = join(folder, 'socket')
  const options = [
    '--no-defaults',
    `--basedir=${prefix}`,
    `--datadir=${data}`,
    `--port=${port}`,
    `--socket=${socket}`,
    '--bind-address=127.0.0.1',
    `--pid-file=${join(folder, 'pid')}`,
  ]
  const settings = [
    '--innodb-buffer-pool-size=32M',
    '--log-bin',
    '--server-id=1',
    '--sql-mode=NO_BACKSLASH_ESCAPES,ANSI_QUOTES',
    '--default-time-zone=+03:00',
  ]
  const server = spawn(join(prefix, 'sbin/mariadbd'), [...options, ...settings], {
    ...demoted,
    env,
    cwd: folder,
    stdio: 'ignore',
  })
  const ended = new Promise<void>((done) => server.once('exit', () => done()))
  const sql = (text: string): string =>
    execFileSync(
      join(prefix, 'bin/mariadb'),
      ['--no-defaults', '-S', socket, '-u', 'root', '--batch', '-N', '--default-character-set=utf8mb4'],
      { env, encoding: 'utf8', input: text, stdio: ['pipe', 'pipe', 'pipe'] },
    )
  for (let tries = 0; ; tries += 1) {
    try {
      sql('SELECT 1')
      break
    } catch (error) {
      if (tries > 150 || server.exitCode !== null) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  const password = `my "secret" ${process.pid}`
  sql(
    `CREATE DATABASE crm CHARACTER SET utf8mb4; CREATE USER keeper@'%' IDENTIFIED BY '${password}'; GRANT SELECT ON crm.* TO keeper@'%'; DELETE FROM mysql.global_priv WHERE user = ''; FLUSH PRIVILEGES`,
  )
  return {
    port,
    password,
    sql,
    async stop() {
      server.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
