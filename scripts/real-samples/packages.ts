import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Product } from './product.ts'

/** The version of an installed Debian package; undefined when it is not installed. */
export function versionOf(name: string): string | undefined {
  const { stdout } = spawnSync('dpkg-query', ['-W', '-f', '${db:Status-Status} ${Version}', name], { encoding: 'utf8' })
  const [status, version] = (stdout ?? '').split(' ')
  return status === 'installed' ? version : undefined
}

const policy = '/usr/sbin/policy-rc.d'

/** Installs what the products need, and keeps their services from being started; the text of apt's error, '' when all went well. */
export function install(names: readonly string[]): string {
  if (names.length === 0) return ''
  const own = !existsSync(policy)
  if (own) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    spawnSync('apt-get', ['update'], { stdio: 'ignore', env })
    const { status, stderr } = spawnSync('apt-get', ['install', '-y', '--no-install-recommends', ...names], {
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
      env,
    })
    return status === 0 ? '' : (stderr ?? '').trim().split('\n').slice(-2).join(' ')
  } finally {
    if (own) rmSync(policy, { force: true })
  }
}

/** Fetches packages and unpacks them into a folder, without installing; undefined when that fails. */
export function unpack(name: string, folder: string): string | undefined {
  mkdirSync(folder, { recursive: true })
  spawnSync('apt-get', ['download', name], { cwd: folder, stdio: 'ignore' })
  const file = readdirSync(folder).find((one) => one.startsWith(`${name}_`) && one.endsWith('.deb'))
  if (file === undefined) return undefined
  spawnSync('dpkg', ['-x', file, '.'], { cwd: folder, stdio: 'ignore' })
  const { stdout } = spawnSync('dpkg-deb', ['-f', file, 'Version'], { cwd: folder, encoding: 'utf8' })
  return existsSync(join(folder, 'usr')) ? stdout.trim() : undefined
}

/** Packages of a product that are not there. */
export function missingOf(product: Product): readonly string[] {
  return product.packages.filter((name) => versionOf(name) === undefined)
}
