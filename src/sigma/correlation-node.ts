import type { Correlation } from './correlation.ts'
import type { CorrelationDetection, Episode, Item } from './episode.ts'
import type { GroupTable } from './group-table.ts'
import type { HitStore } from './hit-store.ts'
import type { Mark } from './measure-window.ts'

/** An event that belongs to a correlation. */
export interface Arrival<Ref> {
  readonly item: Item<Ref>
  /** Its number in the store of hits. */
  readonly hit: number
  /** Index in `parts` of the correlation. */
  readonly part: number
  /** Number of its group. */
  readonly group: number
  readonly mark: Mark
}

/** What correlations at work share, and where their results go. */
export interface Bench<Ref> {
  readonly groups: GroupTable
  readonly hits: HitStore<Ref>
  readonly emit: (detection: CorrelationDetection<Ref>) => void
  /** The condition of `correlation` holds at `item`, in this stretch. */
  readonly news: (correlation: Correlation, episode: Episode<Ref>, item: Item<Ref>, at: number) => void
}

/** One correlation at work: holds the windows of its groups. Arrivals come in order of time. */
export interface CorrelationNode<Ref> {
  readonly correlation: Correlation
  /** Events held now. */
  readonly events: number
  /** Number of the oldest hit held; Infinity when none is. */
  readonly oldestHit: number
  take(arrival: Arrival<Ref>): void
  /** Lets go what no window needs at this time. */
  expire(now: number): void
  /** When the next window ends that waits for its end; Infinity when none does. */
  readonly nextEnd: number
  /** Ends the window that is next. */
  endNext(): void
  /** Lets the oldest events go until at most this many are held; gives how many went before their time. */
  shrink(to: number): number
  /** Ends everything. */
  finish(): void
}
