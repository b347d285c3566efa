import { epochMs } from '../base/index.ts'

/** A stretch without any event between the first and the last. */
export interface Gap {
  readonly from: string
  readonly to: string
  readonly hours: number
}

/** Days with events, both ends included, `YYYY-MM-DD` in UTC. */
export interface DayRange {
  readonly from: string
  readonly to: string
}

/** Hours with events kept per host and source: 11 years without a break. */
const hoursKept = 100_000
const dayMs = 86_400_000

/** Which hours a source has events in; the first and last event of each. Independent of the order of events. */
export class Hours {
  readonly #hours = new Map<string, { first: string; last: string }>()
  /** True when the times are spread over more hours than are kept: gaps and days are then not given. */
  overflow = false
  first = ''
  last = ''

  add(time: string): void {
    if (this.first === '' || time < this.first) this.first = time
    if (time > this.last) this.last = time
    const name = time.slice(0, 13)
    const hour = this.#hours.get(name)
    if (hour === undefined) {
      if (this.#hours.size >= hoursKept) this.overflow = true
      else this.#hours.set(name, { first: time, last: time })
    } else {
      if (time < hour.first) hour.first = time
      if (time > hour.last) hour.last = time
    }
  }

  /** Stretches of at least `gapHours` without an event. */
  gaps(gapHours: number): Gap[] {
    const gaps: Gap[] = []
    if (this.overflow) return gaps
    let before = ''
    for (const name of [...this.#hours.keys()].sort()) {
      const hour = this.#hours.get(name) as { first: string; last: string }
      if (before !== '') {
        const hours = Math.floor((epochMs(hour.first) - epochMs(before)) / 3_600_000)
        if (hours >= gapHours) gaps.push({ from: before, to: hour.first, hours })
      }
      before = hour.last
    }
    return gaps
  }

  /** Days that hold at least one event, neighbours joined. */
  days(): DayRange[] {
    const ranges: { from: string; to: string }[] = []
    if (this.overflow) return ranges
    for (const day of [...new Set([...this.#hours.keys()].map((name) => name.slice(0, 10)))].sort()) {
      const last = ranges.at(-1)
      if (last !== undefined && Date.parse(`${day}T00:00:00Z`) - Date.parse(`${last.to}T00:00:00Z`) === dayMs) last.to = day
      else ranges.push({ from: day, to: day })
    }
    return ranges
  }
}
