import type { Arrival, Bench } from './correlation-node.ts'
import type { GroupCells } from './group-cells.ts'
import { WholeClock } from './whole-clock.ts'
import type { WholeNode } from './whole-node.ts'

/** The correlations of a shared window that are judged when all events are in, and their clocks, one for each reading. */
export class WholeWindows<Ref> {
  readonly #groups: GroupCells
  readonly #micros: number
  readonly #bench: Bench<Ref>
  readonly #clocks: { readonly clock: WholeClock; readonly reading: number }[] = []
  readonly #nodes: WholeNode<Ref>[] = []

  constructor(groups: GroupCells, { micros, bench }: { readonly micros: number; readonly bench: Bench<Ref> }) {
    this.#groups = groups
    this.#micros = micros
    this.#bench = bench
  }

  /** The clock of the correlations that go by a reading. */
  clockOf(reading: number): WholeClock {
    const known = this.#clocks.find((one) => one.reading === reading)
    if (known !== undefined) return known.clock
    const clock = new WholeClock(this.#groups, this.#micros)
    this.#clocks.push({ clock, reading })
    return clock
  }

  add(node: WholeNode<Ref>): void {
    this.#nodes.push(node)
  }

  /** Takes an event; `kept`: what each reading gave, NaN where it does not count. */
  take(arrival: Arrival<Ref>, kept: Float64Array): void {
    for (let n = 0; n < this.#clocks.length; n++) {
      const { clock, reading } = this.#clocks[n] as { clock: WholeClock; reading: number }
      const value = kept[reading] as number
      if (!Number.isNaN(value) && clock.take(arrival, value)) this.#bench.waits(clock.nextEnd)
    }
  }

  /** When the next windows end; Infinity when none is open. */
  get nextEnd(): number {
    let end = Infinity
    for (let n = 0; n < this.#clocks.length; n++) end = Math.min(end, (this.#clocks[n] as { clock: WholeClock }).clock.nextEnd)
    return end
  }

  /** Ends the windows that end at a time, which is the next such. */
  endAt(time: number): void {
    for (let n = 0; n < this.#clocks.length; n++) {
      const { clock } = this.#clocks[n] as { clock: WholeClock }
      clock.due = clock.nextEnd === time ? clock.manyNext() : 0
    }
    this.#judge()
  }

  /** Ends the window of a group before its time, if it is the next to end and ends by then. */
  endEarly(group: number, by: number): void {
    for (const { clock } of this.#clocks) clock.due = clock.isNext(group, by) ? 1 : 0
    this.#judge()
  }

  /** Judges the windows that are due: each correlation its own, one correlation after the other. */
  #judge(): void {
    for (let n = 0; n < this.#nodes.length; n++) {
      const node = this.#nodes[n] as WholeNode<Ref>
      const { clock } = node
      for (let one = 0; one < clock.due; one++) node.judge(clock.group(one), clock.nextEnd)
    }
    for (let n = 0; n < this.#clocks.length; n++) (this.#clocks[n] as { clock: WholeClock }).clock.pass()
  }
}
