import { epochMs } from '../base/index.ts'
import { spanText } from './calendar.ts'
import type { DueAnswer } from './duty.ts'

/** Hours before an end at which people are reminded; 0 is the end itself. */
const before = [48, 24, 4, 1, 0]

/**
 * Reminders that fell due after `since` up to and with `now` (epoch milliseconds), one sentence each, the clock that ends first standing
 * first. Steps that are done, and those decided against, remind of nothing.
 */
export function remindersBetween(answer: DueAnswer, since: number, now: number): string[] {
  return answer.duties
    .flatMap((one) =>
      one.due === undefined || one.status === 'done' || one.notNotified !== undefined
        ? []
        : [{ duty: one, end: epochMs(one.due) }],
    )
    .filter(({ end }) => before.some((hours) => end - hours * 3_600_000 > since && end - hours * 3_600_000 <= now))
    .toSorted((a, b) => a.end - b.end || (a.duty.id < b.duty.id ? -1 : 1))
    .map(({ duty, end }) => {
      const left = end <= now ? `its date passed ${spanText(end, now)} ago` : `${spanText(now, end)} left`
      return `${duty.step}, ${duty.recipient}: ${left}${duty.start?.provisional === true ? ' (provisional)' : ''} [${duty.id}]`
    })
}
