import type { Level } from './rule.ts'

export type CorrelationType =
  | 'event_count'
  | 'value_count'
  | 'temporal'
  | 'temporal_ordered'
  | 'value_sum'
  | 'value_avg'
  | 'value_percentile'
  | 'value_median'

/** One comparison of a correlation's condition; all of them must hold. */
export interface Bound {
  readonly op: 'gt' | 'gte' | 'lt' | 'lte' | 'eq' | 'neq'
  readonly than: number
}

/** A rule or correlation that a correlation refers to, with the fields to read in its events. */
export interface CorrelationPart {
  /** Id of the rule or correlation. */
  readonly id: string
  /** For every name of `groupBy` the field that holds it. */
  readonly groupFields: readonly string[]
  /** For every name of `fields` the field that holds it. */
  readonly valueFields: readonly string[]
}

/** A correlation as read from its file, its references resolved. */
export interface Correlation {
  /** Its own UUID; a content id (`K_…`) when the file gives none. */
  readonly id: string
  readonly name: string
  readonly title: string
  readonly description: string
  readonly author: string
  readonly status: string
  /** The highest level of what it refers to when it states none. */
  readonly level: Level
  readonly tags: readonly string[]
  readonly type: CorrelationType
  /** In the order written: `temporal_ordered` asks for this order. */
  readonly parts: readonly CorrelationPart[]
  /** Names as written (aliases stay aliases); none: all events are one group. */
  readonly groupBy: readonly string[]
  /** The fields whose values are counted, summed or ranked. */
  readonly fields: readonly string[]
  /** As written (`10m`), and in microseconds. */
  readonly timespan: string
  readonly micros: number
  /** Empty for a temporal correlation without condition: all parts must occur. */
  readonly bounds: readonly Bound[]
  /** Of `value_percentile`; without it the share of each value, in percent, is compared. */
  readonly percentile?: number
  /** Whether the rules it refers to are reported on their own too. */
  readonly generate: boolean
  readonly file: string
  readonly line: number
}

/**
 * Whether the condition is tried at every event over the time before it (`sliding`), or once per window that starts at the first
 * event of a group (`whole`): more events can undo an upper bound, an average or a percentile, so these are judged when all are in.
 */
export function windowOf({ type, bounds }: Pick<Correlation, 'type' | 'bounds'>): 'sliding' | 'whole' {
  if (type === 'value_avg' || type === 'value_percentile' || type === 'value_median') return 'whole'
  return bounds.every(({ op }) => op === 'gt' || op === 'gte') ? 'sliding' : 'whole'
}

/** Whether a measured value meets all bounds. */
export function meets(value: number, bounds: readonly Bound[]): boolean {
  for (const { op, than } of bounds) {
    const holds =
      op === 'gte'
        ? value >= than
        : op === 'gt'
          ? value > than
          : op === 'lt'
            ? value < than
            : op === 'lte'
              ? value <= than
              : op === 'eq'
                ? value === than
                : value !== than
    if (!holds) return false
  }
  return true
}
