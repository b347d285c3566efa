import type { Correlation } from './correlation.ts'
import { windowOf } from './correlation.ts'
import type { Arrival, Bench, CorrelationNode } from './correlation-node.ts'
import type { Item } from './episode.ts'
import { EventRing } from './event-ring.ts'
import { GroupCells } from './group-cells.ts'
import { readingOf, type Reading } from './reading.ts'
import { SlidingNode } from './sliding-node.ts'
import { WholeNode } from './whole-node.ts'
import { WholeWindows } from './whole-windows.ts'

const none = -1

/** The events of one timespan, held once for all correlations over the same rules and groups. */
export class SharedWindow<Ref> {
  readonly nodes: readonly CorrelationNode<Ref>[]
  readonly ring: EventRing
  readonly #micros: number
  readonly #bench: Bench<Ref>
  readonly #readings: readonly Reading[]
  /** For each reading how many correlations go by it, and how many events count for it now. */
  readonly #uses: readonly number[]
  readonly #counted: number[]
  /** What the readings gave for the event at hand. */
  readonly #kept: Float64Array
  readonly #sliding: readonly SlidingNode<Ref>[]
  readonly whole: WholeWindows<Ref>
  readonly groups = new GroupCells()
  /** The number of a group that holds its newest event, and the first of its counts: how many events it has for each reading. */
  readonly #newest = this.groups.add([none])
  readonly #counts: number

