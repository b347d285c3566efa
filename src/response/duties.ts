import { epochMs } from '../base/index.ts'
import { applyLaw } from './apply-law.ts'
import type { Asked, Duty, DueAnswer, NotTriggered, TriggerEvent } from './duty.ts'
import type { Facts } from './facts.ts'
import type { HolidayCalendar } from './holiday-calendar.ts'
import { designationWords, roleWords } from './judgement.ts'
import type { Law } from './law-schema.ts'
import { lawAbout } from './law-words.ts'
import { triggerEvents } from './trigger.ts'

const disclaimer =
  'Not legal advice. The clocks follow rules read on the stated day, some of them in summaries only; have counsel confirm what is due.'

/**
 * What is due, to whom, by when, on these facts at the instant `now` (epoch milliseconds).
 * Duties come sorted by law and step; what does not apply is listed with the reason, what only a person can say is asked.
 */
export function duties(options: {
  readonly facts: Facts
  readonly laws: readonly Law[]
  readonly calendars?: readonly HolidayCalendar[]
  readonly now: number
}): DueAnswer {
  const { facts, now, calendars = [] } = options
  const events = triggerEvents(facts)
  const found: Duty[] = []
  const notTriggered: NotTriggered[] = []
  const asked: Asked[] = []
  for (const law of options.laws) {
    const hidden = lawAbout(law).confidential ? { confidential: true as const } : {}
    const why = whyNot(law, facts)
    if (why !== undefined) {
      notTriggered.push({ law: law.law, ...why, ...hidden })
      continue
    }
    const applied = applyLaw({ law, facts, events, now, calendars })
    const question = askedDesignation(law, facts, applied.found)
    if (question === undefined) {
      found.push(...applied.found)
      notTriggered.push(...applied.notTriggered.map((one) => ({ ...one, ...hidden })))
      asked.push(...applied.asked)
    } else {
      asked.push(question)
      notTriggered.push({
        law: law.law,
        why: 'Binds designated operators only; whether the operator is one is asked.',
        ...hidden,
      })
    }
  }
  return {
    duties: found,
    notTriggered,
    triggerEvents: events,
    asked: [...askedZones(found, events), ...distinct(asked)],
    disclaimer,
  }
}

/** Why a whole law stays out, or undefined when it may apply. */
function whyNot(law: Law, facts: Facts): { readonly why: string; readonly draft?: string } | undefined {
  if (law.status === 'proposed') return { why: 'Proposed, not law; never applied.' }
  if (law.jurisdiction !== undefined && !facts.jurisdictions.map(code).includes(law.jurisdiction))
    return { why: `The facts name no connection with ${law.jurisdiction}.` }
  const designated = law.designation === undefined ? undefined : facts.designations?.[law.designation]
  if (designated === 'no') return { why: 'The operator is stated not to be designated.' }
  const bound = law.origin !== 'law' || law.designation !== undefined || law.roles.some((role) => facts.roles.includes(role))
  if (!bound) return { why: `The operator is not stated to be: ${law.roles.map((role) => roleWords[role]).join(', ')}.` }
  if (law.status === 'uncertain' && !(facts.enabled ?? []).some((one) => one.law === law.id))
    return {
      why: `A draft, half checked: it starts no clock until a named person enables it ("breachline laws enable ${law.id}"). Still to check: ${law.open.join(' ')}`,
      draft: law.id,
    }
  return undefined
}

/** ISO 3166 calls the United Kingdom GB; people write UK. */
function code(jurisdiction: string): string {
  return jurisdiction === 'UK' ? 'GB' : jurisdiction
}

/** The question whether an authority designated the operator, with the first end that would follow; undefined once it is answered. */
function askedDesignation(law: Law, facts: Facts, would: readonly Duty[]): Asked | undefined {
  if (law.designation === undefined) return undefined
  const { role, question } = designationWords[law.designation]
  if (facts.designations?.[law.designation] === 'yes' || facts.roles.includes(role)) return undefined
  const first = would
    .filter((one) => one.due !== undefined && one.status !== 'done')
    .toSorted((a, b) => ((a.due ?? '') < (b.due ?? '') ? -1 : 1))[0]
  const then = first === undefined ? '' : ` If it is: ${first.step}. ${first.dueText}`
  return {
    what: 'designation',
    field: `designations.${law.designation}`,
    text: `${question} The answer stays on this machine and is never exported.${then}`,
    confidential: true,
  }
}

/** Zones of moments that some clock waits for. */
function askedZones(found: readonly Duty[], events: readonly TriggerEvent[]): Asked[] {
  return events
    .filter(
      (one) => one.at.zone === 'unknown' && found.some((duty) => (duty.readings ?? []).some(({ event }) => event === one.id)),
    )
    .map((one) => ({
      what: 'zone-of-event',
      field: 'candidates',
      text: `In which zone is the time of ${one.id} (${one.at.text ?? one.at.at.slice(0, 16).replace('T', ' ')}; ${one.text})? No clock is counted from it until that is stated.`,
    }))
}

function distinct(asked: readonly Asked[]): Asked[] {
  return [...new Map(asked.map((one) => [`${one.what} ${one.field}`, one])).values()]
}

/** The duty whose clock ends next: running or overdue, earliest due first, without those a person decided against; undefined when none has a date. */
export function nextDue(answer: DueAnswer): Duty | undefined {
  return answer.duties
    .filter(
      (one) => one.due !== undefined && (one.status === 'running' || one.status === 'overdue') && one.notNotified === undefined,
    )
    .toSorted((a, b) => epochMs(a.due ?? '') - epochMs(b.due ?? ''))[0]
}

/** What of an answer may leave the house: nothing that rests on a designation or on a person's own file. */
export function leavingDue(answer: DueAnswer): DueAnswer {
  return {
    ...answer,
    duties: answer.duties.filter((one) => one.confidential !== true),
    notTriggered: answer.notTriggered.filter((one) => one.confidential !== true),
    asked: answer.asked.filter((one) => one.confidential !== true),
  }
}
