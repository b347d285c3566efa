import type { Canonical } from '../base/index.ts'
import type { Signer } from '../evidence/index.ts'
import {
  detailNotices,
  meaningText,
  noticeText,
  reviseCopy,
  type Copy,
  type CopyDetails,
  type TableProfile,
} from '../provenance/index.ts'
import type { RegisteredCopy } from './judge-samples.ts'
import { registryFolder } from './registry.ts'
import { recordAct } from './workspace-custody.ts'
import type { Workspace } from './workspace.ts'

/** A registered copy, and what does not fit between what was declared and what was found. */
export interface KeptCopy extends RegisteredCopy {
  readonly notices: readonly string[]
}

/** Writes what is known of a copy beside its tokens, as a revision when that changes something, and records the act. */
export function keepDetails(options: {
  readonly workspace: Workspace
  readonly signer: Signer
  readonly registered: Copy
  /** The copy as it stood before, when it is no new one. */
  readonly before?: Copy
  readonly details: CopyDetails
  readonly profile?: TableProfile
  /** Of a live table: the digest of its rows, known after the read. */
  readonly sha256?: string
  readonly approvedBy?: string
}): KeptCopy {
  const { workspace, signer, registered, before } = options
  const next: Copy = {
    ...registered,
    ...options.details,
    ...(options.profile === undefined ? {} : { profile: options.profile }),
    ...(options.sha256 === undefined ? {} : { sha256: options.sha256 }),
  }
  const notices = detailNotices(next)
  const copy: Copy = { ...next, ...(notices.length > 0 || next.notices !== undefined ? { notices } : {}) }
  const changed =
    JSON.stringify(copy) !== JSON.stringify(registered) || (before !== undefined && before.loadKey !== registered.loadKey)
  const kept = changed
    ? reviseCopy({
        registry: registryFolder(workspace),
        copy,
        ...(before === undefined ? {} : { before }),
        at: workspace.world.now(),
        by: signer.name,
      })
    : undefined
  recordAct(workspace, {
    act: 'copy-registered',
    by: signer,
    detail: {
      copy: copy.id,
      kind: copy.kind,
      sha256: copy.sha256,
      rows: copy.rows,
      approvedBy: options.approvedBy,
      revision: (kept?.copy ?? copy).revision,
      manifestSha256: kept?.manifestSha256,
      details: Object.keys(options.details).length === 0 ? undefined : (options.details as Canonical),
    },
  })
  return {
    copy: copy.id,
    rows: copy.rows,
    fields: copy.columns.map((column) => ({ name: column.name, meaning: meaningText(column.meaning) })),
    faults: copy.faults,
    notices: notices.map(noticeText),
  }
}
