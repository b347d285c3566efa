import { accountPseudonym } from '../lookups/index.ts'
import type { CaseStore } from './case-store.ts'
import { workspaceTokenKey } from './keys.ts'
import { workspaceId } from './workspace-id.ts'
import type { Workspace } from './workspace.ts'

/** A purpose of the personnel compartment: with one, records are shown with the logins in them. */
export function isPersonnelPurpose(purpose: string): boolean {
  return /^\s*personnel\b/i.test(purpose)
}

/** Logs of record access and recorded reasons name accounts of employees. */
export function namesAccounts(role: string): boolean {
  return role === 'audit' || role === 'explain'
}

/** A piece of text that is shown as it is, or one that is still to be masked. */
export interface ShownPart {
  readonly text: string
  readonly isAccount: boolean
}

/** Parts a text so that each login of an account that the last review names stands as its pseudonym, and every `user` of an entry of pgAudit. */
export function accountParts(
  workspace: Pick<Workspace, 'path' | 'world'>,
  store: Pick<CaseStore, 'lastAnswer'>,
): (text: string) => readonly ShownPart[] {
  const known = new Set(store.lastAnswer()?.json.match(/\bA-[0-9a-f]{12}\b/g))
  const key = workspaceTokenKey(workspace.world, workspaceId(workspace))
  const pseudonym = (text: string): string | undefined => {
    const account = accountPseudonym(key, text.trim().toLowerCase())
    return known.has(account) ? account : undefined
  }
  return (text) =>
    text
      .split(/(?<=^user: )([^\n]+)/m)
      .flatMap((part, at) =>
        at % 2 === 1 ? [{ text: accountPseudonym(key, part.trim().toLowerCase()), isAccount: true }] : partsOf(part, pseudonym),
      )
}

/** Cells of a row first, for a login may hold spaces or a domain; then their words. */
function partsOf(text: string, pseudonym: (text: string) => string | undefined): ShownPart[] {
  const parts: ShownPart[] = []
  const put = (part: string, account: string | undefined): void => {
    const last = parts.at(-1)
    if (account !== undefined) parts.push({ text: account, isAccount: true })
    else if (last === undefined || last.isAccount) parts.push({ text: part, isAccount: false })
    else parts[parts.length - 1] = { text: last.text + part, isAccount: false }
  }
  for (const [cell] of text.matchAll(/[^,;\t|"\n]+|[,;\t|"\n]+/g)) {
    const whole = pseudonym(cell)
    if (whole !== undefined) put(cell, whole)
    else for (const [word] of cell.matchAll(/[\p{L}\p{N}._\\$-]+|[^\p{L}\p{N}._\\$-]+/gu)) put(word, pseudonym(word))
  }
  return parts
}
