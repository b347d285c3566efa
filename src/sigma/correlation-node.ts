import type { Correlation } from './correlation.ts'
import type { CorrelationDetection, Episode, Item } from './episode.ts'
import type { EventRing } from './event-ring.ts'
import type { GroupCells } from './group-cells.ts'
import type { GroupTable } from './group-table.ts'
import type { HitStore } from './hit-store.ts'

/** An event that came into a window. */
export interface Arrival<Ref> {
  readonly item: Item<Ref>
  /** Microseconds since 1970. */
  readonly at: number
  /** Number of its group. */
  readonly group: number
  /** Index in `parts` of the correlations. */
  readonly part: number
  /** Its number in the window. */
  readonly number: number
}

/** What all correlations at work share, and where their results go. */
export interface Bench<Ref> {
  readonly groups: GroupTable
  readonly hits: HitStore<Ref>
  readonly emit: (detection: CorrelationDetection<Ref>) => void
  /** The condition of `correlation` holds at `item`, in this stretch. */
  readonly news: (correlation: Correlation, episode: Episode<Ref>, item: Item<Ref>, at: number) => void
  /** Windows that wait for their end were opened. */
  readonly waits: (end: number) => void
}

/** The window that correlations over the same events share. */
export interface Window {
  readonly ring: EventRing
  /** What is kept of each group; a group without events has fresh cells. */
  readonly groups: GroupCells
  /** Number of the newest event of a group; of one that is gone, or -1, when it has none. */
  newest(group: number): number
  /** How many events of a group count for a reading. */
  count(group: number, reading: number): number
  /** What stands for an event when events are compared, by a reading it counts for: its amount, or the number of its texts. */
  mark(number: number, reading: number): number
}

/** Where a correlation stands: the window it is over, its reading there, and whether news of other correlations come. */
export interface Seat<Ref> {
  readonly correlation: Correlation
  readonly bench: Bench<Ref>
  readonly window: Window
  readonly reading: number
  readonly takesNews: boolean
}

/** One correlation at work over a window that it may share. Arrivals come in order of time. */
export interface CorrelationNode<Ref> {
  readonly correlation: Correlation
  /** Which value of an event counts for it. */
  readonly reading: number
  /** Of news that take the place of an earlier one: the number of that in the window, to be taken out; -1 when there is none. */
  replaced(arrival: Arrival<Ref>): number
}
