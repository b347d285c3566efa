import { isoMicros } from '../base/index.ts'

/** A stretch without any event between the first and the last; both ends to the second. */
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

/** Days with events kept per host and source: 11 years without a break. */
const daysKept = 4_096
const daySeconds = 86_400

/** Which hours a source has events in, and the first and last second of each. Independent of the order of events. */
export class Hours {
  /** By day since 1970: for each hour the first and the last second in it, one more than the second; 0 = no event. */
  readonly #days = new Map<number, Uint16Array>()
  /** True when the times are spread over more days than are kept: gaps and days are then not given. */
  overflow = false
  first = ''
  last = ''

  /** `time` is fixed-width UTC, `ms` the same in epoch milliseconds. */
  add(time: string, ms: number): void {
    if (this.first === '' || time < this.first) this.first = time
    if (time > this.last) this.last = time
    const second = Math.floor(ms / 1000)
    const day = Math.floor(second / daySeconds)
    let hours = this.#days.get(day)
    if (hours === undefined) {
      if (this.#days.size >= daysKept) {
        this.overflow = true
        return
      }
      hours = new Uint16Array(48)
      this.#days.set(day, hours)
    }
    const inDay = second - day * daySeconds
    const at = Math.floor(inDay / 3_600) * 2
    const inHour = (inDay % 3_600) + 1
    const first = hours[at] ?? 0
    if (first === 0 || inHour < first) hours[at] = inHour
    if (inHour > (hours[at + 1] ?? 0)) hours[at + 1] = inHour
  }

  /** Stretches of at least `gapHours` without an event. */
  gaps(gapHours: number): Gap[] {
    const gaps: Gap[] = []
    if (this.overflow) return gaps
    let before: number | undefined
    for (const day of this.#sorted()) {
      const hours = this.#days.get(day) as Uint16Array
      for (let at = 0; at < 48; at += 2) {
        const [first = 0, last = 0] = [hours[at], hours[at + 1]]
        if (first === 0) continue
        const begin = day * daySeconds + at * 1_800
        if (before !== undefined) {
          const silent = Math.floor((begin + first - 1 - before) / 3_600)
          if (silent >= gapHours) gaps.push({ from: secondText(before), to: secondText(begin + first - 1), hours: silent })
        }
        before = begin + last - 1
      }
    }
    return gaps
  }

  /** Days that hold at least one event, neighbours joined. */
  days(): DayRange[] {
    const ranges: { from: number; to: number }[] = []
    if (this.overflow) return []
    for (const day of this.#sorted()) {
      const last = ranges.at(-1)
      if (last !== undefined && day === last.to + 1) last.to = day
      else ranges.push({ from: day, to: day })
    }
    return ranges.map(({ from, to }) => ({ from: dayText(from), to: dayText(to) }))
  }

  #sorted(): number[] {
    return [...this.#days.keys()].sort((a, b) => a - b)
  }
}

function secondText(second: number): string {
  return isoMicros(second * 1000)
}

function dayText(day: number): string {
  return secondText(day * daySeconds).slice(0, 10)
}
