import { existsSync } from 'node:fs'
import { exitCodes, UserError } from '../base/index.ts'
import { approveRequest, askedRequests, askRequest, takeApproval, type ReidentifyRequest } from '../disclosure/index.ts'
import type { Signer } from '../evidence/index.ts'
import { withDiscretion } from './discretion.ts'
import { reidentifyPolicy } from './lake-settings.ts'
import { recordAct } from './workspace-custody.ts'
import type { Workspace } from './workspace.ts'

interface Asked {
  readonly workspace: Workspace
  readonly signer: Signer
  readonly purpose: string
  /** `lookups`, or the case and place of a cite. */
  readonly scope: string
  readonly subjects: readonly string[]
}

/**
 * May these persons be named? With the policy `reidentify = "two"` only when somebody else approved the request: without an approval the request is entered,
 * signed, and a `UserError` says what it waits for. Gives what belongs into the record of the naming.
 */
export function mayReidentify(asked: Asked): { readonly request?: string; readonly approvedBy?: string } {
  const { workspace, signer, purpose, scope } = asked
  if (reidentifyPolicy(workspace.path('breachline.toml')) === 'one') return {}
  const at = workspace.world.now()
  const of = { by: signer, purpose: purpose.toWellFormed(), scope, subjects: asked.subjects, at }
  const taken = withDiscretion(workspace, (db) => takeApproval(db, of))
  if (taken !== undefined) return { request: `Q${taken.n}`, approvedBy: taken.approvedBy ?? '' }
  const entered = withDiscretion(workspace, (db) => askRequest(db, of))
  if (entered.at === at)
    recordAct(workspace, {
      act: 're-identification-asked',
      by: signer,
      detail: { request: `Q${entered.n}`, purpose: entered.purpose, of: scope, persons: entered.persons },
    })
  throw new UserError({
    code: 'reidentify-needs-second',
    message: `asked as Q${entered.n}: in this workspace a second person approves before anybody is named`,
    hint: `another person approves with their own key: breachline reidentify approve Q${entered.n} --as NAME --reason TEXT; then give the same command again`,
    exitCode: exitCodes.environment,
  })
}

/** Requests to name persons, as a person with a key handles them. */
export interface ReidentifyDesk {
  /** Every request, newest first, without the persons. */
  list(): Promise<readonly ReidentifyRequest[]>
  /** Approves a request; a `UserError` for the key that asked it. */
  approve(n: number, reason: string): Promise<ReidentifyRequest>
}

/** The same over an open workspace. */
export function reidentifyDesk(workspace: Workspace, signer: Signer): ReidentifyDesk {
  return {
    list: async () => (existsSync(workspace.path('discretion.db')) ? withDiscretion(workspace, askedRequests) : []),
    approve: async (n, reason) =>
      withDiscretion(workspace, (db) =>
        db.transaction(() => {
          const approved = approveRequest(db, { n, by: signer, at: workspace.world.now(), reason })
          recordAct(workspace, {
            act: 're-identification-approved',
            by: signer,
            detail: { request: `Q${n}`, purpose: approved.purpose, asked: approved.by, reason },
          })
          return approved
        }),
      ),
  }
}
