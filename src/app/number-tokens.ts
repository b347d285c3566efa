import { existsSync } from 'node:fs'
import { accountPseudonym } from '../lookups/index.ts'
import { canonical, tokenOf } from '../persons/index.ts'
import { workspaceTokenKey } from './keys.ts'
import { workspaceId } from './workspace-id.ts'
import type { Workspace } from './workspace.ts'

/** Telephone number (E.164 digits) to its token in this workspace: undefined when the workspace has made no tokens yet. */
export function numberTokens(workspace: Pick<Workspace, 'path' | 'world'>): ((digits: string) => string) | undefined {
  if (!existsSync(workspace.path('workspace-id'))) return undefined
  const key = workspaceTokenKey(workspace.world, workspaceId(workspace))
  return (digits) => tokenOf(key, 'msisdn', canonical('msisdn', `+${digits}`) ?? digits)
}

/** Login to its pseudonym in this workspace: undefined when the workspace has made no tokens yet. */
export function accountNames(workspace: Pick<Workspace, 'path' | 'world'>): ((login: string) => string) | undefined {
  if (!existsSync(workspace.path('workspace-id'))) return undefined
  const key = workspaceTokenKey(workspace.world, workspaceId(workspace))
  return (login) => accountPseudonym(key, login)
}
