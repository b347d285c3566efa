import type { GroupCells } from './group-cells.ts'
import { PairCounts } from './pair-counts.ts'
import type { RowMeasure } from './row-measure.ts'

/** A value and how often it is there are one number: the value times this, and the count. */
const unit = 2 ** 25

/** Values of a group that stand in its cells. */
const usualCells = 8

/**
 * How many different values each group has. The first few stand in the cells of the group, those beyond in a table of all groups:
 * the same number of steps for each, however many there are.
 */
export class DistinctValues implements RowMeasure {
  readonly #groups: GroupCells
  /** The cells: how many values, how many of them stand in the table, then values with their counts, 0 where there is none. */
  readonly #place: number
  readonly #beside: number
  readonly #further = new PairCounts()

  constructor(groups: GroupCells, cells = usualCells) {
    this.#groups = groups
    this.#beside = cells
    this.#place = groups.add(Array.from({ length: 2 + cells }, () => 0))
  }

  add(group: number, { mark: value }: { readonly mark: number }): void {
    const { cells, stride } = this.#groups
    const at = group * stride + this.#place
    let free = -1
    for (let n = at + 2; n < at + 2 + this.#beside; n++) {
      const cell = cells[n] as number
      if (cell === 0) free = n
      else if (Math.floor(cell / unit) === value) {
        cells[n] = cell + 1
        return
      }
    }
    const isFurther = (cells[at + 1] as number) > 0 && this.#further.has(group, value)
    if (!isFurther) cells[at] = (cells[at] as number) + 1
    if (!isFurther && free >= 0) cells[free] = value * unit + 1
    else if (this.#further.add(group, value) === 1) cells[at + 1] = (cells[at + 1] as number) + 1
  }

  retract(group: number, value: number): void {
    const { cells, stride } = this.#groups
    const at = group * stride + this.#place
    for (let n = at + 2; n < at + 2 + this.#beside; n++) {
      const cell = cells[n] as number
      if (cell === 0 || Math.floor(cell / unit) !== value) continue
      const isLast = cell % unit === 1
      cells[n] = isLast ? 0 : cell - 1
      if (isLast) cells[at] = (cells[at] as number) - 1
      return
    }
    if (this.#further.take(group, value) > 0) return
    cells[at] = (cells[at] as number) - 1
    cells[at + 1] = (cells[at + 1] as number) - 1
  }

  value(group: number): number {
    return this.#groups.cells[group * this.#groups.stride + this.#place] as number
  }
}
