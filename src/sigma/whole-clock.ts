import type { GroupCells } from './group-cells.ts'

/** What a gate asks to be counted of the open window of a group: amounts below a bound, or at most there. */
type Below = { readonly than: number; readonly orEqual: boolean; readonly place: number }

/**
 * The windows that are judged when all their events are in, of the correlations that go by the same reading: each begins at the
 * first event of its group that counts, and they end together. What their gates need is counted once for all.
 */
export class WholeClock {
  readonly #groups: GroupCells
  readonly #micros: number
  /** The number of a group that says when its window ends; -Infinity when none is open. */
  readonly #end: number
  readonly #count: number
  /** The numbers of a group that hold the sum of its amounts: whole parts, then billionths; -1 when nobody asks for it. */
  #sum = -1
  readonly #below: Below[] = []
  /** Groups with an open window, in the order in which the windows end, as all are equally long. */
  #queue: number[] = []
  #head = 0
  /** When the next window ends; Infinity when none is open. */
  nextEnd = Infinity
  /** How many of the windows that end next are being ended. */
  due = 0

  constructor(groups: GroupCells, micros: number) {
    this.#groups = groups
    this.#micros = micros
    this.#end = groups.add([-Infinity])
    this.#count = groups.addCounts([0])
  }

  /** Asks for the sum of the amounts of a window. */
  keepSum(): void {
    if (this.#sum < 0) this.#sum = this.#groups.add([0, 0])
  }

  /** Asks for the number of amounts below a bound, or at most there; gives its place. */
  keepBelow(than: number, orEqual: boolean): number {
    const known = this.#below.find((one) => one.than === than && one.orEqual === orEqual)
    if (known !== undefined) return known.place
    const place = this.#groups.addCounts([0])
    this.#below.push({ than, orEqual, place })
    return place
  }

  /** How many events the open window of a group has. */
  count(group: number): number {
    return this.#groups.counts[this.#groups.countsOf(group) + this.#count] as number
  }

  below(group: number, place: number): number {
    return this.#groups.counts[this.#groups.countsOf(group) + place] as number
  }

  /** Whole parts and billionths apart, so that the order of adding changes nothing. */
  sum(group: number): number {
    const { cells, stride } = this.#groups
    const at = group * stride + this.#sum
    return (cells[at] as number) + (cells[at + 1] as number) / 1e9
  }

  /** Takes an event that counts; true when it begins the only window there is. */
  take({ group, at }: { readonly group: number; readonly at: number }, kept: number): boolean {
    const { cells, stride, counts } = this.#groups
    const first = group * stride
    const begins = cells[first + this.#end] === -Infinity
    if (begins) this.#begin(group, at + this.#micros)
    const firstCount = this.#groups.countsOf(group)
    counts[firstCount + this.#count] = (counts[firstCount + this.#count] as number) + 1
    if (this.#sum >= 0) {
      const whole = Math.trunc(kept)
      const place = first + this.#sum
      cells[place] = (cells[place] as number) + whole
      if (kept !== whole) cells[place + 1] = (cells[place + 1] as number) + Math.round((kept - whole) * 1e9)
    }
    for (let n = 0; n < this.#below.length; n++) {
      const { than, orEqual, place } = this.#below[n] as Below
      if (kept < than || (orEqual && kept === than)) counts[firstCount + place] = (counts[firstCount + place] as number) + 1
    }
    return begins && this.#queue.length - this.#head === 1
  }

  #begin(group: number, end: number): void {
    const { cells, stride, counts } = this.#groups
    const first = group * stride
    const firstCount = this.#groups.countsOf(group)
    cells[first + this.#end] = end
    counts[firstCount + this.#count] = 0
    if (this.#sum >= 0) cells[first + this.#sum] = cells[first + this.#sum + 1] = 0
    for (const { place } of this.#below) counts[firstCount + place] = 0
    this.#queue.push(group)
    if (this.#queue.length - this.#head === 1) this.nextEnd = end
  }

  /** How many windows end next, all at `nextEnd`: one at least, when one is open, even if its group has lost all its events since. */
  manyNext(): number {
    if (this.#head >= this.#queue.length) return 0
    let to = this.#head + 1
    while (to < this.#queue.length && this.#endOf(this.#queue[to] as number) === this.nextEnd) to++
    return to - this.#head
  }

  /** The group of one of the windows that end next, in order. */
  group(n: number): number {
    return this.#queue[this.#head + n] as number
  }

  /** Whether the window that ends next is that of a group, and ends by a time. */
  isNext(group: number, by: number): boolean {
    return this.nextEnd <= by && this.#queue[this.#head] === group
  }

  /** The windows that are due are over. */
  pass(): void {
    if (this.due === 0) return
    const { cells, stride } = this.#groups
    for (; this.due > 0; this.due--) cells[(this.#queue[this.#head++] as number) * stride + this.#end] = -Infinity
    if (this.#head > 1_000 && this.#head * 2 > this.#queue.length) {
      this.#queue = this.#queue.slice(this.#head)
      this.#head = 0
    }
    const next = this.#queue[this.#head]
    this.nextEnd = next === undefined ? Infinity : this.#endOf(next)
  }

  #endOf(group: number): number {
    return this.#groups.cells[group * this.#groups.stride + this.#end] as number
  }
}
