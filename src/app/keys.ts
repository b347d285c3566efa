import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../base/index.ts'
import { listKeys, loadKey, newKey, type Signer } from '../evidence/index.ts'
import { tokenKey, type TokenKey } from '../persons/index.ts'
import type { World } from './workspace.ts'

/** The folder of keys, outside every workspace: `BREACHLINE_KEYS`, else the person's configuration folder. */
export function keyDirectory({ env, home }: World): string {
  return env['BREACHLINE_KEYS'] ?? join(env['XDG_CONFIG_HOME'] ?? join(home, '.config'), 'breachline', 'keys')
}

/**
 * Who acts: the person named by `--as` or `BREACHLINE_AS`, else the only one with a key, else (first use) a key is made in the
 * name of the machine's user. Throws a `UserError` when several have keys and none is named.
 */
export function actingPerson(world: World, name: string | undefined = world.env['BREACHLINE_AS']): Signer {
  const directory = keyDirectory(world)
  if (name !== undefined) return loadKey({ directory, name })
  const known = listKeys(directory)
  if (known.length > 1)
    throw new UserError({
      code: 'who-acts',
      message: `several persons have keys here: ${known.map((one) => one.name).join(', ')}`,
      hint: 'say who acts with --as NAME, or set BREACHLINE_AS',
    })
  const only = known[0] ?? newKey({ directory, name: world.user, role: 'analyst' })
  return loadKey({ directory, name: only.name })
}

/** The name of the only person with a key here; undefined with none or several. */
export function soleKeyHolder(world: World): string | undefined {
  const [only, other] = listKeys(keyDirectory(world))
  return other === undefined ? only?.name : undefined
}

/** The workspace's key for tokens of persons: made once, kept with the keys, named by the workspace's own id. */
export function workspaceTokenKey(world: World, workspaceId: string): TokenKey {
  const directory = join(keyDirectory(world), 'tokens')
  const path = join(directory, `${workspaceId}.key`)
  if (!existsSync(path)) {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    writeFileSync(`${path}.part`, randomBytes(16).toString('hex'), { mode: 0o600, flush: true })
    renameSync(`${path}.part`, path)
  }
  if ((statSync(path).mode & 0o077) !== 0)
    throw new UserError({
      code: 'key-exposed',
      message: `other users of this machine can read ${path}`,
      hint: 'set its mode to 600; if others had access, make a new workspace',
    })
  const text = readFileSync(path, 'utf8').trim()
  if (!/^[0-9a-f]{32}$/.test(text))
    throw new UserError({
      code: 'key-unreadable',
      message: `${path} holds no key`,
      hint: 'restore it from its backup: tokens cannot be compared without it',
    })
  return tokenKey(Buffer.from(text, 'hex'))
}
