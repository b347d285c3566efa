import type { Correlation } from './correlation.ts'
import { grown, GroupTable, grownTo } from './group-table.ts'
import type { Mark } from './measure-window.ts'
import { PairCounts } from './pair-counts.ts'

/** What a condition compares, kept up to date for every group as events come and go; a bounded number of steps for each. */
export interface SlidingMeasure {
  /** What is kept of an event's value: its amount, or a number for its text. Held until `release`. */
  keep(mark: Mark): number
  add(event: { readonly group: number; readonly part: number; readonly at: number; readonly kept: number }): void
  /** The event does not count any more. */
  retract(group: number, kept: number): void
  /** The event is gone; called once for each, after `retract` if that was due. */
  release(kept: number): void
  /** Over the events from a time on. */
  value(group: number, from: number): number
}

/** The measure of a correlation that is tried at every event. */
export function slidingMeasure(correlation: Correlation): SlidingMeasure {
  switch (correlation.type) {
    case 'value_count':
      return new DistinctValues()
    case 'value_sum':
      return new Sums()
    case 'temporal':
      return new PartsSeen(correlation.parts.length)
    case 'temporal_ordered':
      return correlation.bounds.length === 0
        ? new WholeOrder(correlation.parts.length)
        : new LongestOrder(correlation.parts.length)
    default:
      return new Counts()
  }
}

class Counts implements SlidingMeasure {
  #counts = new Int32Array(1_024)

  keep(mark: Mark): number {
    return Number(mark)
  }

  add({ group }: { readonly group: number }): void {
    if (group >= this.#counts.length) this.#counts = grown(this.#counts, group)
    this.#counts[group] = (this.#counts[group] ?? 0) + 1
  }

  retract(group: number): void {
    this.#counts[group] = (this.#counts[group] ?? 0) - 1
  }

  release(): void {
    // Amounts need no letting go.
  }

  value(group: number): number {
    return this.#counts[group] ?? 0
  }
}

class DistinctValues implements SlidingMeasure {
  #distinct = new Int32Array(1_024)
  readonly #texts = new GroupTable()
  readonly #counts = new PairCounts()

  keep(mark: Mark): number {
    const number = this.#texts.numberOf(String(mark), () => [])
    this.#texts.hold(number)
    return number
  }

  add({ group, kept }: { readonly group: number; readonly kept: number }): void {
    if (group >= this.#distinct.length) this.#distinct = grown(this.#distinct, group)
    if (this.#counts.add(group, kept) === 1) this.#distinct[group] = (this.#distinct[group] ?? 0) + 1
  }

  retract(group: number, kept: number): void {
    if (this.#counts.take(group, kept) === 0) this.#distinct[group] = (this.#distinct[group] ?? 0) - 1
  }

  release(kept: number): void {
    this.#texts.release(kept)
  }

  value(group: number): number {
    return this.#distinct[group] ?? 0
  }
}

/** Sums that do not depend on what was added and taken away before: whole parts and billionths apart. */
class Sums implements SlidingMeasure {
  #whole: Float64Array<ArrayBuffer> = new Float64Array(1_024)
  #billionths: Float64Array<ArrayBuffer> = new Float64Array(1_024)

  keep(mark: Mark): number {
    return Number(mark)
  }

  add({ group, kept }: { readonly group: number; readonly kept: number }): void {
    if (group >= this.#whole.length) {
      this.#whole = grownTo(this.#whole, group, 0)
      this.#billionths = grownTo(this.#billionths, group, 0)
    }
    this.#change(group, kept)
  }

  retract(group: number, kept: number): void {
    this.#change(group, -kept)
  }

  #change(group: number, amount: number): void {
    const whole = Math.trunc(amount)
    this.#whole[group] = (this.#whole[group] ?? 0) + whole
    if (amount !== whole) this.#billionths[group] = (this.#billionths[group] ?? 0) + Math.round((amount - whole) * 1e9)
  }

  release(): void {
    // Amounts need no letting go.
  }

  value(group: number): number {
    return (this.#whole[group] ?? 0) + (this.#billionths[group] ?? 0) / 1e9
  }
}

/** When each part was last seen. Times before the window say nothing, so nothing is taken back. */
class PartsSeen implements SlidingMeasure {
  protected times: Float64Array<ArrayBuffer> = new Float64Array(1_024).fill(-Infinity)
  protected readonly parts: number

  constructor(parts: number) {
    this.parts = parts
  }

  keep(mark: Mark): number {
    return Number(mark)
  }

  add({ group, part, at }: { readonly group: number; readonly part: number; readonly at: number }): void {
    const first = group * this.parts
    if (first + this.parts > this.times.length) this.times = grownTo(this.times, first + this.parts - 1, -Infinity)
    this.saw(first, part, at)
  }

  protected saw(first: number, part: number, at: number): void {
    this.times[first + part] = at
  }

  retract(): void {
    // A later event of the part stands for it, or its time lies before the window.
  }

  release(): void {
    // Amounts need no letting go.
  }

  value(group: number, from: number): number {
    let seen = 0
    for (let n = group * this.parts; n < (group + 1) * this.parts; n++) if ((this.times[n] ?? -Infinity) >= from) seen++
    return seen
  }
}

/** For each part when the latest sequence of all parts up to it began. */
class WholeOrder extends PartsSeen {
  protected override saw(first: number, part: number, at: number): void {
    this.times[first + part] = part === 0 ? at : (this.times[first + part - 1] ?? -Infinity)
  }

  override value(group: number, from: number): number {
    return (this.times[(group + 1) * this.parts - 1] ?? -Infinity) >= from ? this.parts : 0
  }
}

/** For each part and length when the latest ordered sequence of that length began that ends with the part. */
class LongestOrder extends PartsSeen {
  readonly #listed: number

  constructor(listed: number) {
    super(listed * listed)
    this.#listed = listed
  }

  protected override saw(first: number, part: number, at: number): void {
    const listed = this.#listed
    for (let length = part; length >= 1; length--) {
      let best = -Infinity
      for (let before = 0; before < part; before++)
        best = Math.max(best, this.times[first + before * listed + length - 1] ?? -Infinity)
      if (best > -Infinity) this.times[first + part * listed + length] = best
    }
    this.times[first + part * listed] = at
  }

  override value(group: number, from: number): number {
    const first = group * this.parts
    let longest = 0
    for (let n = 0; n < this.parts; n++)
      if ((this.times[first + n] ?? -Infinity) >= from) longest = Math.max(longest, (n % this.#listed) + 1)
    return longest
  }
}
