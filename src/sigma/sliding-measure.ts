import type { Correlation } from './correlation.ts'
import type { Arrival, Seat } from './correlation-node.ts'
import type { GroupCells } from './group-cells.ts'
import { NearGroups } from './near-groups.ts'

/** What a condition compares, kept up to date for every group as events come and go; a bounded number of steps for each, in the mean. */
export interface SlidingMeasure {
  /** `kept`: what its value was read as. The event is in the window and counted. */
  add(arrival: Arrival<unknown>, kept: number): void
  /** An event does not count any more; it is not counted by then. */
  retract(group: number, kept: number): void
  /** Over the events from a time on; 0 when it is known not to meet the condition. */
  value(group: number, from: number): number
}

/** The measure of a correlation that is tried at every event; what it keeps of a group stands in its cells. */
export function slidingMeasure<Ref>(seat: Seat<Ref>): SlidingMeasure {
  const { type } = seat.correlation
  if (type === 'value_sum') return new Sums(seat.window.groups)
  return type === 'event_count' ? new Counts(seat) : new NearGroups(seat, leastEvents(seat))
}

/** How many events a group needs before its value can meet the condition: it is never greater than their number. */
function leastEvents({ correlation, takesNews }: Pick<Seat<unknown>, 'correlation' | 'takesNews'>): number {
  const { bounds, parts }: Correlation = correlation
  // Of news that were replaced, the parts they were seen as stay seen: that cannot be told from the events that are left.
  if (takesNews) return 1
  const least =
    bounds.length === 0 ? [parts.length] : bounds.map(({ op, than }) => (op === 'gt' ? Math.floor(than) + 1 : Math.ceil(than)))
  return Math.max(1, ...least)
}

class Counts implements SlidingMeasure {
  readonly #window: Seat<unknown>['window']
  readonly #reading: number

  constructor({ window, reading }: Pick<Seat<unknown>, 'window' | 'reading'>) {
    this.#window = window
    this.#reading = reading
  }

  add(): void {
    // The window counts.
  }

  retract(): void {
    // The window counts.
  }

  value(group: number): number {
    return this.#window.count(group, this.#reading)
  }
}

/** Sums that do not depend on what was added and taken away before: whole parts and billionths apart. */
class Sums implements SlidingMeasure {
  readonly #groups: GroupCells
  readonly #place: number

  constructor(groups: GroupCells) {
    this.#groups = groups
    this.#place = groups.add([0, 0])
  }

  add({ group }: { readonly group: number }, kept: number): void {
    this.#change(group, kept)
  }

  retract(group: number, kept: number): void {
    this.#change(group, -kept)
  }

  #change(group: number, amount: number): void {
    const { cells, stride } = this.#groups
    const at = group * stride + this.#place
    const whole = Math.trunc(amount)
    cells[at] = (cells[at] as number) + whole
    if (amount !== whole) cells[at + 1] = (cells[at + 1] as number) + Math.round((amount - whole) * 1e9)
  }

  value(group: number): number {
    const { cells, stride } = this.#groups
    const at = group * stride + this.#place
    return (cells[at] as number) + (cells[at + 1] as number) / 1e9
  }
}
