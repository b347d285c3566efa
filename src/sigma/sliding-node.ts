import { meets, type Correlation } from './correlation.ts'
import type { Arrival, Bench, CorrelationNode, Seat, Window } from './correlation-node.ts'
import { Episode } from './episode.ts'
import { slidingMeasure, type SlidingMeasure } from './sliding-measure.ts'

interface Open<Ref> {
  readonly episode: Episode<Ref>
  /** Number of its newest event in the window. */
  newest: number
}

/** A correlation whose condition is tried at every event, over the timespan that ends there. */
export class SlidingNode<Ref> implements CorrelationNode<Ref> {
  readonly correlation: Correlation
  readonly reading: number
  readonly #bench: Bench<Ref>
  readonly #window: Window
  readonly #measure: SlidingMeasure
  readonly #open = new Map<number, Open<Ref>>()
  /** The newest news of each stretch of an inner correlation, by group. */
  readonly #news = new Map<Episode<Ref>, Map<number, number>>()

  constructor(seat: Seat<Ref>) {
    this.correlation = seat.correlation
    this.reading = seat.reading
    this.#bench = seat.bench
    this.#window = seat.window
    this.#measure = slidingMeasure(seat)
  }

  /** An event that counts, when it is in the window already. */
  take(arrival: Arrival<Ref>, kept: number): void {
    const { group } = arrival
    const { bounds, parts, micros } = this.correlation
    this.#measure.add(arrival, kept)
    const value = this.#measure.value(group, arrival.at - micros)
    if (bounds.length === 0 ? value >= parts.length : meets(value, bounds)) this.#holds(arrival, value)
    else if (this.#open.size > 0) this.#close(group)
  }

  #holds({ item, at, group, number }: Arrival<Ref>, value: number): void {
    let open = this.#open.get(group)
    if (open === undefined) {
      open = { episode: new Episode(this.correlation, this.#bench.groups.values(group), item.hit), newest: number }
      this.#open.set(group, open)
      const { ring } = this.#window
      for (const one of ring.ofGroup(number, { from: at - this.correlation.micros, reading: this.reading })) {
        const earlier = this.#bench.hits.get(ring.hit(one))
        if (earlier !== undefined) open.episode.add(earlier)
      }
    } else open.episode.add(item)
    open.newest = number
    open.episode.measured(value)
    this.#bench.news(this.correlation, open.episode, item, at)
  }

  #close(group: number): void {
    const open = this.#open.get(group)
    if (open === undefined) return
    this.#open.delete(group)
    this.#bench.emit(open.episode.detection())
  }

  replaced({ item, group, number }: Arrival<Ref>): number {
    if (item.inner === undefined) return -1
    const { episode } = item.inner
    const byGroup = this.#news.get(episode) ?? new Map<number, number>()
    this.#news.set(episode, byGroup)
    const earlier = byGroup.get(group) ?? -1
    byGroup.set(group, number)
    const { ring } = this.#window
    if (earlier >= ring.first) this.#measure.retract(group, ring.kept(earlier, this.reading))
    return earlier
  }

  /** An event that counts leaves the window, the oldest. A group that has no event left is quiet for a timespan, which ends its stretch. */
  leave(number: number, kept: number): void {
    const { ring } = this.#window
    const group = ring.group(number)
    this.#measure.retract(group, kept)
    if (this.#news.size > 0) this.#forgetNews(ring.hit(number), group, number)
    if (this.#open.size > 0 && this.#open.get(group)?.newest === number) this.#close(group)
  }

  #forgetNews(hit: number, group: number, number: number): void {
    const episode = this.#bench.hits.get(hit)?.inner?.episode
    const byGroup = episode === undefined ? undefined : this.#news.get(episode)
    if (episode === undefined || byGroup?.get(group) !== number) return
    byGroup.delete(group)
    if (byGroup.size === 0) this.#news.delete(episode)
  }
}
