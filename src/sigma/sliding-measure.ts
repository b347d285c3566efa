import type { Correlation } from './correlation.ts'
import type { Arrival } from './correlation-node.ts'
import { DistinctValues } from './distinct-values.ts'
import type { GroupCells } from './group-cells.ts'

/** What a condition compares, kept up to date for every group as events come and go; a bounded number of steps for each. */
export interface SlidingMeasure {
  /** `kept`: what its value was read as, an amount or the number of a text. */
  add(event: Pick<Arrival<unknown>, 'group' | 'part' | 'at'>, kept: number): void
  /** An event does not count any more. */
  retract(group: number, kept: number): void
  /** Over the events from a time on. */
  value(group: number, from: number): number
}

/** The measure of a correlation that is tried at every event; what it keeps of a group stands in its cells. */
export function slidingMeasure({ type, bounds, parts }: Correlation, cells: GroupCells): SlidingMeasure {
  switch (type) {
    case 'value_count':
      return new DistinctValues(cells)
    case 'value_sum':
      return new Sums(cells)
    case 'temporal':
      return bounds.length === 0 ? new AllParts(cells, parts.length) : new PartsSeen(cells, parts.length)
    case 'temporal_ordered':
      return bounds.length === 0 ? new WholeOrder(cells, parts.length) : new LongestOrder(cells, parts.length)
    default:
      return new Counts(cells)
  }
}

class Counts implements SlidingMeasure {
  readonly #groups: GroupCells
  readonly #place: number

  constructor(groups: GroupCells) {
    this.#groups = groups
    this.#place = groups.add([0])
  }

  add({ group }: { readonly group: number }): void {
    const { cells, stride } = this.#groups
    const at = group * stride + this.#place
    cells[at] = (cells[at] as number) + 1
  }

  retract(group: number): void {
    const { cells, stride } = this.#groups
    const at = group * stride + this.#place
    cells[at] = (cells[at] as number) - 1
  }

  value(group: number): number {
    return this.#groups.cells[group * this.#groups.stride + this.#place] as number
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

/** When each part was last seen. Times before the window say nothing, so nothing is taken back. */
class PartsSeen implements SlidingMeasure {
  protected readonly groups: GroupCells
  protected readonly parts: number
  readonly #place: number

  constructor(groups: GroupCells, parts: number) {
    this.groups = groups
    this.parts = parts
    this.#place = groups.add(Array.from({ length: parts }, () => -Infinity))
  }

  add({ group, part, at }: { readonly group: number; readonly part: number; readonly at: number }): void {
    this.saw(this.first(group), part, at)
  }

  /** Where the times of a group begin. */
  protected first(group: number): number {
    return group * this.groups.stride + this.#place
  }

  protected saw(first: number, part: number, at: number): void {
    this.groups.cells[first + part] = at
  }

  retract(): void {
    // A later event of the part stands for it, or its time lies before the window.
  }

  value(group: number, from: number): number {
    const { cells } = this.groups
    const first = this.first(group)
    let seen = 0
    for (let n = 0; n < this.parts; n++) if ((cells[first + n] as number) >= from) seen++
    return seen
  }
}

/** Whether all parts were seen: 0 when one was not. */
class AllParts extends PartsSeen {
  override value(group: number, from: number): number {
    const { cells } = this.groups
    const first = this.first(group)
    for (let n = this.parts - 1; n >= 0; n--) if ((cells[first + n] as number) < from) return 0
    return this.parts
  }
}

/** For each part when the latest sequence of all parts up to it began. */
class WholeOrder extends PartsSeen {
  protected override saw(first: number, part: number, at: number): void {
    const { cells } = this.groups
    cells[first + part] = part === 0 ? at : (cells[first + part - 1] as number)
  }

  override value(group: number, from: number): number {
    return (this.groups.cells[this.first(group) + this.parts - 1] as number) >= from ? this.parts : 0
  }
}

/** For each part and length when the latest ordered sequence of that length began that ends with the part. */
class LongestOrder extends PartsSeen {
  readonly #listed: number

  constructor(groups: GroupCells, listed: number) {
    super(groups, listed * listed)
    this.#listed = listed
  }

  protected override saw(first: number, part: number, at: number): void {
    const { cells } = this.groups
    const listed = this.#listed
    for (let length = part; length >= 1; length--) {
      let best = -Infinity
      for (let before = 0; before < part; before++) best = Math.max(best, cells[first + before * listed + length - 1] as number)
      if (best > -Infinity) cells[first + part * listed + length] = best
    }
    cells[first + part * listed] = at
  }

  override value(group: number, from: number): number {
    const { cells } = this.groups
    const first = this.first(group)
    let longest = 0
    for (let n = 0; n < this.parts; n++)
      if ((cells[first + n] as number) >= from) longest = Math.max(longest, (n % this.#listed) + 1)
    return longest
  }
}
