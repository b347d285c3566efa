import { meets, type Correlation } from './correlation.ts'
import type { Arrival, Bench, CorrelationNode, Seat, Window } from './correlation-node.ts'
import { Episode } from './episode.ts'
import { measure } from './measure-window.ts'
import type { WholeClock } from './whole-clock.ts'
import { openGate, windowGate, type WindowGate } from './window-gate.ts'

/** A correlation whose windows are judged when all their events are in; its clock says when. */
export class WholeNode<Ref> implements CorrelationNode<Ref> {
  readonly correlation: Correlation
  readonly reading: number
  readonly clock: WholeClock
  readonly #bench: Bench<Ref>
  readonly #window: Window
  readonly #gate: WindowGate
  /** The newest news of each stretch of an inner correlation in the open window of a group. */
  readonly #news = new Map<number, Map<Episode<Ref>, number>>()

  constructor({ correlation, bench, window, reading, takesNews }: Seat<Ref>, clock: WholeClock) {
    this.correlation = correlation
    this.reading = reading
    this.clock = clock
    this.#bench = bench
    this.#window = window
    // News that are replaced are taken out of the window: a gate would count them still.
    this.#gate = takesNews ? openGate : windowGate(correlation, clock)
  }

  replaced({ item, group, number }: Arrival<Ref>): number {
    if (item.inner === undefined) return -1
    const ofGroup = this.#news.get(group) ?? new Map<Episode<Ref>, number>()
    this.#news.set(group, ofGroup)
    const earlier = ofGroup.get(item.inner.episode) ?? -1
    ofGroup.set(item.inner.episode, number)
    return earlier
  }

  /** The window of a group is over. */
  judge(group: number, end: number): void {
    if (this.#news.size > 0) this.#news.delete(group)
    if (this.#gate(group)) this.#measure(group, end)
  }

  #measure(group: number, end: number): void {
    const { bounds, parts, micros } = this.correlation
    const { ring } = this.#window
    const all = ring.ofGroup(this.#window.newest(group), { from: end - micros, reading: this.reading })
    const marked = all.map((number) => ({ number, part: ring.part(number), mark: this.#window.mark(number, this.reading) }))
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
}
