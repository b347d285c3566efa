import { limits } from '../base/index.ts'
import type { Correlation } from './correlation.ts'
import type { Bench } from './correlation-node.ts'
import type { CorrelationDetection, Episode, Hit, Item } from './episode.ts'
import { GroupTable } from './group-table.ts'
import { HitStore } from './hit-store.ts'
import { microsOf } from './micros.ts'
import { SharedWindow } from './shared-window.ts'
import { chainedOf, sharing } from './window-sharing.ts'
import { WholeNode } from './whole-node.ts'
import type { WholeWindows } from './whole-windows.ts'

/** What a correlator took and left out; counted per hit and correlation but for the first three. */
export interface CorrelationSummary {
  readonly hits: number
  /** Hits without a time, and hits older than one that came before them: neither is correlated. */
  readonly withoutTime: number
  readonly late: number
  /** Hits without one of the fields of `group-by`, or without a value that can be counted. */
  readonly withoutGroup: number
  readonly withoutValue: number
  /** Hits that left a window before their time because more was held than the limit allows; what they belonged to may be missing. */
  readonly leftEarly: number
}

/** Where the hits of a rule, or the news of a correlation, go. */
interface Way<Ref> {
  /** The fields they are grouped by, each list once. */
  readonly groupings: (readonly string[])[]
  readonly routes: { readonly window: SharedWindow<Ref>; readonly part: number; readonly grouping: number }[]
}

/** How much a group weighs against the events it holds. */
const groupWeight = 10

/**
 * Runs correlations over hits of rules. Hits come in order of time, hits of one event one after the other; a hit older than the
 * one before is counted as late and not correlated. Detections go to `emit` as stretches end; `finish` ends those still open.
 */
export class Correlator<Ref> {
  readonly #windows: readonly SharedWindow<Ref>[]
  readonly #groups = new GroupTable({ spelled: true })
  readonly #hits: HitStore<Ref>
  readonly #ways = new Map<string, Way<Ref>>()
  /** Windows with correlations that wait for their end. */
  readonly #waiting: readonly WholeWindows<Ref>[]
  /** Groups of the events at hand: of a hit, and of news that it makes. */
  readonly #atHand: number[] = []
  #now = -Infinity
  #nextEnd = Infinity
  readonly #most: number
  #untilCheck = 0
  readonly #count = { hits: 0, withoutTime: 0, late: 0, withoutGroup: 0, withoutValue: 0, leftEarly: 0 }

  /**
   * `correlations` in the order of `loadRules`: inner ones before those that refer to them. `held` is what may be held at once (a
   * hit counts once for each correlation, a group of hits ten times).
   */
  constructor(
    correlations: readonly Correlation[],
    {
      emit,
      held = limits.correlationHeld,
    }: { readonly emit: (detection: CorrelationDetection<Ref>) => void; readonly held?: number },
  ) {
    this.#most = held
    const chained = chainedOf(correlations)
    this.#hits = new HitStore(chained.size > 0)
    const bench: Bench<Ref> = {
      groups: this.#groups,
      hits: this.#hits,
      emit,
      news: (correlation, episode, item, at) => this.#news(correlation, { episode, item, at }),
      waits: (end) => (this.#nextEnd = Math.min(this.#nextEnd, end)),
    }
    this.#windows = sharing(correlations, chained).map((some) => {
      const takesNews = some.some(({ parts }) => parts.some(({ id }) => chained.has(id)))
      return new SharedWindow(some, { bench, takesNews })
    })
    for (const window of this.#windows) this.#route(window)
    this.#waiting = this.#windows.flatMap(({ nodes, whole }) => (nodes.some((node) => node instanceof WholeNode) ? [whole] : []))
  }

  #route(window: SharedWindow<Ref>): void {
    for (const [part, { id, groupFields }] of window.nodes[0]?.correlation.parts.entries() ?? []) {
      const way = this.#ways.get(id) ?? { groupings: [], routes: [] }
      this.#ways.set(id, way)
      let grouping = way.groupings.findIndex((one) => JSON.stringify(one) === JSON.stringify(groupFields))
      if (grouping < 0) grouping = way.groupings.push(groupFields) - 1
      way.routes.push({ window, part, grouping })
    }
  }

  /** Whether hits of a rule are of use. */
  wants(rule: string): boolean {
    return this.#ways.has(rule)
  }

  take(hit: Hit<Ref>): void {
    const way = this.#ways.get(hit.rule)
    if (way === undefined) return
    this.#count.hits++
    const at = microsOf(hit.time)
    if (at === undefined) {
      this.#count.withoutTime++
      return
    }
    if (at < this.#now) {
      this.#count.late++
      return
    }
    if (at > this.#nextEnd) this.#endUpTo(at)
    this.#now = at
    this.#offer(way, { hit }, at)
    if (--this.#untilCheck <= 0) this.#checkHeld()
  }

  /** Ends all windows; the correlator takes nothing after that. */
  finish(): CorrelationSummary {
    this.#endUpTo(Infinity)
    for (const window of this.#windows) window.expire(Infinity)
    return { ...this.#count }
  }

  #offer({ groupings, routes }: Way<Ref>, item: Item<Ref>, at: number): void {
    const base = this.#atHand.length
    for (let n = 0; n < groupings.length; n++) {
      const group = this.#groups.numberOf(item.hit.fields, groupings[n] as readonly string[])
      // Held until it was offered to all.
      if (group >= 0) this.#groups.hold(group)
      this.#atHand.push(group)
    }
    for (let n = 0; n < routes.length; n++) {
      const { window, part, grouping } = routes[n] as Way<Ref>['routes'][number]
      const group = this.#atHand[base + grouping] as number
      if (group < 0) this.#count.withoutGroup += window.nodes.length
      else this.#count.withoutValue += window.take(item, { at, group, part })
    }
    while (this.#atHand.length > base) {
      const group = this.#atHand.pop() as number
      if (group >= 0) this.#groups.release(group)
    }
  }

  #news(correlation: Correlation, { episode, item, at }: { episode: Episode<Ref>; item: Item<Ref>; at: number }): void {
    const way = this.#ways.get(correlation.id)
    if (way === undefined) return
    const hit = { ...item.hit, fields: { ...item.hit.fields, ...episode.group } }
    this.#offer(way, { hit, inner: { episode, ...episode.size } }, at)
  }

  /** Ends the windows that end before a time, in the order of their ends. */
  #endUpTo(at: number): void {
    for (;;) {
      let first: WholeWindows<Ref> | undefined
      let end = Infinity
      for (const whole of this.#waiting) {
        const { nextEnd } = whole
        if (nextEnd >= end) continue
        first = whole
        end = nextEnd
      }
      this.#nextEnd = end
      if (first === undefined || end >= at) return
      first.endAt(end)
    }
  }

  #checkHeld(): void {
    let events = 0
    for (const window of this.#windows) {
      window.expire(this.#now)
      events += window.events
    }
    const held = events + this.#groups.size * groupWeight
    // Every correlation gives up the same share, its oldest events first.
    if (held > this.#most)
      for (const window of this.#windows)
        this.#count.leftEarly += window.shrink(Math.floor((window.ring.size * 0.8 * this.#most) / held))
    this.#hits.forget(Math.min(...this.#windows.map((window) => window.oldestHit)))
    this.#untilCheck = Math.min(100_000, Math.ceil(this.#most / 100))
  }
}
