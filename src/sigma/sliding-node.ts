import { meets, type Correlation } from './correlation.ts'
import type { Arrival, Bench, CorrelationNode } from './correlation-node.ts'
import { Episode, type Item } from './episode.ts'
import { EventRing } from './event-ring.ts'
import { grownTo } from './group-table.ts'
import { slidingMeasure, type SlidingMeasure } from './sliding-measure.ts'

/** A correlation whose condition is tried at every event, over the timespan that ends there. */
export class SlidingNode<Ref> implements CorrelationNode<Ref> {
  readonly correlation: Correlation
  readonly nextEnd = Infinity
  readonly #bench: Bench<Ref>
  readonly #ring = new EventRing()
  readonly #measure: SlidingMeasure
  /** By group: number of its newest event. */
  #newest: Float64Array<ArrayBuffer> = new Float64Array(1_024).fill(-1)
  readonly #episodes = new Map<number, Episode<Ref>>()
  /** The newest news of each stretch of an inner correlation, by group. */
  readonly #news = new Map<Episode<Ref>, Map<number, number>>()

  constructor(correlation: Correlation, bench: Bench<Ref>) {
    this.correlation = correlation
    this.#bench = bench
    this.#measure = slidingMeasure(correlation)
  }

  get events(): number {
    return this.#ring.size
  }

  get oldestHit(): number {
    return this.#ring.size === 0 ? Infinity : this.#ring.hit(this.#ring.first)
  }

  take({ item, hit, part, group, mark }: Arrival<Ref>): void {
    const { at } = item
    const from = at - this.correlation.micros
    this.#expireBefore(from)
    if (group >= this.#newest.length) this.#newest = grownTo(this.#newest, group, -1)
    const before = this.#newest[group] ?? -1
    const kept = this.#measure.keep(mark)
    const number = this.#ring.push({ at, hit, group, part, amount: kept, before })
    if (item.inner !== undefined) this.#replace(item.inner.episode, group, number)
    this.#newest[group] = number
    this.#bench.groups.hold(group)
    this.#measure.add({ group, part, at, kept })
    this.#judge(group, { item, value: this.#measure.value(group, from), from })
  }

  #judge(group: number, { item, value, from }: { item: Item<Ref>; value: number; from: number }): void {
    const { bounds, parts } = this.correlation
    if (!(bounds.length === 0 ? value >= parts.length : meets(value, bounds))) {
      if (this.#episodes.size > 0) this.#close(group)
      return
    }
    let episode = this.#episodes.get(group)
    if (episode === undefined) {
      episode = new Episode(this.correlation, this.#bench.groups.values(group), item.hit)
      this.#episodes.set(group, episode)
      for (const number of this.#ring.ofGroup(this.#newest[group] ?? -1, from)) {
        const earlier = this.#bench.hits.get(this.#ring.hit(number))
        if (earlier !== undefined) episode.add(earlier)
      }
    } else episode.add(item)
    episode.measured(value)
    this.#bench.news(this.correlation, episode, item, item.at)
  }

  #close(group: number): void {
    const episode = this.#episodes.get(group)
    if (episode === undefined) return
    this.#episodes.delete(group)
    this.#bench.emit(episode.detection())
  }

  /** A stretch of an inner correlation counts once: its newer news takes the older one's place. */
  #replace(episode: Episode<Ref>, group: number, number: number): void {
    const byGroup = this.#news.get(episode) ?? new Map<number, number>()
    this.#news.set(episode, byGroup)
    const earlier = byGroup.get(group)
    if (earlier !== undefined && earlier >= this.#ring.first) {
      this.#ring.move(earlier)
      this.#measure.retract(group, this.#ring.amount(earlier))
    }
    byGroup.set(group, number)
  }

  expire(now: number): void {
    this.#expireBefore(now - this.correlation.micros)
  }

  #expireBefore(from: number): void {
    const ring = this.#ring
    while (ring.first < ring.next && ring.at(ring.first) < from) this.#leave()
  }

  /** The oldest event leaves; a group that has none left is quiet for a timespan, which ends its stretch. */
  #leave(): void {
    const ring = this.#ring
    const number = ring.first
    const group = ring.group(number)
    const kept = ring.amount(number)
    if (!ring.moved(number)) this.#measure.retract(group, kept)
    this.#measure.release(kept)
    if (this.#news.size > 0) this.#forgetNews(ring.hit(number), group, number)
    ring.first++
    if (this.#newest[group] === number) this.#close(group)
    this.#bench.groups.release(group)
  }

  #forgetNews(hit: number, group: number, number: number): void {
    const episode = this.#bench.hits.get(hit)?.inner?.episode
    const byGroup = episode === undefined ? undefined : this.#news.get(episode)
    if (episode === undefined || byGroup?.get(group) !== number) return
    byGroup.delete(group)
    if (byGroup.size === 0) this.#news.delete(episode)
  }

  endNext(): void {
    // No window waits for its end.
  }

  shrink(to: number): number {
    const before = this.#ring.size
    while (this.#ring.size > to) this.#leave()
    return before - this.#ring.size
  }

  finish(): void {
    this.#expireBefore(Infinity)
  }
}
