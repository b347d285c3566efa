import { appendCustody, evidenceMigrations, type CustodyAct, type Signer } from '../evidence/index.ts'
import type { Canonical } from '../base/index.ts'
import { openDb } from '../store/index.ts'
import type { Workspace } from './workspace.ts'

/** Records an act that belongs to the workspace and to no case (a copy registered, values re-identified), signed and chained. */
export function recordAct(
  workspace: Workspace,
  act: { readonly act: CustodyAct; readonly by: Signer; readonly detail: { readonly [key: string]: Canonical | undefined } },
): void {
  const db = openDb(workspace.path('acts.db'), { evidence: evidenceMigrations })
  try {
    db.transaction(() => appendCustody(db, { at: workspace.world.now(), act: act.act, by: [act.by], detail: act.detail }))
  } finally {
    db.close()
  }
}
