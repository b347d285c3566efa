import type { Story } from '../../../src/server/api.ts'
import type { Address } from '../address/address.ts'
import { epoch } from '../text/times.ts'

/** A span of time in epoch milliseconds. */
export interface TimeRange {
  readonly from: number
  readonly to: number
}

/** The whole story with a little room at both ends. */
export function wholeOf(story: Story): TimeRange {
  const times = [story.from, story.to, ...story.steps.map((one) => one.time), ...story.lateralMovement.map((one) => one.time)]
    .map(epoch)
    .filter((time) => !Number.isNaN(time))
  const from = times.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  const to = times.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  if (!Number.isFinite(from) || !Number.isFinite(to)) return { from: 0, to: 60_000 }
  const room = Math.max(30_000, (to - from) * 0.02)
  return { from: from - room, to: to + room }
}

/** The range that the URL names within the whole; the whole where it names none. */
export function rangeOf(query: Address['query'], whole: TimeRange): TimeRange {
  const from = query.from === undefined ? Number.NaN : epoch(query.from)
  const to = query.to === undefined ? Number.NaN : epoch(query.to)
  const range = {
    from: Number.isNaN(from) ? whole.from : Math.max(whole.from, from),
    to: Number.isNaN(to) ? whole.to : Math.min(whole.to, to),
  }
  return range.to > range.from ? range : whole
}

/** A range that is `factor` as wide around a moment (its middle without one), inside the whole and at least two seconds wide. */
export function zoomed(
  range: TimeRange,
  { whole, factor, around }: { readonly whole: TimeRange; readonly factor: number; readonly around?: number | undefined },
): TimeRange {
  const middle = around ?? (range.from + range.to) / 2
  return placed(middle, { whole, width: (range.to - range.from) * factor })
}

/** A range of a width around a moment, pushed into the whole. */
export function placed(middle: number, { whole, width }: { readonly whole: TimeRange; readonly width: number }): TimeRange {
  const wide = Math.max(2000, Math.min(width, whole.to - whole.from))
  const from = Math.min(Math.max(middle - wide / 2, whole.from), whole.to - wide)
  return { from, to: from + wide }
}

/** True when an instant lies inside. */
export function within(range: TimeRange, at: string): boolean {
  const time = epoch(at)
  return Number.isNaN(time) || (time >= range.from && time <= range.to)
}

const second = 1000
const [minute, hour, day] = [60 * second, 3600 * second, 86_400 * second]
const steps = [
  second,
  5 * second,
  15 * second,
  minute,
  5 * minute,
  15 * minute,
  hour,
  3 * hour,
  6 * hour,
  12 * hour,
  day,
  2 * day,
  7 * day,
  14 * day,
  28 * day,
  91 * day,
  182 * day,
  364 * day,
]

/** Times to mark on an axis, at most `most`, with the text for each (UTC). */
export function ticks(range: TimeRange, most: number): { readonly at: number; readonly text: string }[] {
  const span = range.to - range.from
  const step = steps.find((one) => span / one <= most) ?? 364 * day * Math.ceil(span / (364 * day * most))
  const first = Math.ceil(range.from / step) * step
  const count = Math.floor((range.to - first) / step) + 1
  return Array.from({ length: Math.max(0, count) }, (_, n) => {
    const at = first + n * step
    const text = new Date(at).toISOString()
    return {
      at,
      text: step >= day ? text.slice(0, 10) : step >= minute ? `${text.slice(5, 10)} ${text.slice(11, 16)}` : text.slice(11, 19),
    }
  })
}
