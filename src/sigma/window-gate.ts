import { meets, type Bound, type Correlation } from './correlation.ts'
import type { GroupCells } from './group-cells.ts'

/**
 * Tells of the open window of a group whether its condition may hold, from what is counted as events come: only then are its events
 * looked at again. Never false when the condition holds.
 */
export interface WindowGate {
  /** A window begins. */
  clear(group: number): void
  add(group: number, kept: number): void
  mayHold(group: number): boolean
}

/** The gate of a correlation that is judged when a window ends. What is counted stands in the cells of the groups. */
export function windowGate({ type, bounds, percentile, parts }: Correlation, groups: GroupCells): WindowGate {
  switch (type) {
    case 'event_count':
      return new Counted(groups, (count) => meets(count, bounds))
    case 'value_count':
      return new Counted(groups, (count) => mayMeet({ least: 1, most: count }, bounds))
    case 'temporal':
    case 'temporal_ordered':
      return new Counted(groups, (count) => mayMeet({ least: 1, most: Math.min(count, parts.length) }, bounds))
    case 'value_sum':
      return new Summed(groups, (sum) => meets(sum, bounds))
    case 'value_avg':
      return new Summed(groups, (sum, count) => meets(sum / count, bounds))
    case 'value_median':
      return new Ranked(groups, { bounds, ranks: (count) => [Math.floor((count + 1) / 2), Math.floor(count / 2) + 1] })
    default:
      if (percentile === undefined) return openGate
      return new Ranked(groups, {
        bounds,
        ranks: (count) => {
          const rank = Math.max(1, Math.ceil((percentile / 100) * count))
          return [rank, rank]
        },
      })
  }
}

/** The gate that stands open. */
export const openGate: WindowGate = {
  clear() {
    // Nothing is counted.
  },
  add() {
    // Nothing is counted.
  },
  mayHold: () => true,
}

/** Whether some value between two others meets all bounds, each for itself. */
function mayMeet({ least, most }: { readonly least: number; readonly most: number }, bounds: readonly Bound[]): boolean {
  return bounds.every(({ op, than }) => {
    if (op === 'gt') return most > than
    if (op === 'gte') return most >= than
    if (op === 'lt') return least < than
    if (op === 'lte') return least <= than
    return op === 'eq' ? least <= than && than <= most : least !== than || most !== than
  })
}

class Counted implements WindowGate {
  readonly #groups: GroupCells
  readonly #place: number
  readonly #may: (count: number) => boolean

  constructor(groups: GroupCells, may: (count: number) => boolean) {
    this.#groups = groups
    this.#place = groups.add([0])
    this.#may = may
  }

  clear(group: number): void {
    this.#groups.cells[group * this.#groups.stride + this.#place] = 0
  }

  add(group: number): void {
    const { cells, stride } = this.#groups
    const at = group * stride + this.#place
    cells[at] = (cells[at] as number) + 1
  }

  mayHold(group: number): boolean {
    return this.#may(this.#groups.cells[group * this.#groups.stride + this.#place] as number)
  }
}

/** Whole parts, billionths and how many: added up as when a window is judged. */
class Summed implements WindowGate {
  readonly #groups: GroupCells
  readonly #place: number
  readonly #may: (sum: number, count: number) => boolean

  constructor(groups: GroupCells, may: (sum: number, count: number) => boolean) {
    this.#groups = groups
    this.#place = groups.add([0, 0, 0])
    this.#may = may
  }

  clear(group: number): void {
    const { cells, stride } = this.#groups
    const at = group * stride + this.#place
    cells[at] = 0
    cells[at + 1] = 0
    cells[at + 2] = 0
  }

  add(group: number, kept: number): void {
    const { cells, stride } = this.#groups
    const at = group * stride + this.#place
    const whole = Math.trunc(kept)
    cells[at] = (cells[at] as number) + whole
    if (kept !== whole) cells[at + 1] = (cells[at + 1] as number) + Math.round((kept - whole) * 1e9)
    cells[at + 2] = (cells[at + 2] as number) + 1
  }

  mayHold(group: number): boolean {
    const { cells, stride } = this.#groups
    const at = group * stride + this.#place
    return this.#may((cells[at] as number) + (cells[at + 1] as number) / 1e9, cells[at + 2] as number)
  }
}

/** How many amounts lie below each bound and how many at most there: that tells on which side of it those of a rank lie. */
class Ranked implements WindowGate {
  readonly #groups: GroupCells
  readonly #place: number
  readonly #bounds: readonly Bound[]
  /** The lowest and the highest rank that matter among so many amounts, from 1. */
  readonly #ranks: (count: number) => readonly [number, number]

  constructor(groups: GroupCells, of: { bounds: readonly Bound[]; ranks: (count: number) => readonly [number, number] }) {
    this.#groups = groups
    this.#bounds = of.bounds
    this.#ranks = of.ranks
    this.#place = groups.add(Array.from({ length: 1 + of.bounds.length * 2 }, () => 0))
  }

  clear(group: number): void {
    const at = group * this.#groups.stride + this.#place
    for (let n = 0; n <= this.#bounds.length * 2; n++) this.#groups.cells[at + n] = 0
  }

  add(group: number, kept: number): void {
    const { cells, stride } = this.#groups
    let at = group * stride + this.#place
    cells[at] = (cells[at] as number) + 1
    for (let n = 0; n < this.#bounds.length; n++) {
      const { than } = this.#bounds[n] as Bound
      at++
      if (kept < than) cells[at] = (cells[at] as number) + 1
      at++
      if (kept <= than) cells[at] = (cells[at] as number) + 1
    }
  }

  mayHold(group: number): boolean {
    const { cells, stride } = this.#groups
    let at = group * stride + this.#place
    const [low, high] = this.#ranks(cells[at] as number)
    for (const { op } of this.#bounds) {
      const below = cells[++at] as number
      const upTo = cells[++at] as number
      if (!mayLie({ op, low, high, below, upTo })) return false
    }
    return true
  }
}

function mayLie({ op, low, high, below, upTo }: { op: Bound['op']; low: number; high: number; below: number; upTo: number }) {
  if (op === 'gt') return upTo < high
  if (op === 'gte') return below < high
  if (op === 'lt') return below >= low
  if (op === 'lte') return upTo >= low
  return op === 'eq' ? upTo >= low && below < high : upTo < high || below >= low
}
