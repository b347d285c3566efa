import { epochMs } from '../base/index.ts'
import type { LogEvent } from './event.ts'
import { timed } from './events-table.ts'

/** What one log source of one host covers: the ground under every negative finding. */
export interface Coverage {
  readonly host: string
  /** The Windows channel, else service, category, product, or `other`. */
  readonly source: string
  readonly events: number
  /** Events without a usable time; they are in `events` but in no period. */
  readonly untimed: number
  /** Fixed-width UTC of the first and last event; '' when none has a time. */
  readonly first: string
  readonly last: string
  /** Stretches inside `first`..`last` without any event, longer than the threshold. */
  readonly gaps: readonly Gap[]
  /** True when the times are spread over more hours than are kept apart; gaps are then not given. */
  readonly gapsUnknown: boolean
}

export interface Gap {
  readonly from: string
  readonly to: string
  readonly hours: number
}

interface Hour {
  first: string
  last: string
}

interface Tally {
  readonly host: string
  readonly source: string
  events: number
  untimed: number
  readonly hours: Map<string, Hour>
  overflow: boolean
  first: string
  last: string
}

/** Hours with events kept per host and source: 11 years without a break. */
const hoursKept = 100_000

/** Collects coverage as events stream by, in any order; the result does not depend on the order. */
export interface CoverageMeter {
  add(events: readonly LogEvent[]): void
  /** Rows sorted by host and source; `gapHours` (default 24) is the shortest gap told. */
  result(gapHours?: number): readonly Coverage[]
}

/** A new, empty meter. */
export function coverageMeter(): CoverageMeter {
  const tallies = new Map<string, Tally>()
  return {
    add(events) {
      for (const event of events) count(tallies, event)
    },
    result(gapHours = 24) {
      return [...tallies.keys()].sort().flatMap((key) => {
        const tally = tallies.get(key)
        return tally === undefined ? [] : [coverageOf(tally, gapHours)]
      })
    },
  }
}

function sourceName(event: LogEvent): string {
  return event.channel || event.service || event.category || event.product || 'other'
}

function count(tallies: Map<string, Tally>, event: LogEvent): void {
  const source = sourceName(event)
  const key = `${event.host}\u0000${source}`
  let tally = tallies.get(key)
  if (tally === undefined) {
    tally = { host: event.host, source, events: 0, untimed: 0, hours: new Map(), overflow: false, first: '', last: '' }
    tallies.set(key, tally)
  }
  tally.events += 1
  if (!timed(event)) {
    tally.untimed += 1
    return
  }
  if (tally.first === '' || event.time < tally.first) tally.first = event.time
  if (event.time > tally.last) tally.last = event.time
  const name = event.time.slice(0, 13)
  const hour = tally.hours.get(name)
  if (hour === undefined) {
    if (tally.hours.size >= hoursKept) tally.overflow = true
    else tally.hours.set(name, { first: event.time, last: event.time })
  } else {
    if (event.time < hour.first) hour.first = event.time
    if (event.time > hour.last) hour.last = event.time
  }
}

function coverageOf(tally: Tally, gapHours: number): Coverage {
  const { host, source, events, untimed, first, last } = tally
  const gaps: Gap[] = []
  if (!tally.overflow) {
    let before: Hour | undefined
    for (const name of [...tally.hours.keys()].sort()) {
      const hour = tally.hours.get(name) as Hour
      if (before !== undefined) {
        const hours = Math.floor((epochMs(hour.first) - epochMs(before.last)) / 3_600_000)
        if (hours >= gapHours) gaps.push({ from: before.last, to: hour.first, hours })
      }
      before = hour
    }
  }
  return { host, source, events, untimed, first, last, gaps, gapsUnknown: tally.overflow }
}
