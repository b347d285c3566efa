import type { Affected, Assessment, Coverage } from '../assessment/index.ts'
import type { Fault } from '../base/index.ts'
import type { Finding } from '../casefile/index.ts'
import type { Thread } from '../claims/index.ts'
import type { Cite, Sentence } from '../evidence/index.ts'
import type { StoryAnswer } from '../intrusion/index.ts'
import type { LookupReview } from '../lookups/index.ts'
import type { DayOne, Verdict } from '../provenance/index.ts'
import type { Deadline, DueAnswer, LostNext } from '../response/index.ts'

/** Everything a report shows, as plain data; `app` gathers it. What a reader may not see must not be in here. */
export interface CaseView {
  readonly case: { readonly id: string; readonly title: string; readonly operator: string; readonly zone: string }
  /** Instant of the report, fixed width or ISO 8601 UTC. */
  readonly generatedAt: string
  readonly assessment: Assessment
  readonly threads: readonly Thread[]
  /** Pictures of the claim, by file; absent in answers kept before they were compared. */
  readonly pictures?: readonly PictureShownBy[]
  /** One per sample, named by its file; `dayOne`: which systems can have produced it, where no registered copy answers. */
  readonly provenance: readonly { readonly sample: string; readonly verdict: Verdict; readonly dayOne?: Omit<DayOne, 'faults'> }[]
  /** Absent when no logs were given. */
  readonly stories?: StoryAnswer
  /** Absent when no audit logs were given. */
  readonly lookups?: LookupReview
  /** Counts with small cells already suppressed. */
  readonly affected: Affected
  readonly due: DueAnswer
  /** Requests, recommendations and later tests that are open by their time; absent in views made before they were told. */
  readonly deadlines?: readonly Deadline[]
  readonly coverage: Coverage
  /** What the log sources of the inventory lose next of the days the claim needs. */
  readonly lostNext?: LostNext
  readonly faults: { readonly total: number; readonly kept: readonly Fault[] }
  readonly exhibits: readonly ExhibitEntry[]
  readonly custody: CustodyHead
  readonly findings: readonly Finding[]
  readonly decisions: readonly PersonEntry[]
  readonly notes: readonly PersonEntry[]
  /** Names of holders of copies beside those in `provenance`, so that none slips through unreplaced. */
  readonly holders?: readonly string[]
}

/** Which of the operator's systems a picture of the claim can show. */
export interface PictureShownBy {
  readonly file: string
  readonly answer: 'ours' | 'none of ours' | 'open'
  readonly ground: Sentence
  readonly reasons: readonly Sentence[]
}

export interface ExhibitEntry {
  /** `E3`. */
  readonly id: string
  readonly file: string
  readonly kind: string
  readonly sha256: string
  readonly bytes: number
  readonly held: 'copied' | 'referenced'
  /** By whom, when and how it was acquired, in words; `unknown` is allowed. */
  readonly acquired: string
}

export interface CustodyHead {
  readonly entries: number
  /** Hash of the last entry of the chain, hex. */
  readonly head: string
  /** Fingerprint of the key that signed it. */
  readonly key?: string
  /** What a verification of this chain proves, in one sentence per entry. */
  readonly proves: readonly string[]
}

/** A decision or note as its author wrote it. */
export interface PersonEntry {
  readonly id: string
  readonly at: string
  readonly by: string
  readonly text: string
  readonly reason?: string
  /** Ids of what it is about: findings, stories, duties. */
  readonly about?: readonly string[]
  /** Number of its entry in the chain of custody. */
  readonly seq?: number
  readonly cites: readonly Cite[]
}
