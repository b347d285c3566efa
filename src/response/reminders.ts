import { epochMs } from '../base/index.ts'
import { isReminded, leftText } from './deadlines.ts'
import type { DueAnswer } from './duty.ts'

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
    .filter(({ end }) => isReminded(end, since, now))
    .toSorted((a, b) => a.end - b.end || (a.duty.id < b.duty.id ? -1 : 1))
    .map(({ duty, end }) => {
      return `${duty.step}, ${duty.recipient}: ${leftText(end, now)}${duty.start?.provisional === true ? ' (provisional)' : ''} [${duty.id}]`
    })
}
