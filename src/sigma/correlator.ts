import { limits } from '../base/index.ts'
import { windowOf, type Correlation, type CorrelationPart } from './correlation.ts'
import type { Bench, CorrelationNode } from './correlation-node.ts'
import type { CorrelationDetection, Episode, Hit, Item } from './episode.ts'
import { GroupTable } from './group-table.ts'
import { HitStore } from './hit-store.ts'
import { microsOf } from './micros.ts'
import { keyOf, markOf } from './measure-window.ts'
import { SlidingNode } from './sliding-node.ts'
import { WholeNode } from './whole-node.ts'

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

interface Route<Ref> {
  readonly node: CorrelationNode<Ref>
  readonly part: number
  readonly fields: CorrelationPart
  /** Parts of the same rule that group by the same fields share their key. */
  readonly keyNumber: number
}

/** How much a group weighs against the events it holds. */
const groupWeight = 10

/**
 * Runs correlations over hits of rules. Hits come in order of time, hits of one event one after the other; a hit older than the
 * one before is counted as late and not correlated. Detections go to `emit` as stretches end; `finish` ends those still open.
 */
export class Correlator<Ref> {
  readonly #nodes: CorrelationNode<Ref>[] = []
  readonly #groups = new GroupTable()
  readonly #hits = new HitStore<Ref>()
  readonly #routes = new Map<string, Route<Ref>[]>()
  readonly #waiting: CorrelationNode<Ref>[]
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
    const bench: Bench<Ref> = {
      groups: this.#groups,
      hits: this.#hits,
      emit,
      news: (correlation, episode, item, at) => this.#news(correlation, { episode, item, at }),
    }
    // Outer ones first: an event is seen by them before the news it makes, so that it does not follow on itself.
    for (const correlation of correlations.toReversed()) {
      const node = windowOf(correlation) === 'sliding' ? new SlidingNode(correlation, bench) : new WholeNode(correlation, bench)
      this.#nodes.push(node)
      for (const [part, fields] of correlation.parts.entries()) {
        const routes = this.#routes.get(fields.id) ?? []
        const same = routes.find((one) => one.fields.groupFields.join('\n') === fields.groupFields.join('\n'))
        const keyNumber = same?.keyNumber ?? new Set(routes.map((one) => one.keyNumber)).size
        this.#routes.set(fields.id, [...routes, { node, part, fields, keyNumber }])
      }
    }
    this.#waiting = this.#nodes.filter((node) => node instanceof WholeNode)
  }

  /** Whether hits of a rule are of use. */
  wants(rule: string): boolean {
    return this.#routes.has(rule)
  }

  take(hit: Hit<Ref>): void {
    const routes = this.#routes.get(hit.rule)
    if (routes === undefined) return
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
    this.#offer(routes, { at, hit })
    if (--this.#untilCheck <= 0) this.#checkHeld()
  }

  /** Ends all windows; the correlator takes nothing after that. */
  finish(): CorrelationSummary {
    this.#endUpTo(Infinity)
    for (const node of this.#nodes) node.finish()
    return { ...this.#count }
  }

  #offer(routes: readonly Route<Ref>[], item: Item<Ref>): void {
    const { fields } = item.hit
    const number = this.#hits.add(item)
    const groups: (number | undefined)[] = []
    for (const { node, part, fields: names, keyNumber } of routes) {
      if (keyNumber === groups.length) groups.push(this.#groupOf(fields, names.groupFields))
      const group = groups[keyNumber]
      if (group === undefined) {
        this.#count.withoutGroup++
        continue
      }
      const mark = markOf(node.correlation, fields, names.valueFields)
      if (mark === undefined) this.#count.withoutValue++
      else node.take({ item, hit: number, part, group, mark })
    }
    for (const group of groups) if (group !== undefined) this.#groups.release(group)
    for (const node of this.#waiting) this.#nextEnd = Math.min(this.#nextEnd, node.nextEnd)
  }

  /** The group of an event, held until it was offered to all; undefined when it lacks a field. */
  #groupOf(fields: Readonly<Record<string, string>>, names: readonly string[]): number | undefined {
    const key = keyOf(fields, names)
    if (key === undefined) return undefined
    const group = this.#groups.numberOf(key, () => names.map((name) => fields[name] ?? ''))
    this.#groups.hold(group)
    return group
  }

  #news(correlation: Correlation, { episode, item, at }: { episode: Episode<Ref>; item: Item<Ref>; at: number }): void {
    const routes = this.#routes.get(correlation.id)
    if (routes === undefined) return
    const fields = { ...item.hit.fields, ...episode.group }
    const hit = { ...item.hit, rule: correlation.id, fields }
    this.#offer(routes, { at, hit, inner: { episode, ...episode.size } })
  }

  /** Ends the windows that end before a time, in the order of their ends. */
  #endUpTo(at: number): void {
    for (;;) {
      let first: CorrelationNode<Ref> | undefined
      let end = Infinity
      for (const node of this.#waiting) {
        const one = node.nextEnd
        if (one < end) {
          first = node
          end = one
        }
      }
      this.#nextEnd = end
      if (first === undefined || end >= at) return
      first.endNext()
    }
  }

  #checkHeld(): void {
    let events = 0
    for (const node of this.#nodes) {
      node.expire(this.#now)
      events += node.events
    }
    const held = events + this.#groups.size * groupWeight
    // Every correlation gives up the same share, its oldest events first.
    if (held > this.#most)
      for (const node of this.#nodes) this.#count.leftEarly += node.shrink(Math.floor((node.events * 0.8 * this.#most) / held))
    this.#hits.forget(Math.min(...this.#nodes.map((node) => node.oldestHit)))
    this.#untilCheck = Math.min(100_000, Math.ceil(this.#most / 100))
  }
}
