import { localDate, localText, periodText } from './calendar.ts'
import { doneText, stateOf, type Question, type Run } from './clock-words.ts'
import type { Duty, TriggerEvent } from './duty.ts'
import { endFrom, safeEnd, zoneOfPlace, type End } from './end-range.ts'

import type { LawRule } from './law-schema.ts'
import { startOf } from './trigger.ts'
import { countedBy } from './own-calendars.ts'

interface Clock {
  readonly shown: Pick<Duty, 'start' | 'due' | 'between' | 'delayed' | 'dueText' | 'holidays' | 'status'>
  readonly notes: readonly string[]
  readonly readings: NonNullable<Duty['readings']>
  /** What the end waits for a person to say. */
  readonly asks: readonly ('start' | 'place' | 'calendar')[]
  /** The year that the calendar asked for lacks. */
  readonly lacks?: number
}

/** The clock of one rule: start, end, state at `now`, and the words for it. */
export function clockOf(question: Question): Clock {
  const { fact, rule } = question
  if (fact !== undefined) return runningClock(question, { start: fact.at, from: fact.id, provisional: false })
  return rule.after === undefined ? ownClock(question) : chainedClock(question)
}

function ownClock(question: Question): Clock {
  const { rule, events } = question
  const start = startOf(rule, events)
  const readings = readingsOf(question)
  if (start === undefined) {
    const { done } = question
    const wanted = rule.settledBy?.map((one) => `a decision on ${one}`).join(' or ') ?? 'a moment'
    const none = rule.trigger.every((one) => one === 'assessment' || one === 'materiality')
      ? `Waits for ${wanted}: a named person decides.`
      : 'No moment that starts this clock is stated.'
    const text = done === undefined ? none : doneText(done, undefined, zoneOfPlace(question.place))
    return { shown: { dueText: text, status: done === undefined ? 'waiting' : 'done' }, notes: [], readings, asks: [] }
  }
  const provisional = !start.decided
  const clock = runningClock(question, { start: start.at, from: start.id, provisional })
  return { ...clock, notes: [...clock.notes, ...ownNotes(question, start, readings)], readings }
}

function ownNotes(question: Question, start: TriggerEvent, readings: Clock['readings']): string[] {
  const { rule, events, place } = question
  const notes: string[] = []
  if (!start.decided)
    notes.push('Provisional: no person has decided on the start; the clock runs from the earliest candidate that fits.')
  const earlier = readings.filter((one) => !one.contested && one.at < start.at.at)
  if (start.decided && earlier.length > 0) {
    const first = earlier[0]
    const end =
      first?.due === undefined ? '' : `; counted from ${first.event} it would end ${localText(first.due, zoneOfPlace(place))}`
    notes.push(
      `${earlier.length} candidate ${earlier.length === 1 ? 'moment lies' : 'moments lie'} before the decided start${end}.`,
    )
  }
  const unzoned = events.filter(
    (one) => one !== start && one.at.zone === 'unknown' && !one.decided && rule.trigger.includes(one.kind),
  )
  if (!start.decided && unzoned.length > 0)
    notes.push(
      `The zone of ${unzoned.map((one) => one.id).join(', ')} is not stated; if it came before ${start.id}, the clock ends earlier.`,
    )
  if (start.at.zone === 'unknown') notes.push(`The source states no zone for ${start.id}; it is asked for, not guessed.`)
  if (start.at.zone === 'assumed') notes.push('The zone of the start is assumed, not stated.')
  if (start.at.bound === 'not-later-than') notes.push('The start is known only as "not later than"; the clock can end earlier.')
  if (rule.contestedNote !== undefined && readings.some((one) => one.contested)) notes.push(rule.contestedNote)
  return notes
}

/** A step that follows another: it waits until that one is done; how late it can become is said in words. */
function chainedClock(question: Question): Clock {
  const { rule, place, calendars, previous, previousDone } = question
  if (previousDone !== undefined)
    return runningClock(question, { start: previousDone.at, from: previous?.id ?? rule.after ?? '', provisional: false })
  if (question.done !== undefined) {
    return {
      shown: { dueText: doneText(question.done, undefined, zoneOfPlace(place)), status: 'done' },
      notes: ['The step before it is not recorded as done.'],
      readings: [],
      asks: [],
    }
  }
  const span = rule.period === undefined ? (rule.promptly ?? '') : `${periodText(rule.period)} after it`
  const name = previous === undefined ? 'the step before it' : `"${previous.step}"`
  const end =
    previous?.due === undefined || rule.period === undefined
      ? undefined
      : safeEnd(endFrom({ start: { at: previous.due, zone: 'stated' }, period: rule.period, place, calendars }))
  const latest =
    end === undefined ? '' : `; not after ${localText(end, zoneOfPlace(place))} if that step is taken by its own date`
  return { shown: { dueText: `Waits for ${name}: ${span}${latest}.`, status: 'waiting' }, notes: [], readings: [], asks: [] }
}

