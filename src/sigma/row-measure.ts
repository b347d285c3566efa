/** What is kept of an event that counts: its part, its time, and the number of its texts. */
export interface Seen {
  readonly part: number
  readonly at: number
  readonly mark: number
}

/** What a condition compares, kept up to date for every row as events come and go; a bounded number of steps for each. */
export interface RowMeasure {
  add(row: number, event: Seen): void
  /** An event does not count any more. */
  retract(row: number, mark: number): void
  /** Over the events from a time on. */
  value(row: number, from: number): number
}
