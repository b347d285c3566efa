import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { UserError } from '../base/index.ts'
import { fingerprintOfBox, publicOf, readCard, type DeskCard } from '../disclosure/index.ts'
import { loadKey, type Person, type Signer } from '../evidence/index.ts'
import { workspaceBox } from './box-key.ts'
import { keyDirectory } from './keys.ts'
import { isDeskWorkspace, makeDeskWorkspace } from './workspace-kind.ts'
import type { Workspace } from './workspace.ts'

const cardFile = 'desk-card.json'

/** A person at a disclosure desk. */
export interface AtDesk {
  readonly workspace: Workspace
  readonly signer: Signer
}

/** Opens a disclosure desk in a workspace of its own (or gives its card again): the persons named may release. */
export async function openDisclosureDesk(
  options: AtDesk & { readonly name: string; readonly persons: readonly string[] },
): Promise<{ readonly card: DeskCard; readonly fingerprint: string }> {
  const { workspace, signer } = options
  if (isDeskWorkspace(workspace)) onlyDeskPerson(options)
  else makeDeskWorkspace(workspace, options.name)
  const named = options.persons.map((name): Person => loadKey({ directory: keyDirectory(workspace.world), name }))
  const persons = [...new Map([signer, ...named].map((one) => [one.fingerprint, one])).values()].map(
    ({ name, role, fingerprint, publicKey }) => ({ name, role, fingerprint, publicKey }),
  )
  const box = await publicOf(await workspaceBox(workspace))
  const card: DeskCard = { kind: 'breachline disclosure desk', name: options.name, box, persons }
  writeFileSync(workspace.path(cardFile), `${JSON.stringify(card, undefined, 2)}\n`, { mode: 0o600, flush: true })
  return { card, fingerprint: fingerprintOfBox(box) }
}

/** Orders, decisions and answers are for the persons on the card; a `UserError` for anybody else. */
export function onlyDeskPerson({ workspace, signer }: AtDesk): void {
  onlyAtDesk(workspace)
  const path = workspace.path(cardFile)
  const known = existsSync(path) ? readCard(readFileSync(path, 'utf8')).persons : []
  if (known.some((one) => one.fingerprint === signer.fingerprint)) return
  throw new UserError({
    code: 'desk-person',
    message: `${signer.name} is not on the card of this disclosure desk`,
    hint: 'act as one who is (--as NAME), or let one of them write a new card with you on it: breachline disclosure open NAME --person YOU',
  })
}

/** A `UserError` in any other workspace than a desk's. */
export function onlyAtDesk(workspace: Workspace): void {
  if (isDeskWorkspace(workspace)) return
  throw new UserError({
    code: 'not-a-desk',
    message: `${workspace.directory} is no workspace of a disclosure desk`,
    hint: 'orders are read at the desk only: make one with "breachline disclosure open NAME --workspace DIR"',
  })
}
