import type { Signer } from '../evidence/index.ts'
import { approveTelling, exportTelling, tellGroups, type TellSummary } from './tell-desk.ts'
import type { Workspace } from './workspace.ts'

/** Who must be told, of any case: counted, approved by one person, handed out to another. */
export interface TellingDesk {
  groups(caseId: string): Promise<TellSummary>
  approve(
    caseId: string,
    asked: { readonly purpose: string; readonly reason: string; readonly duty?: string },
  ): Promise<TellSummary & { readonly number: string }>
  /** The list as CSV. A `UserError` unless another named person approved this very list. */
  export(
    caseId: string,
    asked: { readonly approval?: string },
  ): Promise<{ readonly csv: string; readonly summary: TellSummary; readonly purpose: string; readonly approval: string }>
}

/** The same over the cases of an open workspace. */
export function tellingDesk(workspace: Workspace, signer: Signer): TellingDesk {
  const on = (caseId: string): Parameters<typeof tellGroups>[0] => ({ workspace, signer, caseId, watch: {} })
  return {
    groups: (id) => tellGroups(on(id)),
    approve: (id, asked) => approveTelling(on(id), asked),
    export: (id, asked) => exportTelling(on(id), asked),
  }
}
