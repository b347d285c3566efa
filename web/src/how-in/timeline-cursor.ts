import type { TimeRange } from './time-range.ts'

/** Where the keyboard is in the timeline: a bucket of a lane; lane 0 is all logs together, the hosts follow. */
export interface Cursor {
  readonly lane: number
  readonly bucket: number
  /** The other end of a stretch that is being chosen. */
  readonly anchor?: number
}

/** What the timeline has: lanes (with the one of all logs), buckets, and the buckets of a lane that hold steps. */
export interface Lanes {
  readonly lanes: number
  readonly buckets: number
  stepsIn(lane: number): readonly number[]
}

/** The cursor after a key; undefined when the key is none of its own. */
export function moved(cursor: Cursor, key: { readonly key: string; readonly shift: boolean }, lanes: Lanes): Cursor | undefined {
  const within = (bucket: number): number => Math.min(lanes.buckets - 1, Math.max(0, bucket))
  const sideways = (bucket: number): Cursor => ({
    lane: cursor.lane,
    bucket: within(bucket),
    ...(key.shift ? { anchor: cursor.anchor ?? cursor.bucket } : {}),
  })
  const lane = (by: number): Cursor => ({
    lane: Math.min(lanes.lanes - 1, Math.max(0, cursor.lane + by)),
    bucket: within(cursor.bucket),
  })
  switch (key.key) {
    case 'ArrowLeft':
      return sideways(cursor.bucket - 1)
    case 'ArrowRight':
      return sideways(cursor.bucket + 1)
    case 'Home':
      return sideways(0)
    case 'End':
      return sideways(lanes.buckets - 1)
    case 'ArrowUp':
      return lane(-1)
    case 'ArrowDown':
      return lane(1)
    case 'n':
    case 'N': {
      const steps = lanes.stepsIn(cursor.lane)
      const next = key.key === 'n' ? steps.find((one) => one > cursor.bucket) : steps.findLast((one) => one < cursor.bucket)
      return next === undefined ? cursor : { lane: cursor.lane, bucket: next }
    }
    default:
      return undefined
  }
}

/** The stretch of time from one bucket to another, both included. */
export function stretch(cursor: Cursor, buckets: { readonly start: number; readonly step: number }): TimeRange {
  const [a, b] = [cursor.bucket, cursor.anchor ?? cursor.bucket]
  return { from: buckets.start + Math.min(a, b) * buckets.step, to: buckets.start + (Math.max(a, b) + 1) * buckets.step }
}
