import type { Story } from '../../../src/server/api.ts'
import { epoch } from '../text/times.ts'
import type { TimeRange } from './time-range.ts'

/** A stretch of a story without a pause longer than a day. */
export interface Bout extends TimeRange {
  readonly steps: number
}

const pause = 24 * 3_600_000

/** A story that comes back after days or months, in its stretches; a story of one stretch has one. */
export function boutsOf(story: Story): Bout[] {
  const marks = [
    ...story.steps.map((one) => ({ at: epoch(one.time), steps: 1 })),
    ...story.lateralMovement.map((one) => ({ at: epoch(one.time), steps: 0 })),
  ]
    .filter((one) => !Number.isNaN(one.at))
    .toSorted((a, b) => a.at - b.at)
  const bouts: { from: number; to: number; steps: number }[] = []
  for (const { at, steps } of marks) {
    const last = bouts.at(-1)
    if (last === undefined || at - last.to > pause) bouts.push({ from: at, to: at, steps })
    else {
      last.to = at
      last.steps += steps
    }
  }
  return bouts
}

/** A bout with room around it, as a range to look at. */
export function aroundBout({ from, to }: Bout): TimeRange {
  const room = Math.max(15 * 60_000, (to - from) * 0.05)
  return { from: from - room, to: to + room }
}
