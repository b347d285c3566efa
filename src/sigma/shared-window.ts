import type { Correlation } from './correlation.ts'
import { windowOf } from './correlation.ts'
import type { Arrival, Bench, CorrelationNode } from './correlation-node.ts'
import type { Item } from './episode.ts'
import { EventRing } from './event-ring.ts'
import { GroupCells } from './group-cells.ts'
import { readingOf, type Reading } from './reading.ts'
import { SlidingNode } from './sliding-node.ts'
import { WholeNode } from './whole-node.ts'

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
  readonly #sliding: readonly CorrelationNode<Ref>[]
  readonly groups = new GroupCells()
  /** The cell of a group that holds the number of its newest event. */
  readonly #newest = this.groups.add([-1])

  /** `correlations` have the same parts, groups and timespan; `takesNews`: one of the parts is a correlation, and they are one alone. */
  constructor(correlations: readonly Correlation[], { bench, takesNews }: { bench: Bench<Ref>; takesNews: boolean }) {
    this.#bench = bench
    this.#micros = correlations[0]?.micros ?? 0
    const readings = correlations.map(readingOf)
    const names = [...new Set(readings.map((one) => one.name))]
    this.#readings = names.flatMap((name) => readings.find((one) => one.name === name)?.make() ?? [])
    this.#uses = names.map((name) => readings.filter((one) => one.name === name).length)
    this.#counted = names.map(() => 0)
    this.#kept = new Float64Array(names.length)
    this.ring = new EventRing(names.length)
    this.nodes = correlations.map((correlation, n) => {
      const reading = names.indexOf(readings[n]?.name ?? '')
      const seat = { correlation, bench, window: this, reading, takesNews }
      return windowOf(correlation) === 'sliding' ? new SlidingNode(seat) : new WholeNode(seat)
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

  /** Takes an event of a part and a group; gives for how many correlations it does not count. */
  take(item: Item<Ref>, { at, group, part }: { readonly at: number; readonly group: number; readonly part: number }): number {
    this.expire(at)
    const { fields } = item.hit
    let without = 0
    for (let n = 0; n < this.#kept.length; n++) {
      const kept = (this.#readings[n] as Reading).read(fields, part)
      this.#kept[n] = kept
      if (Number.isNaN(kept)) without += this.#uses[n] as number
      else (this.#counted[n] as number)++
    }
    if (without < this.nodes.length) this.#push({ item, at, group, part, number: this.ring.next })
    return without
  }

  #push(arrival: Arrival<Ref>): void {
    const { item, at, group, part, number } = arrival
    this.groups.reach(group)
    this.ring.push({ at, hit: this.#bench.hits.numberOf(item), group, part, before: this.newest(group) })
    for (let n = 0; n < this.#kept.length; n++) this.ring.keep(number, { reading: n, value: this.#kept[n] as number })
    this.groups.cells[group * this.groups.stride + this.#newest] = number
    this.#bench.groups.hold(group)
    for (let n = 0; n < this.nodes.length; n++) {
      const node = this.nodes[n] as CorrelationNode<Ref>
      const kept = this.#kept[node.reading] as number
      if (Number.isNaN(kept)) continue
      if (item.inner !== undefined) this.#replace(node, arrival)
      node.take(arrival, kept)
    }
  }

  /** Of news, the newest of a stretch counts. */
  #replace(node: CorrelationNode<Ref>, arrival: Arrival<Ref>): void {
    const earlier = node.replaced(arrival)
    if (earlier < this.ring.first) return
    this.#release(earlier, node.reading)
    this.ring.keep(earlier, { reading: node.reading, value: Number.NaN })
  }

  #release(number: number, reading: number): void {
    const kept = this.ring.kept(number, reading)
    if (Number.isNaN(kept)) return
    ;(this.#counted[reading] as number)--
    ;(this.#readings[reading] as Reading).release(kept)
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
    for (let n = 0; n < this.#sliding.length; n++) {
      const node = this.#sliding[n] as CorrelationNode<Ref>
      const kept = ring.kept(number, node.reading)
      if (!Number.isNaN(kept)) node.leave(number, kept)
    }
    for (let n = 0; n < this.#readings.length; n++) this.#release(number, n)
    ring.first++
    const group = ring.group(number)
    if (this.newest(group) === number) this.groups.clear(group)
    this.#bench.groups.release(group)
  }

  /** Lets the oldest events go until at most this many are held; gives for how many correlations they went before their time. */
  shrink(to: number): number {
    const before = this.events
    while (this.ring.size > to) {
      for (const node of this.nodes) node.leavesEarly(this.ring.first)
      this.#leave()
    }
    return before - this.events
  }
}
