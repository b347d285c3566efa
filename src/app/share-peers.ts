import { createHash, randomBytes } from 'node:crypto'
import { UserError } from '../base/index.ts'
import { withShareDb } from './share-db.ts'
import type { Workspace } from './workspace.ts'

/** Who may fetch and report; names of other operators, never of persons. */
export interface SharePeer {
  readonly name: string
  readonly at: string
  readonly by: string
}

/** Lets a peer in; gives its token, which is shown once and kept as a hash. */
export function addPeer(workspace: Pick<Workspace, 'path' | 'world'>, name: string, by: string): string {
  if (!/^[\p{L}\p{N}][\p{L}\p{N} ._-]{1,63}$/u.test(name))
    throw new UserError({
      code: 'peer-name',
      message: 'this is no name for a peer',
      hint: 'letters, digits, spaces and . _ -, at most 64',
      exitCode: 2,
    })
  const token = randomBytes(32).toString('base64url')
  withShareDb(workspace, (db) => {
    if (db.get('SELECT 1 FROM peers WHERE name = ?', name) !== undefined)
      throw new UserError({
        code: 'peer-exists',
        message: `the peer "${name}" has a token`,
        hint: `peer remove "${name}" takes it away`,
      })
    db.run('INSERT INTO peers VALUES (?, ?, ?, ?)', name, hashed(token), workspace.world.now(), by)
  })
  return token
}

/** Takes a peer's token away; false when there is none. */
export function removePeer(workspace: Pick<Workspace, 'path'>, name: string): boolean {
  return withShareDb(workspace, (db) => db.run('DELETE FROM peers WHERE name = ?', name)) > 0
}

/** The peers that have a token. */
export function sharePeers(workspace: Pick<Workspace, 'path'>): readonly SharePeer[] {
  return withShareDb(workspace, (db) => db.all<SharePeer>('SELECT name, at, by FROM peers ORDER BY name'))
}

/** Name of the peer whose token this is. */
export function peerOfToken(workspace: Pick<Workspace, 'path'>, token: string): string | undefined {
  return withShareDb(workspace, (db) => db.get<{ name: string }>('SELECT name FROM peers WHERE token = ?', hashed(token)))?.name
}

function hashed(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
