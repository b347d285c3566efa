import { fault, limits, type Fault } from '../base/index.ts'
import type { Cite } from '../evidence/index.ts'
import type { LogEvent } from '../events/index.ts'
import type { Correlation, CorrelationSummary, Hit, Rule } from '../sigma/index.ts'
import { correlate, correlatedDetection, hitTaker } from './correlated.ts'
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

/** A detection that is one of a correlation. */
type CorrelatedFound = FoundDetection & Required<Pick<FoundDetection, 'correlation'>>

/** Who acted in an event, and where. */
type Acting = Pick<LogEvent, 'host' | 'account' | 'sourceIp'>

/** Where an event stands, shorter than its cite. */
interface Place {
  readonly at: LogEvent['at']
  readonly log: Pick<LogSource, 'sha256' | 'file' | 'member'>
  readonly who: Acting
}

/**
 * Collects the hits of a run and correlates them at its end, in order of time: logs of several machines cover the same hours.
 * Hits of the same time keep the order in which they were read.
 */
export class HitsToCorrelate {
  readonly #correlations: readonly Correlation[]
  readonly #hitOf: ReturnType<typeof hitTaker>
  readonly #hits: Hit<Place>[] = []
  #withoutTime = 0
  #notKept = 0
  #event: LogEvent | undefined
  #place: Place | undefined

  constructor(correlations: readonly Correlation[]) {
    this.#correlations = correlations
    this.#hitOf = hitTaker(correlations)
  }

  /** Takes a rule that matched an event, when a correlation refers to it. */
  add(rule: Rule, event: LogEvent, log: LogSource): void {
    const hit = this.#hitOf(rule, event)
    if (hit === undefined) return
    if (hit.time === '') this.#withoutTime += 1
    else if (this.#hits.length >= limits.correlationHits) this.#notKept += 1
    else this.#hits.push({ ...hit, ref: this.#placeOf(event, log) })
  }

  /** One place per event, whichever rules match it: correlations count an event once. */
  #placeOf(event: LogEvent, { sha256, file, member }: LogSource): Place {
    if (this.#event !== event || this.#place === undefined) {
      this.#event = event
      this.#place = {
        at: event.at,
        log: { sha256, file, ...(member === undefined ? {} : { member }) },
        who: { host: event.host, account: event.account, sourceIp: event.sourceIp },
      }
    }
    return this.#place
  }

  /** Correlates what was collected; detections go to `found` in order of time, rule id and group, with who acted in the event at which each was made. */
  finish(quiet: ReadonlySet<string>, found: (detection: CorrelatedFound, at: Acting) => void): CorrelatedSummary {
    this.#hits.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0))
    const correlated = correlate({ correlations: this.#correlations, quiet, hits: this.#hits })
    for (const one of correlated.found) {
      const cite = citeOf(one.at)
      found({ ...correlatedDetection(one, citeOf), cite, place: loosePlaceText(cite) }, one.at.who)
    }
    const { summary } = correlated
    const withoutTime = summary.withoutTime + this.#withoutTime
    return { ...summary, hits: summary.hits + this.#withoutTime, withoutTime, notKept: this.#notKept }
  }
}

function citeOf({ at, log }: Place): Extract<Cite, { kind: 'exhibit' }> {
  return eventCite({ at }, log)
}
