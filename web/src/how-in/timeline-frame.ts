import type { StoryDensity } from '../../../src/server/api.ts'
import { epoch } from '../text/times.ts'
import type { TimeRange } from './time-range.ts'

/** Where things stand in the drawing, in CSS pixels. Narrow windows have the names of hosts above their lanes. */
export interface Frame {
  readonly width: number
  readonly left: number
  readonly right: number
  readonly axis: number
  readonly lane: number
  /** From the top of a lane to its line. */
  readonly line: number
  readonly narrow: boolean
}

/** The frame for a width. */
export function frameOf(width: number): Frame {
  const narrow = width < 560
  return { width, left: narrow ? 6 : 206, right: 12, axis: 24, lane: narrow ? 46 : 30, line: narrow ? 38 : 22, narrow }
}

/** Buckets of a drawing: those of the answer, or even slices while there is none. */
export interface Buckets {
  /** Epoch milliseconds. */
  readonly start: number
  readonly step: number
  readonly count: number
}

/** The buckets in which a range is counted. */
export function bucketsIn(range: TimeRange, density: StoryDensity | undefined): Buckets {
  if (density !== undefined) return { start: epoch(density.from), step: density.step * 1000, count: density.all.length }
  const count = 120
  return { start: range.from, step: (range.to - range.from) / count, count }
}

/** How many buckets to ask for: one for every four pixels, in steps so that a resized window asks seldom. */
export function bucketsFor(frame: Frame): number {
  const room = (frame.width - frame.left - frame.right) / 4
  return Math.min(400, Math.max(40, Math.round(room / 40) * 40))
}

/** Maps time to pixels. */
export function scale(range: TimeRange, frame: Frame): (time: number) => number {
  const room = frame.width - frame.left - frame.right
  return (time) => frame.left + ((time - range.from) / (range.to - range.from)) * room
}

/** The width of a bucket in words, from seconds: `5 minutes`, `2 days`. */
export function widthText(seconds: number): string {
  if (seconds % 86_400 === 0) return seconds === 86_400 ? 'day' : `${seconds / 86_400} days`
  if (seconds % 3600 === 0) return seconds === 3600 ? 'hour' : `${seconds / 3600} hours`
  if (seconds % 60 === 0) return seconds === 60 ? 'minute' : `${seconds / 60} minutes`
  return seconds === 1 ? 'second' : `${seconds} seconds`
}
