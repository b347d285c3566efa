import { fileSource } from '../base/index.ts'
import { addTokens, markedTokens, readIdentifiers, removeTokens } from '../disclosure/index.ts'
import { custody, evidenceMigrations, type Signer } from '../evidence/index.ts'
import { tokenOf, type TokenKey } from '../persons/index.ts'
import { openDb } from '../store/index.ts'
import { withDiscretion } from './discretion.ts'
import { workspaceTokenKey } from './keys.ts'
import { recordAct } from './workspace-custody.ts'
import { workspaceId } from './workspace-id.ts'
import type { Workspace } from './workspace.ts'

interface Asking {
  readonly workspace: Workspace
  readonly signer: Signer
  readonly purpose: string
}

/** A token under which a protected person stands: hashed once more, so that the list does not join with what the lake holds. */
function listed(key: TokenKey, token: string): string {
  return tokenOf(key, 'protected', token)
}

/** Adds persons to the list of the protected, or takes them away. Neither the list nor its length is ever given. */
export async function changeProtected(
  options: Asking & { readonly file: string; readonly country: string; readonly change: 'add' | 'remove' },
): Promise<{ readonly read: number }> {
  const { workspace, signer, purpose, change } = options
  const key = workspaceTokenKey(workspace.world, workspaceId(workspace))
  const lists = await readIdentifiers(await fileSource(options.file), { key, country: options.country })
  const tokens = lists.flat().map((token) => listed(key, token))
  recordAct(workspace, { act: 'protected-list-changed', by: signer, detail: { change, purpose, identifiers: lists.length } })
  withDiscretion(workspace, (db) =>
    change === 'add' ? addTokens(db, 'protected', tokens) : removeTokens(db, 'protected', tokens),
  )
  return { read: lists.length }
}

/**
 * Which of the flagged pseudonyms stand for protected persons. Who asked, when and why is signed into the acts before anything is answered; only pseudonyms of
 * a review can be asked about, never a number.
 */
export function protectedAmong(options: Asking & { readonly flagged: readonly string[] }): ReadonlySet<string> {
  const { workspace, signer, purpose, flagged } = options
  recordAct(workspace, { act: 'protected-list-asked', by: signer, detail: { purpose, pseudonyms: flagged.length } })
  const key = workspaceTokenKey(workspace.world, workspaceId(workspace))
  const byListed = new Map(flagged.map((token) => [listed(key, token), token]))
  const found = withDiscretion(workspace, (db) => markedTokens(db, 'protected', [...byListed.keys()]))
  return new Set([...found].map((token) => byListed.get(token) ?? ''))
}

/** A use of the list: who, when, why. */
export interface ProtectedUse {
  readonly at: string
  readonly by: string
  readonly fingerprint: string
  readonly act: 'changed' | 'asked'
  readonly purpose: string
  /** Identifiers read from the file, or pseudonyms asked about. */
  readonly persons: number
}

/** Every use of the list, oldest first, from the signed acts of the workspace. */
export function protectedUses(workspace: Pick<Workspace, 'path'>): readonly ProtectedUse[] {
  const db = openDb(workspace.path('acts.db'), { evidence: evidenceMigrations })
  try {
    return custody(db)
      .filter((one) => one.act === 'protected-list-changed' || one.act === 'protected-list-asked')
      .map(({ at, by, act, detail }) => ({
        at,
        by: by.map((person) => person.name).join(', '),
        fingerprint: by[0]?.fingerprint ?? '',
        act: act === 'protected-list-changed' ? 'changed' : 'asked',
        purpose: typeof detail['purpose'] === 'string' ? detail['purpose'] : '',
        persons: Number(detail['identifiers'] ?? detail['pseudonyms'] ?? 0),
      }))
  } finally {
    db.close()
  }
}
