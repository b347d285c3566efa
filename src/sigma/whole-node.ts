import { meets, type Correlation } from './correlation.ts'
import type { Arrival, Bench, CorrelationNode, Seat, Window } from './correlation-node.ts'
import { Episode } from './episode.ts'
import type { GroupCells } from './group-cells.ts'
import { measure } from './measure-window.ts'
import { openGate, windowGate, type WindowGate } from './window-gate.ts'

/** A correlation whose windows are judged when all their events are in: each begins at the first event of its group. */
export class WholeNode<Ref> implements CorrelationNode<Ref> {
  readonly correlation: Correlation
  readonly reading: number
  readonly #bench: Bench<Ref>
  readonly #window: Window
  readonly #gate: WindowGate
  readonly #groups: GroupCells
  /** The cell of a group that says when its window ends; -Infinity when none is open. */
  readonly #end: number
  /** Groups with an open window, in the order in which the windows end, as all are equally long. */
  #queue: number[] = []
  #head = 0
  nextEnd = Infinity
  /** The newest news of each stretch of an inner correlation in the open window of a group. */
  readonly #news = new Map<number, Map<Episode<Ref>, number>>()

  constructor({ correlation, bench, window, reading, takesNews }: Seat<Ref>) {
    this.correlation = correlation
    this.reading = reading
    this.#bench = bench
    this.#window = window
    this.#groups = window.groups
    this.#end = window.groups.add([-Infinity])
    // News that are replaced are taken out of the window: a gate would count them still.
    this.#gate = takesNews ? openGate : windowGate(correlation, window.groups)
  }

  take({ at, group }: Arrival<Ref>, kept: number): void {
    if (this.#endOf(group) === -Infinity) this.#begin(group, at + this.correlation.micros)
    this.#gate.add(group, kept)
  }

  #endOf(group: number): number {
    return this.#groups.cells[group * this.#groups.stride + this.#end] as number
  }

  #setEnd(group: number, end: number): void {
    this.#groups.cells[group * this.#groups.stride + this.#end] = end
  }

  #begin(group: number, end: number): void {
    this.#setEnd(group, end)
    this.#gate.clear(group)
    this.#queue.push(group)
    if (this.nextEnd !== Infinity) return
    this.nextEnd = end
    this.#bench.waits(end)
  }

  replaced({ item, group, number }: Arrival<Ref>): number {
    if (item.inner === undefined) return -1
    const ofGroup = this.#news.get(group) ?? new Map<Episode<Ref>, number>()
    this.#news.set(group, ofGroup)
    const earlier = ofGroup.get(item.inner.episode) ?? -1
    ofGroup.set(item.inner.episode, number)
    return earlier
  }

  endNext(): void {
    const group = this.#queue[this.#head]
    if (group === undefined) return
    this.#head++
    if (this.#head > 1_000 && this.#head * 2 > this.#queue.length) {
      this.#queue = this.#queue.slice(this.#head)
      this.#head = 0
    }
    const end = this.nextEnd
    this.#setEnd(group, -Infinity)
    const next = this.#queue[this.#head]
    this.nextEnd = next === undefined ? Infinity : this.#endOf(next)
    if (this.#news.size > 0) this.#news.delete(group)
    if (this.#gate.mayHold(group)) this.#judge(group, end)
  }

  #judge(group: number, end: number): void {
    const { bounds, parts, micros } = this.correlation
    const { ring } = this.#window
    const all = ring.ofGroup(this.#window.newest(group), { from: end - micros, reading: this.reading })
    const marked = all.map((number) => ({ number, part: ring.part(number), mark: ring.kept(number, this.reading) }))
    const measured = measure(this.correlation, marked)
    if (measured === undefined) return
    const { value, of } = measured
    if (!(bounds.length === 0 ? value >= parts.length : meets(value, bounds))) return
    const items = of.flatMap(({ number }) => this.#bench.hits.get(ring.hit(number)) ?? [])
    const last = items.at(-1)
    if (last === undefined) return
    const episode = new Episode<Ref>(this.correlation, this.#bench.groups.values(group), last.hit)
    for (const item of items) episode.add(item)
    episode.measured(value)
    this.#bench.news(this.correlation, episode, last, end)
    this.#bench.emit(episode.detection())
  }

  leave(): void {
    // Windows that end before were ended by then.
  }

  /** An open window keeps its group even when its events are gone: it is judged while they are there. */
  leavesEarly(number: number): void {
    const { ring } = this.#window
    if (this.nextEnd <= ring.at(number) + this.correlation.micros && this.#queue[this.#head] === ring.group(number))
      this.endNext()
  }
}
