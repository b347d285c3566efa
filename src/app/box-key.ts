import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../base/index.ts'
import { newBoxSecret } from '../disclosure/index.ts'
import { keyDirectory } from './keys.ts'
import { workspaceId } from './workspace-id.ts'
import type { Workspace } from './workspace.ts'

/** The secret of the workspace's sealed box, hex: made once, kept with the keys, never in the workspace. */
export async function workspaceBox(workspace: Pick<Workspace, 'path' | 'world'>): Promise<string> {
  const directory = join(keyDirectory(workspace.world), 'boxes')
  const path = join(directory, `${workspaceId(workspace)}.key`)
  if (!existsSync(path)) {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    writeFileSync(`${path}.part`, await newBoxSecret(), { mode: 0o600, flush: true })
    renameSync(`${path}.part`, path)
  }
  const secret = readFileSync(path, 'utf8').trim()
  if ((statSync(path).mode & 0o077) === 0 && /^[0-9a-f]{64}$/.test(secret)) return secret
  throw new UserError({
    code: 'key-unreadable',
    message: `${path} holds no key, or other users of this machine can read it`,
    hint: 'set its mode to 600, or restore it from its backup',
  })
}
