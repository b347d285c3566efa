import type { Correlation } from './correlation.ts'
import type { Arrival, Seat, Window } from './correlation-node.ts'
import { DistinctValues } from './distinct-values.ts'
import { GroupCells } from './group-cells.ts'
import { AllParts, LongestOrder, PartsSeen, WholeOrder } from './parts-seen.ts'
import type { RowMeasure } from './row-measure.ts'

const none = -1

/** Events looked at for each one that counts, beyond which a row is dear. */
const dearFrom = 4

/**
 * A measure that is never greater than the number of events, kept only for groups that have nearly as many as the condition asks
 * for: of the others the count says that it does not hold. A group that comes to the number gets a row, worked out from its events
 * in the window; it keeps that until it has fewer than half of them. Where the events that count stand among many others it keeps it
 * until none is left, which takes a timespan. So working out costs every event a bounded number of steps in the mean.
 */
export class NearGroups {
  readonly #window: Window
  readonly #reading: number
  /** A group with fewer events cannot meet the condition; one with fewer than `#half` has no row, but for dear ones. */
  readonly #least: number
  readonly #half: number
  /** The count of a group that holds the number of its row. */
  readonly #row: number
  readonly #rows = new GroupCells()
  /** The number of events below which a row is given up. */
  readonly #until = this.#rows.addCounts([1])
  readonly #measure: RowMeasure
  readonly #free: number[] = []
  #made = 0

  constructor({ correlation, window, reading }: Pick<Seat<unknown>, 'correlation' | 'window' | 'reading'>, least: number) {
    this.#window = window
    this.#reading = reading
    this.#least = least
    this.#half = Math.ceil(least / 2)
    this.#row = window.groups.addCounts([none])
    this.#measure = rowMeasure(correlation, this.#rows)
  }

  add({ group, part, at, number }: Arrival<unknown>): void {
    const row = this.#rowOf(group)
    if (row !== none) this.#measure.add(row, { part, at, mark: this.#window.mark(number, this.#reading) })
    else if (this.#window.count(group, this.#reading) >= this.#least) this.#begin(group)
  }

  #rowOf(group: number): number {
    const { groups } = this.#window
    return groups.counts[groups.countsOf(group) + this.#row] as number
  }

  #setRow(group: number, row: number): void {
    const { groups } = this.#window
    groups.counts[groups.countsOf(group) + this.#row] = row
  }

  #begin(group: number): void {
    const row = this.#free.pop() ?? this.#made++
    this.#rows.reach(row)
    this.#setRow(group, row)
    const { ring } = this.#window
    const numbers: number[] = []
    let steps = 0
    for (let number = this.#window.newest(group); number >= ring.first; number = ring.before(number), steps++)
      if (!Number.isNaN(ring.kept(number, this.#reading))) numbers.push(number)
    this.#rows.counts[this.#rows.countsOf(row) + this.#until] = steps > dearFrom * numbers.length ? 1 : this.#half
    for (const number of numbers.reverse()) {
      const mark = this.#window.mark(number, this.#reading)
      this.#measure.add(row, { part: ring.part(number), at: ring.at(number), mark })
    }
  }

  retract(group: number, kept: number): void {
    const row = this.#rowOf(group)
    if (row === none) return
    // The events of a group that has a row are marked.
    this.#measure.retract(row, kept)
    const until = this.#rows.counts[this.#rows.countsOf(row) + this.#until] as number
    const count = this.#window.count(group, this.#reading)
    if (count < until) this.#end(group, { row, count })
  }

  /** When the oldest event leaves, and so many that count are left. */
  #end(group: number, { row, count }: { readonly row: number; readonly count: number }): void {
    const { ring } = this.#window
    const left = count === 0 ? [] : ring.ofGroup(this.#window.newest(group), { from: -Infinity, reading: this.#reading })
    for (const number of left) if (number !== ring.first) this.#measure.retract(row, ring.kept(number, this.#reading))
    this.#setRow(group, none)
    this.#rows.clear(row)
    this.#free.push(row)
  }

  value(group: number, from: number): number {
    if (this.#window.count(group, this.#reading) < this.#least) return 0
    return this.#measure.value(this.#rowOf(group), from)
  }
}

function rowMeasure({ type, bounds, parts }: Correlation, cells: GroupCells): RowMeasure {
  if (type === 'value_count') return new DistinctValues(cells)
  if (type === 'temporal') return bounds.length === 0 ? new AllParts(cells, parts.length) : new PartsSeen(cells, parts.length)
  return bounds.length === 0 ? new WholeOrder(cells, parts.length) : new LongestOrder(cells, parts.length)
}
