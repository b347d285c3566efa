import type { Cite, Sentence } from '../evidence/index.ts'

export type AssessmentStatus = 'supported' | 'contradicted' | 'open'

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
}

export interface Assessment {
  readonly assertions: readonly AssessedAssertion[]
  /** The answer so far in one sentence. */
  readonly headline: string
  readonly counts: Readonly<Record<AssessmentStatus, number>>
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

/** What the logs at hand cover: the other half of every "not found". */
export interface Coverage {
  readonly sources: readonly {
    readonly source: string
    readonly hosts: readonly string[]
    readonly from: string
    readonly to: string
    readonly events: number
    readonly cites: readonly Cite[]
  }[]
  readonly gaps: readonly Sentence[]
}
