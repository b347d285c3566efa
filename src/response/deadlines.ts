import { epochMs } from '../base/index.ts'
import { spanText } from './calendar.ts'
import type { TrackedRecommendations } from './recommendations/track.ts'
import type { TrackedRequest } from './requests/track.ts'

/** Something that people said would be done by a time, beside the clocks of laws: a request, a recommendation and its later test. */
export interface Deadline {
  readonly kind: 'request' | 'recommendation' | 'retest'
  /** `RQ1`, `P1`, `R1`. */
  readonly id: string
  readonly text: string
  /** Who is asked, or who owns it. */
  readonly who: string
  /** Its end, ISO 8601 UTC: of a day, the end of that day. */
  readonly end: string
  readonly overdue: boolean
  /** Numbers or ids of the public promises that it keeps. */
  readonly promises?: readonly string[]
  /** Its time comes from a duty with this id: an agreement may be behind it. */
  readonly duty?: string
}

/** What is open by its time, the earliest end first. What is answered, done, dropped or closed, and what has no time, is no deadline. */
export function deadlinesOf(
  given: TrackedRecommendations & { readonly requests: readonly TrackedRequest[]; readonly now: string },
): readonly Deadline[] {
  const { recommendations, promises, requests, now } = given
  const asked = requests.flatMap((one): Deadline[] => {
    if (one.due === undefined || !['drafted', 'sent', 'stated'].includes(one.state)) return []
    const what = one.what.length > 1 ? `${one.what[0]} and ${one.what.length - 1} more` : (one.what[0] ?? one.kind)
    const text = `${one.kind === 'evidence' ? 'evidence' : 'preservation'}: ${what}${one.state === 'drafted' ? ' (nobody sent it yet)' : ''}`
    const duty = one.dueFrom.kind === 'duty' ? { duty: one.dueFrom.duty } : {}
    return [{ kind: 'request', id: one.number, text, who: one.to.name, end: one.due, overdue: one.overdue, ...duty }]
  })
  const taken = recommendations.flatMap((one): Deadline[] => {
    const by = promises.filter((promise) => promise.by.includes(one.id)).map((promise) => promise.id)
    const more = { who: one.owner, id: one.number ?? one.id, ...(by.length === 0 ? {} : { promises: by }) }
    if (one.state === 'adopted') return [day({ ...more, kind: 'recommendation', text: one.text, overdue: one.late }, one.due)]
    if (one.state !== 'done' || one.retestDue === undefined) return []
    return [day({ ...more, kind: 'retest', text: `test again: ${one.text}`, overdue: one.retestLate }, one.retestDue)]
  })
  return [...asked, ...taken]
    .map((one) => ({ ...one, overdue: one.overdue || epochMs(one.end) < epochMs(now) }))
    .toSorted((a, b) => epochMs(a.end) - epochMs(b.end) || (a.id < b.id ? -1 : 1))
}

/** Days are those of UTC, as the states of recommendations count them. */
function day(one: Omit<Deadline, 'end'>, due: string): Deadline {
  return { ...one, end: `${due}T23:59:59.000Z` }
}

/** Hours before an end at which people are reminded; 0 is the end itself. */
const before = [48, 24, 4, 1, 0]

/** Whether one of the moments at which an end is to be remembered lies after `since`, up to and with `now` (epoch milliseconds). */
export function isReminded(end: number, since: number, now: number): boolean {
  return before.some((hours) => end - hours * 3_600_000 > since && end - hours * 3_600_000 <= now)
}

/** What is left until an end, or how long ago it was: `3 hours left`, `its date passed 2 days ago`. */
export function leftText(end: number, now: number): string {
  return end <= now ? `its date passed ${spanText(end, now)} ago` : `${spanText(now, end)} left`
}

/** Hours back from which on somebody who just began to look is told. */
const firstHours = 48

/**
 * Reminders of deadlines that fell due after `since` up to and with `now` (epoch milliseconds), one sentence each, in the order given. Without
 * `since` somebody just began to look: whatever is overdue is told.
 */
export function deadlineReminders(deadlines: readonly Deadline[], since: number | undefined, now: number): string[] {
  return deadlines
    .map((one) => ({ one, end: epochMs(one.end) }))
    .filter(({ one, end }) => (since === undefined && one.overdue) || isReminded(end, since ?? now - firstHours * 3_600_000, now))
    .map(({ one, end }) => `${deadlineText(one)}: ${leftText(end, now)} [${one.id}]`)
}

/** A deadline in words, without its time. */
export function deadlineText({ kind, text, who, promises = [] }: Deadline): string {
  const kept = promises.length === 0 ? '' : ' (promised in public)'
  return kind === 'request' ? `asked of ${who}, ${text}` : `${text}, ${who}${kept}`
}
