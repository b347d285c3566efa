import type { GroupCells } from './group-cells.ts'
import type { RowMeasure, Seen } from './row-measure.ts'

/** When each part was last seen. Times before the window say nothing, so nothing is taken back. */
export class PartsSeen implements RowMeasure {
  protected readonly groups: GroupCells
  protected readonly parts: number
  readonly #place: number

  constructor(groups: GroupCells, parts: number) {
    this.groups = groups
    this.parts = parts
    this.#place = groups.add(Array.from({ length: parts }, () => -Infinity))
  }

  add(row: number, { part, at }: Seen): void {
    this.saw(this.first(row), part, at)
  }

  /** Where the times of a row begin. */
  protected first(row: number): number {
    return row * this.groups.stride + this.#place
  }

  protected saw(first: number, part: number, at: number): void {
    this.groups.cells[first + part] = at
  }

  retract(): void {
    // A later event of the part stands for it, or its time lies before the window.
  }

  value(row: number, from: number): number {
    const { cells } = this.groups
    const first = this.first(row)
    let seen = 0
    for (let n = 0; n < this.parts; n++) if ((cells[first + n] as number) >= from) seen++
    return seen
  }
}

/** Whether all parts were seen: 0 when one was not. */
export class AllParts extends PartsSeen {
  override value(row: number, from: number): number {
    const { cells } = this.groups
    const first = this.first(row)
    for (let n = this.parts - 1; n >= 0; n--) if ((cells[first + n] as number) < from) return 0
    return this.parts
  }
}

/** For each part when the latest sequence of all parts up to it began. */
export class WholeOrder extends PartsSeen {
  protected override saw(first: number, part: number, at: number): void {
    const { cells } = this.groups
    cells[first + part] = part === 0 ? at : (cells[first + part - 1] as number)
  }

  override value(row: number, from: number): number {
    return (this.groups.cells[this.first(row) + this.parts - 1] as number) >= from ? this.parts : 0
  }
}

/** For each part and length when the latest ordered sequence of that length began that ends with the part. */
export class LongestOrder extends PartsSeen {
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

  override value(row: number, from: number): number {
    const { cells } = this.groups
    const first = this.first(row)
    let longest = 0
    for (let n = 0; n < this.parts; n++)
      if ((cells[first + n] as number) >= from) longest = Math.max(longest, (n % this.#listed) + 1)
    return longest
  }
}
