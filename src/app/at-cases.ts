import type { Signer } from '../evidence/index.ts'
import { openCase, type CaseStore } from './case-store.ts'
import type { Workspace } from './workspace.ts'

/** A person at work on the cases of an open workspace: what a desk is made of. */
export interface AtCases {
  readonly workspace: Workspace
  readonly signer: Signer
  /** Opens a case for one act and lets go of it, whatever happens. */
  readonly withCase: <T>(id: string, work: (store: CaseStore) => T | Promise<T>) => Promise<T>
}

/** A person with a key, at work on the cases of an open workspace. */
export function atCases(workspace: Workspace, signer: Signer): AtCases {
  return {
    workspace,
    signer,
    async withCase(id, work) {
      const store = openCase(workspace, id)
      try {
        return await work(store)
      } finally {
        store.close()
      }
    },
  }
}
