import { fault, limits, type Fault } from '../base/index.ts'
import type { Cite } from '../evidence/index.ts'
import type { LogEvent } from '../events/index.ts'
import {
  Correlator,
  type Correlation,
  type CorrelationDetection,
  type CorrelationSummary,
  type Hit,
  type Rule,
} from '../sigma/index.ts'
import { eventCite, type LogSource } from './detect.ts'
import type { FoundDetection } from './found-detection.ts'
import { loosePlaceText } from './loose-place.ts'

/** What was correlated in a run and what was not. */
export type CorrelatedSummary = CorrelationSummary & {
  /** Hits that came after more were kept than the limit allows; not correlated. */
  readonly notKept: number
}

/** Faults for what was not correlated because it was too much. */
export function leftOut({ notKept, leftEarly }: CorrelatedSummary): Fault[] {
  const todo = 'leave out the correlations over rules that fire most, or read a shorter period'
  const where = { file: 'rules' }
  const faults: Fault[] = []
  if (notKept > 0)
    faults.push(fault('too-many-hits', `more than ${limits.correlationHits} hits; ${notKept} were not correlated`, where, todo))
  if (leftEarly > 0)
    faults.push(
      fault(
        'correlation-window-full',
        `${leftEarly} hits left the windows of correlations before their time; what they belong to may be missing`,
        where,
        todo,
      ),
    )
  return faults
}

/** Where an event stands, shorter than its cite. */
interface Place {
  readonly at: LogEvent['at']
  readonly log: Pick<LogSource, 'sha256' | 'file' | 'member'>
}

/**
 * Collects the hits of a run and correlates them at its end, in order of time: logs of several machines cover the same hours.
 * Hits of the same time keep the order in which they were read.
 */
export class HitsToCorrelate {
  readonly #correlations: readonly Correlation[]
  readonly #rules: ReadonlySet<string>
  readonly #fields: ReadonlySet<string>
  readonly #hits: Hit<Place>[] = []
  #withoutTime = 0
  #notKept = 0
  #event: LogEvent | undefined
  #place: Place | undefined

  constructor(correlations: readonly Correlation[]) {
    this.#correlations = correlations
    this.#rules = new Set(correlations.flatMap((one) => one.parts.map((part) => part.id)))
    this.#fields = new Set(correlations.flatMap((one) => one.parts.flatMap((part) => [...part.groupFields, ...part.valueFields])))
  }

  /** Takes a rule that matched an event, when a correlation refers to it. */
  add(rule: Rule, event: LogEvent, log: LogSource): void {
    if (!this.#rules.has(rule.id)) return
    if (event.time === '') this.#withoutTime += 1
    else if (this.#hits.length >= limits.correlationHits) this.#notKept += 1
    else {
      const fields: Record<string, string> = {}
      for (const name of this.#fields) {
        const value = Object.hasOwn(event.fields, name) ? event.fields[name] : undefined
        if (value !== undefined) fields[name] = value
      }
      this.#hits.push({
        rule: rule.id,
        time: event.time,
        host: event.host,
        account: event.account,
        fields,
        ref: this.#placeOf(event, log),
      })
    }
  }

  /** One place per event, whichever rules match it: correlations count an event once. */
  #placeOf(event: LogEvent, { sha256, file, member }: LogSource): Place {
    if (this.#event !== event || this.#place === undefined) {
      this.#event = event
      this.#place = { at: event.at, log: { sha256, file, ...(member === undefined ? {} : { member }) } }
    }
    return this.#place
  }

  /** Correlates what was collected; detections go to `found` in order of time, rule id and group. */
  finish(quiet: ReadonlySet<string>, found: (detection: FoundDetection) => void): CorrelatedSummary {
    const detections: CorrelationDetection<Place>[] = []
    const correlator = new Correlator<Place>(this.#correlations, {
      emit: (one) => {
        if (!quiet.has(one.correlation.id)) detections.push(one)
      },
    })
    this.#hits.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0))
    for (const hit of this.#hits) correlator.take(hit)
    const summary = correlator.finish()
    const keyed = detections.map((one) => ({ one, key: JSON.stringify([one.time, one.correlation.id, one.group, one.first]) }))
    for (const { one } of keyed.sort((a, b) => (a.key < b.key ? -1 : 1))) found(foundOf(one))
    const withoutTime = summary.withoutTime + this.#withoutTime
    return { ...summary, hits: summary.hits + this.#withoutTime, withoutTime, notKept: this.#notKept }
  }
}

function foundOf(one: CorrelationDetection<Place>): FoundDetection {
  const { correlation, group, time, host, account, value, count, first, last } = one
  const { id: rule, title, level, tags, type, timespan } = correlation
  const cites = one.events.map(citeOf)
  const cite = citeOf(one.at)
  return {
    rule,
    title,
    level,
    tags,
    time,
    host,
    account,
    cite,
    place: loosePlaceText(cite),
    fields: group,
    correlation: { type, timespan, group, value, count, first, last, events: cites },
  }
}

function citeOf({ at, log }: Place): Extract<Cite, { kind: 'exhibit' }> {
  return eventCite({ at }, log)
}
