import { limits } from '../base/index.ts'
import type { Correlation } from './correlation.ts'

/** A rule that matched an event, as a correlation takes it. `ref` is the caller's: a cite, or what makes one. */
export interface Hit<Ref> {
  /** Id of the rule. */
  readonly rule: string
  /** Fixed-width UTC. */
  readonly time: string
  readonly host: string
  readonly account: string
  readonly fields: Readonly<Record<string, string>>
  /** The same object for all rules that matched the same event. */
  readonly ref: Ref
}

/** What a correlation found: one stretch of time in which its condition held for one group. */
export interface CorrelationDetection<Ref> {
  readonly correlation: Correlation
  /** Values of the group, by the names of `groupBy`; as the first event spells them. */
  readonly group: Readonly<Record<string, string>>
  /** When the condition first held; for windows judged as a whole, the time of their last event. */
  readonly time: string
  /** Times of the first and last contributing event. */
  readonly first: string
  readonly last: string
  /** The event it first held at. */
  readonly at: Ref
  /** What the condition compares, at its highest (whole windows: as judged). */
  readonly value: number
  /** The host and the account of the events when all agree, else ''. */
  readonly host: string
  readonly account: string
  /** Contributing events; those of correlations it refers to included. */
  readonly count: number
  /** The first of them, those of inner correlations before the others. */
  readonly events: readonly Ref[]
}

/** A hit on its way through windows, or the news that the condition of an inner correlation holds. */
export interface Item<Ref> {
  /** From a store its fields are only there when it keeps them. */
  readonly hit: Omit<Hit<Ref>, 'rule'>
  /** Set for news of an inner correlation: its stretch, and how far it had come. */
  readonly inner?: { readonly episode: Episode<Ref>; readonly count: number; readonly refs: number }
}

/** A stretch of time in which a correlation's condition holds for one group; grows while it does. */
export class Episode<Ref> {
  readonly #correlation: Correlation
  readonly #values: readonly string[]
  readonly #held: Item<Ref>['hit']
  readonly #inner = new Map<Episode<Ref>, { count: number; refs: number }>()
  #first = ''
  #last = ''
  #host: string | undefined
  #account: string | undefined
  #count = 0
  #peak = -Infinity
  #newest: Ref | undefined
  readonly #refs: Ref[] = []

  /** `held` is the hit at which the condition first held. */
  constructor(correlation: Correlation, values: readonly string[], held: Item<Ref>['hit']) {
    this.#correlation = correlation
    this.#values = values
    this.#held = held
  }

  get size(): { readonly count: number; readonly refs: number } {
    return { count: this.#count, refs: this.#refs.length }
  }

  get group(): Record<string, string> {
    return Object.fromEntries(this.#correlation.groupBy.map((name, n) => [name, this.#values[n] ?? '']))
  }

  /** Takes an event that contributes; in order of time. */
  add({ hit, inner }: Item<Ref>): void {
    if (this.#first === '') this.#first = hit.time
    this.#last = hit.time
    this.#host = this.#host === undefined || this.#host === hit.host ? hit.host : ''
    this.#account = this.#account === undefined || this.#account === hit.account ? hit.account : ''
    if (inner !== undefined) {
      this.#inner.set(inner.episode, { count: inner.count, refs: inner.refs })
      return
    }
    if (hit.ref === this.#newest) return
    this.#newest = hit.ref
    this.#count++
    if (this.#refs.length < limits.correlationCites) this.#refs.push(hit.ref)
  }

  measured(value: number): void {
    if (value > this.#peak) this.#peak = value
  }

  detection(): CorrelationDetection<Ref> {
    let count = this.#count
    let first = this.#first
    const refs = new Set<Ref>()
    for (const [episode, upTo] of this.#inner) {
      const part = episode.detection()
      count += upTo.count
      if (part.first < first) first = part.first
      for (const ref of part.events.slice(0, upTo.refs)) refs.add(ref)
    }
    for (const ref of this.#refs) refs.add(ref)
    return {
      correlation: this.#correlation,
      group: this.group,
      time: this.#held.time,
      at: this.#held.ref,
      first,
      last: this.#last,
      value: this.#peak,
      host: this.#host ?? '',
      account: this.#account ?? '',
      count,
      events: [...refs].slice(0, limits.correlationCites),
    }
  }
}
