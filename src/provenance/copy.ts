import type { Fault } from '../base/index.ts'
import type { Column } from './columns.ts'
import type { CopyDetails } from './copy-details.ts'
import type { TableProfile } from './profile.ts'

/** What is declared about a copy when it is registered. Days are `YYYY-MM-DD`. */
export interface CopyManifest {
  /** Stable name: 1-64 of `a-z0-9-`. */
  readonly id: string
  /** `own`: a system of the operator; `extract`: handed out to the holder; `leak`: found in the open earlier. */
  readonly kind: 'own' | 'extract' | 'leak'
  /** Company or department that holds it; for a leak, the name it goes by. */
  readonly holder: string
  readonly system: string
  /** Day the values are of: the cut of an extract, the last day of a history, the day a leak became known. */
  readonly asOf: string
  /** Rows are versions with `valid_from` (inclusive) and `valid_to` (exclusive). */
  readonly history: boolean
}

/** A registered copy: the manifest, what was found in the file, and where its tokens are. Holds no personal value. */
export interface Copy extends CopyManifest, CopyDetails {
  /** SHA-256 of the bytes that were registered, in hex; for a live table the digest of its rows (`acquisition`). */
  readonly sha256: string
  readonly source: string
  /** Public id of the key its tokens are under. */
  readonly keyId: string
  readonly country?: string
  readonly rows: number
  readonly columns: readonly Column[]
  readonly faults: readonly Fault[]
  /** Faults met, also those not kept. */
  readonly faultCount: number
  /** Key of the load in the lake that holds its tokens. */
  readonly loadKey: string
  /** Token files beside the manifest, with their SHA-256. */
  readonly parts: readonly { readonly file: string; readonly sha256: string; readonly rows: number }[]
  /** What the table looks like, without any value of a person. */
  readonly profile?: TableProfile
  /** How often the details were written since the registration; every former state is kept. */
  readonly revision?: number
}
