import { meets, type Correlation } from './correlation.ts'
import type { Arrival, Bench, CorrelationNode } from './correlation-node.ts'
import { Episode } from './episode.ts'
import { EventRing } from './event-ring.ts'
import { grownTo } from './group-table.ts'
import { measure, type Marked } from './measure-window.ts'

/** A correlation whose windows are judged when all their events are in: each begins at the first event of its group. */
export class WholeNode<Ref> implements CorrelationNode<Ref> {
  readonly correlation: Correlation
  readonly #bench: Bench<Ref>
  readonly #ring = new EventRing()
  /** Values to tell apart, beside the ring; empty for amounts. */
  readonly #texts = new Map<number, string>()
  /** By group: number of its newest event, and when its window ends (-Infinity when none is open). */
  #newest: Float64Array<ArrayBuffer> = new Float64Array(1_024).fill(-1)
  #end: Float64Array<ArrayBuffer> = new Float64Array(1_024).fill(-Infinity)
  /** Groups with an open window, in the order in which the windows end, as all are equally long. */
  #queue: number[] = []
  #head = 0
  /** The newest news of each stretch of an inner correlation in the open window of a group. */
  readonly #news = new Map<number, Map<Episode<Ref>, number>>()

  constructor(correlation: Correlation, bench: Bench<Ref>) {
    this.correlation = correlation
    this.#bench = bench
  }

  get events(): number {
    return this.#ring.size
  }

  get oldestHit(): number {
    return this.#ring.size === 0 ? Infinity : this.#ring.hit(this.#ring.first)
  }

  get nextEnd(): number {
    return this.#head < this.#queue.length ? (this.#end[this.#queue[this.#head] ?? 0] ?? Infinity) : Infinity
  }

  take({ item, hit, part, group, mark }: Arrival<Ref>): void {
    this.expire(item.at)
    if (group >= this.#newest.length) {
      this.#newest = grownTo(this.#newest, group, -1)
      this.#end = grownTo(this.#end, group, -Infinity)
    }
    if (this.#end[group] === -Infinity) {
      this.#end[group] = item.at + this.correlation.micros
      this.#queue.push(group)
    }
    const amount = typeof mark === 'number' ? mark : 0
    const number = this.#ring.push({ at: item.at, hit, group, part, amount, before: this.#newest[group] ?? -1 })
    this.#newest[group] = number
    if (typeof mark === 'string') this.#texts.set(number, mark)
    this.#bench.groups.hold(group)
    if (item.inner !== undefined) this.#replace(item.inner.episode, group, number)
  }

  #replace(episode: Episode<Ref>, group: number, number: number): void {
    const ofGroup = this.#news.get(group) ?? new Map<Episode<Ref>, number>()
    this.#news.set(group, ofGroup)
    const earlier = ofGroup.get(episode)
    if (earlier !== undefined && earlier >= this.#ring.first) this.#ring.move(earlier)
    ofGroup.set(episode, number)
  }

  endNext(): void {
    const group = this.#queue[this.#head++]
    if (this.#head > 1_000 && this.#head * 2 > this.#queue.length) {
      this.#queue = this.#queue.slice(this.#head)
      this.#head = 0
    }
    if (group === undefined) return
    const end = this.#end[group] ?? Infinity
    this.#end[group] = -Infinity
    this.#news.delete(group)
    this.#judge(group, end)
  }

  #judge(group: number, end: number): void {
    const { bounds, parts, micros } = this.correlation
    const ring = this.#ring
    const all = ring.ofGroup(this.#newest[group] ?? -1, end - micros)
    const marked = all.map((number): Marked => {
      return { number, part: ring.part(number), mark: this.#texts.get(number) ?? ring.amount(number) }
    })
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

  /** Windows that end before `now` were ended by then. */
  expire(now: number): void {
    const from = now - this.correlation.micros
    while (this.#ring.size > 0 && this.#ring.at(this.#ring.first) < from) this.#leave()
  }

  #leave(): void {
    const number = this.#ring.first++
    if (this.#texts.size > 0) this.#texts.delete(number)
    this.#bench.groups.release(this.#ring.group(number))
  }

  shrink(to: number): number {
    const before = this.#ring.size
    // An open window keeps its group even when its events are gone.
    while (this.#ring.size > to) {
      const group = this.#ring.group(this.#ring.first)
      if (this.nextEnd <= this.#ring.at(this.#ring.first) + this.correlation.micros && this.#queue[this.#head] === group)
        this.endNext()
      this.#leave()
    }
    return before - this.#ring.size
  }

  finish(): void {
    while (this.nextEnd !== Infinity) this.endNext()
    this.expire(Infinity)
  }
}
