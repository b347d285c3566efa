import { epochMs } from '../base/index.ts'
import { endOf, localText, periodText, spanText } from './calendar.ts'
import type { Duty, TriggerEvent } from './duty.ts'
import type { Facts } from './facts.ts'
import type { LawRule } from './law.ts'
import { startOf } from './trigger.ts'

type DoneStep = Facts['done'][number]

interface Question {
  readonly rule: LawRule
  readonly zone: string
  readonly events: readonly TriggerEvent[]
  readonly now: number
  /** The duty this one follows, and when that step was taken. */
  readonly previous: Duty | undefined
  readonly previousDone: DoneStep | undefined
  readonly done: DoneStep | undefined
}

interface Clock {
  readonly shown: Pick<Duty, 'start' | 'due' | 'dueText' | 'status'>
  readonly notes: readonly string[]
  readonly readings: NonNullable<Duty['readings']>
}

/** The clock of one rule: start, end, state at `now`, and the words for it. */
export function clockOf(question: Question): Clock {
  return question.rule.after === undefined ? ownClock(question) : chainedClock(question)
}

function ownClock(question: Question): Clock {
  const { rule, zone, events } = question
  const start = startOf(rule, events)
  const readings = readingsOf(question)
  if (start === undefined) {
    const text =
      question.done === undefined ? 'No moment that starts this clock is stated.' : doneText(question.done, undefined, zone)
    return { shown: { dueText: text, status: question.done === undefined ? 'waiting' : 'done' }, notes: [], readings }
  }
  const due = rule.period === undefined ? undefined : endOf({ start: start.at.at, period: rule.period, zone })
  const provisional = !start.decided
  const notes: string[] = []
  if (provisional)
    notes.push('Provisional: no person has decided on the start; the clock runs from the earliest candidate that fits.')
  const earlier = readings.filter((one) => !one.contested && one.at < start.at.at)
  if (!provisional && earlier.length > 0) {
    const first = earlier[0]
    const end = first?.due === undefined ? '' : `; counted from ${first.event} it would end ${localText(first.due, zone)}`
    notes.push(
      `${earlier.length} candidate ${earlier.length === 1 ? 'moment lies' : 'moments lie'} before the decided start${end}.`,
    )
  }
  if (start.at.zone === 'unknown')
    notes.push('The source states no zone for the start; it is read as UTC, and the clock can be off by up to 14 hours.')
  if (start.at.zone === 'assumed') notes.push('The zone of the start is assumed, not stated.')
  if (start.at.bound === 'not-later-than') notes.push('The start is known only as "not later than"; the clock can end earlier.')
  if (rule.contestedNote !== undefined && readings.some((one) => one.contested)) notes.push(rule.contestedNote)
  return {
    shown: {
      start: { at: start.at.at, event: start.id, provisional },
      ...(due === undefined ? {} : { due }),
      ...stateOf(question, { due, from: start.id, provisional }),
    },
    notes,
    readings,
  }
}

/** A step that follows another: it waits until that one is done; how late it can become is said in words. */
function chainedClock(question: Question): Clock {
  const { rule, zone, previous, previousDone } = question
  if (previousDone !== undefined) {
    const start = previousDone.at.at
    const due = rule.period === undefined ? undefined : endOf({ start, period: rule.period, zone })
    const from = previous?.id ?? rule.after ?? ''
    return {
      shown: {
        start: { at: start, event: from, provisional: false },
        ...(due === undefined ? {} : { due }),
        ...stateOf(question, { due, from, provisional: false }),
      },
      notes: [],
      readings: [],
    }
  }
  if (question.done !== undefined) {
    return {
      shown: { dueText: doneText(question.done, undefined, zone), status: 'done' },
      notes: ['The step before it is not recorded as done.'],
      readings: [],
    }
  }
  const span = rule.period === undefined ? (rule.promptly ?? '') : `${periodText(rule.period)} after it`
  const name = previous === undefined ? 'the step before it' : `"${previous.step}"`
  const end =
    previous?.due === undefined || rule.period === undefined ? '' : endOf({ start: previous.due, period: rule.period, zone })
  const latest = end === '' ? '' : `; not after ${localText(end, zone)} if that step is taken by its own date`
  return { shown: { dueText: `Waits for ${name}: ${span}${latest}.`, status: 'waiting' }, notes: [], readings: [] }
}

function stateOf(
  question: Question,
  clock: { readonly due: string | undefined; readonly from: string; readonly provisional: boolean },
): Pick<Duty, 'dueText' | 'status'> {
  const { rule, zone, now, done } = question
  if (done !== undefined) return { status: 'done', dueText: doneText(done, clock.due, zone) }
  const mark = clock.provisional ? ', provisional' : ''
  if (clock.due === undefined || rule.period === undefined) {
    return {
      status: 'running',
      dueText: `${capital(rule.promptly ?? 'without a fixed period')} (from ${clock.from}${mark}); no fixed end.`,
    }
  }
  const end = epochMs(clock.due)
  const overdue = now > end
  const left = overdue ? `overdue by ${spanText(end, now)}` : `${spanText(now, end)} left`
  const promptly = rule.promptly === undefined ? '' : `${capital(rule.promptly)}, and `
  const word = rule.promptly === undefined ? 'By' : 'by'
  return {
    status: overdue ? 'overdue' : 'running',
    dueText: `${promptly}${word} ${localText(clock.due, zone)}: ${periodText(rule.period)} from ${clock.from}${mark}; ${left}.`,
  }
}

function doneText(done: DoneStep, due: string | undefined, zone: string): string {
  const ref = done.ref === undefined ? '' : ` (${done.ref})`
  const late =
    due !== undefined && epochMs(done.at.at) > epochMs(due)
      ? `, ${spanText(epochMs(due), epochMs(done.at.at))} after its date`
      : ''
  return `Done ${localText(done.at.at, zone)}${ref}${late}.`
}

function readingsOf(question: Question): NonNullable<Duty['readings']> {
  const { rule, zone, events } = question
  return events
    .filter((one) =>
      one.decided ? (rule.settledBy ?? []).includes(one.kind) : rule.trigger.includes(one.kind) || contested(rule, one),
    )
    .map((one) => ({
      event: one.id,
      at: one.at.at,
      ...(rule.period === undefined ? {} : { due: endOf({ start: one.at.at, period: rule.period, zone }) }),
      contested: contested(rule, one),
    }))
}

function contested(rule: LawRule, event: TriggerEvent): boolean {
  return !event.decided && (rule.contested ?? []).includes(event.kind)
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
