import type { Cite } from '../evidence/index.ts'
import type { Correlation, Detection } from '../sigma/index.ts'

/** What a correlation adds to a detection; `Ref` says where an event stands. */
export interface FoundCorrelation<Ref = Cite> {
  readonly type: Correlation['type']
  readonly timespan: string
  /** The values that the events have in common, by the names of `group-by`. */
  readonly group: Readonly<Record<string, string>>
  /** What the condition compares, at its highest. */
  readonly value: number
  /** Contributing events; `events` cites the first of them. */
  readonly count: number
  readonly first: string
  readonly last: string
  readonly events: readonly Ref[]
}

/**
 * A detection with the cite that opens its record; `place` is the same as text, for `--cite`. One of a correlation cites the record
 * at which its condition first held, and its other records in `correlation`.
 */
export type FoundDetection = Omit<Detection, 'at'> & {
  readonly cite: Cite
  readonly place: string
  readonly correlation?: FoundCorrelation
}
