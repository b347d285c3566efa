import type { Cite, Sentence } from '../evidence/index.ts'
import type { AssessedThread, SaidBeside } from './assessment-part.ts'
import type { Mismatch } from './handed-over.ts'
import type { Settling } from './settle.ts'
import type { AssessmentStatus } from './status.ts'
import type { Strength } from './strength.ts'

/** One assertion, weighed against everything that both rivers found. */
export interface AssessedAssertion {
  /** `thread:name/A1`. */
  readonly id: string
  readonly thread: string
  readonly assertion: string
  readonly by: string
  /** The words as posted. */
  readonly words: string
  readonly status: AssessmentStatus
  /** The one sentence that decides. */
  readonly ground: Sentence
  readonly grounds: readonly Sentence[]
  /** What would settle it; never empty when open. */
  readonly missing: readonly string[]
  /** Log coverage beside every negative or open finding. */
  readonly coverage: readonly Sentence[]
  readonly cite: Cite
  /** How firmly evidence speaks; absent, as all below, in answers kept before it was told. */
  readonly strength?: Strength
  /** Evidence for and against it; statements are in neither. */
  readonly for?: readonly Sentence[]
  readonly against?: readonly Sentence[]
  /** Who holds what is missing, and until when. */
  readonly settles?: readonly Settling[]
  /** What others than the actor said of the same. */
  readonly said?: readonly SaidBeside[]
}

export interface Assessment {
  readonly assertions: readonly AssessedAssertion[]
  /** The answer so far in one sentence. */
  readonly headline: string
  readonly counts: Readonly<Record<AssessmentStatus, number>>
  /** Every claim part by part; absent, as below, in answers kept before there were such parts. */
  readonly threads?: readonly AssessedThread[]
  /** What was handed over as evidence and does not fit claim or sample. */
  readonly mismatches?: readonly Mismatch[]
}

/** Data subjects by source and category of data; counts below the floor are suppressed. */
export interface Affected {
  readonly groups: readonly AffectedGroup[]
  /** Cells under this count are shown as `fewer than N`. */
  readonly floor: number
  readonly notes: readonly Sentence[]
}

export interface AffectedGroup {
  /** `sample`, `story`, `lookups`. */
  readonly source: string
  readonly category: string
  /** Lines in the source, records that could be read, distinct persons; undefined = suppressed (below the floor). */
  readonly lines?: number
  readonly records?: number
  readonly persons?: number
  readonly suppressed: boolean
  readonly text: string
  readonly cites: readonly Cite[]
}
