import { sha256, unreachable } from '../base/index.ts'
import type { Signer } from '../evidence/index.ts'
import { sitrepText } from '../response/index.ts'
import { affectedCsv, htmlReport, redactHolders, writeHandover, type HandoverFormat } from '../sharing/index.ts'
import { openCase } from './case-store.ts'
import { leavingView } from './case-view.ts'
import { mayLeave, recordExported } from './exported.ts'
import { sitrepOf } from './statement-sitrep.ts'
import type { Workspace } from './workspace.ts'

/** A document that leaves the case. */
export type Export =
  | { readonly kind: 'affected' }
  | { readonly kind: 'report'; readonly format: 'html' | 'json'; readonly releaseHolders: boolean }
  | { readonly kind: 'handover'; readonly format: HandoverFormat; readonly releaseHolders: boolean }
  | { readonly kind: 'sitrep'; readonly since?: string; readonly json: boolean; readonly releaseHolders: boolean }

/**
 * Makes a document from a case as of now and records in the chain of custody what left, by hash. Holders of copies are called
 * "Holder A" unless released. The head that a report prints is the one before this record.
 */
export function exportCase(options: {
  readonly workspace: Workspace
  readonly signer: Signer
  readonly caseId: string
  readonly what: Export
}): string {
  const { workspace, signer, what } = options
  const store = openCase(workspace, options.caseId)
  try {
    mayLeave(store)
    const now = workspace.world.now()
    const text = render()
    recordExported(store, { by: signer, at: now, detail: { ...what, sha256: sha256(text) } })
    return text

    function render(): string {
      if (what.kind === 'sitrep') {
        const { json, since, releaseHolders } = what
        const sitrep = sitrepOf(workspace, store, { now, releaseHolders, ...(since === undefined ? {} : { since }) })
        return json ? `${JSON.stringify(sitrep, undefined, 2)}\n` : sitrepText(sitrep)
      }
      const view = leavingView(workspace, store, now)
      switch (what.kind) {
        case 'affected': {
          const names = new Map(view.exhibits.map((one) => [one.sha256, one.id]))
          return affectedCsv(redactHolders(view).affected, (hash) => names.get(hash))
        }
        case 'handover':
          return writeHandover(view, what.format, { releaseHolders: what.releaseHolders })
        case 'report': {
          if (what.format === 'html') return htmlReport(view, { releaseHolders: what.releaseHolders })
          return `${JSON.stringify(what.releaseHolders ? view : redactHolders(view), undefined, 2)}\n`
        }
        default:
          return unreachable(what)
      }
    }
  } finally {
    store.close()
  }
}
