import { epochMs, type Moment } from '../base/index.ts'
import { localText, periodText, spanText } from './calendar.ts'
import type { Duty, TriggerEvent } from './duty.ts'
import { zoneOfPlace, type End, type Place } from './end-range.ts'
import type { Facts, GrantedDelay } from './facts.ts'
import type { HolidayCalendar } from './holiday-calendar.ts'
import { lackText } from './own-calendars.ts'
import type { LawRule } from './law-schema.ts'

/** What the clock of one rule is asked on. */
export interface Question {
  readonly rule: LawRule
  readonly place: Place
  readonly calendars: readonly HolidayCalendar[]
  readonly events: readonly TriggerEvent[]
  readonly now: number
  /** The duty this one follows, and when that step was taken. */
  readonly previous: Duty | undefined
  readonly previousDone: Facts['done'][number] | undefined
  readonly done: Facts['done'][number] | undefined
  /** The last grant of a delay for this duty. */
  readonly delay: GrantedDelay | undefined
  /** A later fact that the duty arises with. */
  readonly fact?: { readonly id: string; readonly at: Moment }
}

/** From where a clock runs. */
export interface Run {
  readonly start: Moment
  readonly from: string
  readonly provisional: boolean
}

/** State of a clock at `now` and the words for it. */
export function stateOf(
  question: Question,
  clock: {
    readonly run: Run
    readonly end: End | undefined
    readonly due: string | undefined
    readonly delayed: Duty['delayed']
    /** By whose list of holidays business days were counted. */
    readonly counted: string | undefined
  },
): Pick<Duty, 'dueText' | 'status'> {
  const { rule, now, done } = question
  const zone = zoneOfPlace(question.place)
  const { run, end, due, delayed, counted } = clock
  if (done !== undefined) return { status: 'done', dueText: doneText(done, due, zone) }
  const mark = run.provisional ? ', provisional' : ''
  if (due !== undefined) {
    const at = epochMs(due)
    const overdue = now > at
    const left = overdue ? `overdue by ${spanText(at, now)}` : `${spanText(now, at)} left`
    const promptly = rule.promptly === undefined ? '' : `${capital(rule.promptly)}, and `
    const word = rule.promptly === undefined ? 'By' : 'by'
    const why =
      delayed !== undefined
        ? `put off by ${delayed.by}${delayed.from === undefined ? '' : ` from ${localText(delayed.from, zone)}`}`
        : `${rule.period === undefined ? '' : periodText(rule.period)} from ${run.from}${mark}${counted === undefined ? '' : `, counted ${counted}`}`
    return { status: overdue ? 'overdue' : 'running', dueText: `${promptly}${word} ${localText(due, zone)}: ${why}; ${left}.` }
  }
  if (end === undefined || rule.period === undefined)
    return {
      status: 'running',
      dueText: `${capital(rule.promptly ?? 'without a fixed period')} (from ${run.from}${mark}); no fixed end.`,
    }
  const period = periodText(rule.period)
  if (end.kind === 'no-calendar')
    return {
      status: 'waiting',
      dueText: `${capital(period)} from ${run.from}${mark}: ${lackText(question.calendars, end)}, so no date is counted.`,
    }
  if (end.kind === 'fixed') return { status: 'running', dueText: '' }
  const asked = end.asks.map((one) => (one === 'start' ? `the zone of ${run.from}` : 'the zone of the authority')).join(' and ')
  const over = now > epochMs(end.to)
  return {
    status: over ? 'overdue' : 'waiting',
    dueText: `Asked for: ${asked}. ${capital(period)} from ${run.from}${mark} end between ${localText(end.from, 'UTC')} and ${localText(end.to, 'UTC')}${over ? '; over in every zone' : ''}.`,
  }
}

/** When a step was taken, and how late. */
export function doneText(done: Facts['done'][number], due: string | undefined, zone: string): string {
  const ref = done.ref === undefined ? '' : ` (${done.ref})`
  const late =
    due !== undefined && epochMs(done.at.at) > epochMs(due)
      ? `, ${spanText(epochMs(due), epochMs(done.at.at))} after its date`
      : ''
  return `Done ${localText(done.at.at, zone)}${ref}${late}.`
}

/** The text with its first letter large. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