function runningClock(question: Question, run: Run): Clock {
  const { rule, place, calendars } = question
  const end = rule.period === undefined ? undefined : endFrom({ start: run.start, period: rule.period, place, calendars })
  const start = { at: run.start.at, event: run.from, provisional: run.provisional }
  const lawful = end?.kind === 'fixed' ? end.at : undefined
  const { delayed, note } = delayOf(question, end)
  const due = delayed?.until ?? lawful
  const counted = lawful === undefined ? undefined : holidaysOf(question, { start: run.start.at, end: lawful })
  const between = end?.kind === 'between' && delayed === undefined ? ([end.from, end.to] as const) : undefined
  return {
    shown: {
      start,
      ...(due === undefined ? {} : { due }),
      ...(between === undefined ? {} : { between }),
      ...(delayed === undefined ? {} : { delayed }),
      ...(counted === undefined ? {} : { holidays: counted.lists }),
      ...stateOf(question, { run, end, due, delayed, counted: counted?.short }),
    },
    notes: [...(note === undefined ? [] : [note]), ...(counted?.notes ?? [])],
    readings: [],
    asks:
      delayed !== undefined || end === undefined || end.kind === 'fixed' ? [] : end.kind === 'between' ? end.asks : ['calendar'],
    ...(end?.kind === 'no-calendar' && end.lacks !== undefined ? { lacks: end.lacks } : {}),
  }
}

/** By whose list of holidays a period of business days was counted. */
function holidaysOf(
  { rule, place, calendars }: Question,
  { start, end }: { readonly start: string; readonly end: string },
): ReturnType<typeof countedBy> | undefined {
  const { period } = rule
  if (period === undefined || !('businessDays' in period)) return undefined
  const calendar = calendars.find((one) => one.id === period.calendar)
  const zone = zoneOfPlace(place)
  return calendar === undefined ? undefined : countedBy(calendar, localDate(start, zone), localDate(end, zone))
}

/** What an authority's grant does: it moves the date only under a law that names the power, and never forward. */
function delayOf(
  { rule, delay, place }: Question,
  end: End | undefined,
): { readonly delayed?: NonNullable<Duty['delayed']>; readonly note?: string } {
  if (delay === undefined) return {}
  const said = `${delay.by} put the date off until ${localText(delay.until.at, zoneOfPlace(place))}${delay.ref === undefined ? '' : ` (${delay.ref})`}`
  if (rule.delay === undefined)
    return {
      note: `${said}. The rule file names no power to put this date off, so the clock is not moved; have counsel confirm the grant.`,
    }
  if (delay.until.zone === 'unknown') return { note: `${said}; the zone of that time is not stated, so the clock is not moved.` }
  const from = end === undefined ? undefined : safeEnd(end)
  if (from !== undefined && delay.until.at <= from)
    return { note: `${said}, which is not after the date of the law; the clock is not moved.` }
  const late = from !== undefined && delay.granted.at > from ? ' The grant came after the date of the law.' : ''
  const { until, by, ref } = delay
  return {
    delayed: { ...(from === undefined ? {} : { from }), until: until.at, by, ...(ref === undefined ? {} : { ref }) },
    note: `${said}. Who may: ${rule.delay.by}; ${rule.delay.text}${late}`,
  }
}

function readingsOf(question: Question): NonNullable<Duty['readings']> {
  const { rule, place, events, calendars } = question
  return events
    .filter((one) =>
      one.decided ? (rule.settledBy ?? []).includes(one.kind) : rule.trigger.includes(one.kind) || contested(rule, one),
    )
    .map((one) => {
      const end = rule.period === undefined ? undefined : endFrom({ start: one.at, period: rule.period, place, calendars })
      return {
        event: one.id,
        at: one.at.at,
        ...(end?.kind === 'fixed' ? { due: end.at } : {}),
        contested: contested(rule, one),
      }
    })
}

function contested(rule: LawRule, event: TriggerEvent): boolean {
  return !event.decided && (rule.contested ?? []).includes(event.kind)
}