  /** `correlations` have the same parts, groups and timespan; `takesNews`: one of the parts is a correlation, and they are one alone. */
  constructor(correlations: readonly Correlation[], { bench, takesNews }: { bench: Bench<Ref>; takesNews: boolean }) {
    this.#bench = bench
    this.#micros = correlations[0]?.micros ?? 0
    const readings = correlations.map(readingOf)
    const names = [...new Set(readings.map((one) => one.name))]
    this.#readings = names.flatMap((name) => readings.find((one) => one.name === name)?.make() ?? [])
    this.#uses = names.map((name) => readings.filter((one) => one.name === name).length)
    this.#counted = names.map(() => 0)
    this.#counts = this.groups.addCounts(names.map(() => 0))
    this.#kept = new Float64Array(names.length)
    this.ring = new EventRing(names.length)
    this.whole = new WholeWindows(this.groups, { micros: this.#micros, bench })
    this.nodes = correlations.map((correlation, n) => {
      const reading = names.indexOf(readings[n]?.name ?? '')
      const seat = { correlation, bench, window: this, reading, takesNews }
      if (windowOf(correlation) === 'sliding') return new SlidingNode(seat)
      const node = new WholeNode(seat, this.whole.clockOf(reading))
      this.whole.add(node)
      return node
    })
    this.#sliding = this.nodes.filter((node) => node instanceof SlidingNode)
  }

  /** Events held, once for each correlation they count for. */
  get events(): number {
    let events = 0
    for (let n = 0; n < this.#uses.length; n++) events += (this.#uses[n] as number) * (this.#counted[n] as number)
    return events
  }

  /** Number of the oldest hit held; Infinity when none is. */
  get oldestHit(): number {
    return this.ring.size === 0 ? Infinity : this.ring.hit(this.ring.first)
  }

  newest(group: number): number {
    return this.groups.cells[group * this.groups.stride + this.#newest] as number
  }

  count(group: number, reading: number): number {
    return this.groups.counts[this.groups.countsOf(group) + this.#counts + reading] as number
  }

  mark(number: number, reading: number): number {
    const kept = this.ring.kept(number, reading)
    const value = (this.#readings[reading] as Reading).mark(kept)
    if (value !== kept) this.ring.keep(number, { reading, value })
    return value
  }

  /** Takes an event of a part and a group; gives for how many correlations it does not count. */
  take(item: Item<Ref>, { at, group, part }: { readonly at: number; readonly group: number; readonly part: number }): number {
    this.expire(at)
    const { fields } = item.hit
    let without = 0
    for (let n = 0; n < this.#kept.length; n++) {
      const kept = (this.#readings[n] as Reading).read(fields, part)
      this.#kept[n] = kept
      if (Number.isNaN(kept)) without += this.#uses[n] as number
    }
    if (without < this.nodes.length) this.#push({ item, at, group, part, number: this.ring.next })
    return without
  }

  #push(arrival: Arrival<Ref>): void {
    const { item, at, group, part, number } = arrival
    this.groups.reach(group)
    const before = this.newest(group)
    // A group is held while it has events in the window.
    if (before === none) this.#bench.groups.hold(group)
    this.ring.push({ at, hit: this.#bench.hits.numberOf(item), group, part, before })
    this.groups.cells[group * this.groups.stride + this.#newest] = number
    const firstCount = this.groups.countsOf(group) + this.#counts
    for (let n = 0; n < this.#kept.length; n++) {
      const kept = this.#kept[n] as number
      this.ring.keep(number, { reading: n, value: kept })
      if (!Number.isNaN(kept)) this.#changeCount(firstCount, n, 1)
    }
    if (item.inner !== undefined) this.#replace(arrival)
    for (let n = 0; n < this.#sliding.length; n++) {
      const node = this.#sliding[n] as SlidingNode<Ref>
      const kept = this.#kept[node.reading] as number
      if (!Number.isNaN(kept)) node.take(arrival, kept)
    }
    this.whole.take(arrival, this.#kept)
  }

  /** `firstCount`: where the counts of the group by reading begin. */
  #changeCount(firstCount: number, reading: number, by: number): void {
    const { counts } = this.groups
    counts[firstCount + reading] = (counts[firstCount + reading] as number) + by
    this.#counted[reading] = (this.#counted[reading] as number) + by
  }

  /** Of news, the newest of a stretch counts. */
  #replace(arrival: Arrival<Ref>): void {
    for (const node of this.nodes) {
      const earlier = node.replaced(arrival)
      if (earlier < this.ring.first) continue
      const kept = this.ring.kept(earlier, node.reading)
      if (Number.isNaN(kept)) continue
      this.#changeCount(this.groups.countsOf(arrival.group) + this.#counts, node.reading, -1)
      ;(this.#readings[node.reading] as Reading).release(kept)
      this.ring.keep(earlier, { reading: node.reading, value: Number.NaN })
    }
  }

  /** Lets go what lies more than the timespan before. */
  expire(now: number): void {
    const from = now - this.#micros
    const { ring } = this
    while (ring.first < ring.next && ring.at(ring.first) < from) this.#leave()
  }

  #leave(): void {
    const { ring } = this
    const number = ring.first
    const group = ring.group(number)
    const firstCount = this.groups.countsOf(group) + this.#counts
    for (let n = 0; n < this.#readings.length; n++) if (!Number.isNaN(ring.kept(number, n))) this.#changeCount(firstCount, n, -1)
    for (let n = 0; n < this.#sliding.length; n++) {
      const node = this.#sliding[n] as SlidingNode<Ref>
      const kept = ring.kept(number, node.reading)
      if (!Number.isNaN(kept)) node.leave(number, kept)
    }
    for (let n = 0; n < this.#readings.length; n++) {
      const kept = ring.kept(number, n)
      if (!Number.isNaN(kept)) (this.#readings[n] as Reading).leave(kept)
    }
    ring.first++
    if (this.newest(group) !== number) return
    this.groups.clear(group)
    this.#bench.groups.release(group)
  }

  /** Lets the oldest events go until at most this many are held; gives for how many correlations they went before their time. */
  shrink(to: number): number {
    const before = this.events
    const { ring } = this
    while (ring.size > to) {
      // An open window keeps its group even when its events are gone: it is judged while they are there.
      this.whole.endEarly(ring.group(ring.first), ring.at(ring.first) + this.#micros)
      this.#leave()
    }
    return before - this.events
  }
}
