import { decisions, notes } from '../casefile/index.ts'
import { custodyHead, exhibits, headText } from '../evidence/index.ts'
import { openCase, type CaseInfo } from './case-store.ts'
import type { Workspace } from './workspace.ts'

/** What a case holds before it has been investigated to the end. */
export interface CaseLedger {
  readonly case: CaseInfo
  readonly investigated: false
  readonly exhibits: readonly {
    readonly id: string
    readonly file: string
    readonly kind: string
    readonly role: string
    readonly sha256: string
    readonly bytes: number
    readonly held: 'copied' | 'referenced'
  }[]
  readonly decisions: readonly {
    readonly id: string
    readonly at: string
    readonly by: string
    readonly text: string
    readonly reason: string
  }[]
  readonly notes: readonly { readonly id: string; readonly at: string; readonly by: string; readonly text: string }[]
  readonly custody: string
}

/** Exhibits, notes and decisions of a case, without an answer. */
export function caseLedger(workspace: Pick<Workspace, 'path'>, caseId: string): CaseLedger {
  const store = openCase(workspace, caseId)
  try {
    const head = custodyHead(store.db)
    return {
      case: store.info(),
      investigated: false,
      exhibits: exhibits(store.db).map((one) => ({
        id: one.number,
        file: one.name,
        kind: one.kind,
        role: one.role,
        sha256: one.sha256,
        bytes: one.size,
        held: one.mode,
      })),
      decisions: decisions(store.db).map(({ number, at, by, text, reason }) => ({
        id: number,
        at,
        by: by.join(', '),
        text,
        reason,
      })),
      notes: notes(store.db, { compartments: ['general'] }).map(({ number, at, by, text }) => ({
        id: number,
        at,
        by: by.join(', '),
        text,
      })),
      custody: head === undefined ? '' : headText(head),
    }
  } finally {
    store.close()
  }
}
