import type { Cite, Sentence } from '../evidence/index.ts'

/** What the audit logs say about who read whose records. Subscribers are keyed tokens; values only after re-identification. */
export interface LookupReview {
  readonly accesses: number
  /** Distinct subscribers whose records were read. */
  readonly subscribers: number
  readonly from: string
  readonly to: string
  /** Sources that log accesses without saying whose record: never counted as zero. */
  readonly notRecorded: readonly {
    readonly source: string
    readonly accesses: number
    readonly why: string
    readonly cites: readonly Cite[]
  }[]
  /** Subscribers read more often without a reason than chance allows (Benjamini-Hochberg at `q`). */
  readonly watched: readonly WatchedSubscriber[]
  readonly accounts: readonly {
    readonly account: string
    /** Watched subscribers this account read without a recorded reason. */
    readonly watched: number
    readonly unexplained: number
    readonly kind: string
    readonly grounds: readonly Sentence[]
  }[]
  /** Single accesses that returned many subscribers. */
  readonly bulk: readonly {
    readonly account: string
    readonly at: string
    readonly rows: number
    readonly cites: readonly Cite[]
  }[]
  /** Level of the false-discovery control, and how many subscribers were tested. */
  readonly q: number
  readonly tested: number
  readonly notes: readonly Sentence[]
}

export interface WatchedSubscriber {
  /** Keyed token, hex. */
  readonly subscriber: string
  /** Masked form for people (`+60 12-*** **78`). */
  readonly masked: string
  /** p and q values as decimal text with exponent (`3.1e-9`). */
  readonly p: string
  readonly qValue: string
  readonly tests: readonly string[]
  readonly accounts: readonly string[]
  /** Distinct days with an unexplained access, and explained ones. */
  readonly days: number
  readonly explainedDays: number
  readonly first: string
  readonly last: string
  readonly grounds: readonly Sentence[]
  readonly cites: readonly Cite[]
}
