/**
 * How far records carry: `left` what went out of the estate, `staged` what was packed, exported or copied to be taken, `read` what was
 * read, `could be reached` what lay open without a record of reading.
 */
export type ReachedCertainty = 'left' | 'staged' | 'read' | 'could be reached'

/** A count between bounds; an absent bound is not known. `basis` says where they come from. */
export interface Bounds {
  readonly low?: number
  readonly high?: number
  readonly basis: string
  /** The same in words: `12 to 40 rows`. */
  readonly words?: string
}

/** What records say of one body of data in one story; beside the words of `Story['reached']`. */
export interface DataReached {
  readonly certainty: ReachedCertainty
  /** Host that held the data when it was reached, or from which it left. */
  readonly host: string
  /** Entry of the inventory it is, such as `object:cdr-voice`; absent when the inventory has none that fits. */
  readonly object?: string
  readonly accounts: readonly string[]
  /** Host or address it was reached from, or sent to. */
  readonly peers: readonly string[]
  /** Fixed-width UTC; absent when no record of reaching it exists. */
  readonly first?: string
  readonly last?: string
  readonly records: number
  /** Absent: not recorded. */
  readonly rows?: Bounds
  readonly bytes?: Bounds
  /** Categories of personal data, in the words of the inventory; empty = not known. */
  readonly categories: readonly string[]
  readonly sensitivity?: string
}
