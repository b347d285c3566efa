import type { Fault } from '../base/index.ts'
import type { RuleSet } from '../sigma/index.ts'
import type { LiveCorrelations } from './watch-correlate.ts'
import type { CloseReason, WatchEntry } from './watch-entry.ts'
import type { KeptIndicators } from './watch-indicators.ts'
import type { WatchStore } from './watch-store.ts'

/** A stretch that is read to its end, as a file of its own. */
export interface ReadSegment {
  readonly path: string
  readonly source: string
  readonly segment: number
  readonly kind: string
  readonly sha256: string
  /** Lines of before that name its columns, which the bytes at `path` do not hold; mostly empty. */
  readonly header: Uint8Array
  readonly from: number
  readonly to: number
  readonly opened: string
  readonly closed: string
  readonly why: CloseReason
}

/** What all followed sources share. */
export interface WatchDesk {
  readonly store: WatchStore
  readonly rules: RuleSet
  readonly correlations: LiveCorrelations
  readonly indicators: KeptIndicators
  /** Whether the sources are audit logs: then tables are followed too, whose rows are no events. */
  readonly audit: boolean
  /** Folder of the bytes of open segments. */
  readonly folder: string
  readonly zone?: string
  readonly year?: number
  readonly segmentBytes: number
  readonly segmentMs: number
  /** ISO 8601 UTC. */
  readonly now: () => string
  /** Entries that are on disk, in order. */
  readonly told: (entries: readonly WatchEntry[]) => void
  readonly read: (what: { readonly bytes: number; readonly events: number; readonly faults: readonly Fault[] }) => void
  /** Puts the bytes of a closed segment away; gives the number of the exhibit when there is a case. */
  readonly keep: (segment: ReadSegment) => Promise<string | undefined>
}
