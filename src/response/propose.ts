import type { Proposal } from '../casefile/index.ts'
import { citeKey, type Cite } from '../evidence/index.ts'
import { canonicalJson } from '../base/index.ts'
import type { DueAnswer, Duty, TriggerEvent } from './duty.ts'

/**
 * One proposal per duty and one for the earliest candidate moment. What depends on the time of asking (running, overdue) is
 * no part of a finding's identity: the same facts and laws give the same findings at any hour. Findings leave with the case, so what rests
 * on a designation or on a person's own file is none.
 */
export function proposals(answer: DueAnswer): Proposal[] {
  const earliest = answer.triggerEvents.find((one) => one.earliest)
  return [
    ...(earliest === undefined ? [] : [proposeEarliest(earliest, answer.triggerEvents.length)]),
    ...answer.duties.filter((one) => one.confidential !== true).map((one) => proposeDuty(one, answer.triggerEvents)),
  ]
}

function proposeEarliest(event: TriggerEvent, count: number): Proposal {
  return {
    kind: 'due',
    subject: 'trigger:earliest',
    code: 'earliest-candidate-moment',
    params: { kind: event.kind, at: event.at.at, zone: event.at.zone, candidates: count },
    cites: event.ground.cites,
    text: `Of ${count} moments from which clocks could run, the earliest moment of knowledge is ${event.at.at} (${event.kind}): ${event.text}`,
    grounds: [event.ground],
    producer: 'response',
    value: event,
  }
}

function proposeDuty(duty: Duty, events: readonly TriggerEvent[]): Proposal {
  const event = events.find((one) => one.id === duty.start?.event)
  const grounds = event === undefined ? [] : [event.ground]
  const met = duty.thresholds.some((one) => one.met === 'unknown') ? 'unknown' : 'yes'
  return {
    kind: 'due',
    subject: `duty:${duty.id}`,
    code: duty.status === 'done' ? 'duty-done' : duty.start === undefined ? 'duty-waits' : 'duty-clock-runs',
    params: {
      ...(duty.start === undefined ? {} : { start: duty.start.at, provisional: duty.start.provisional }),
      ...(duty.due === undefined ? {} : { due: duty.due }),
      thresholds: met,
    },
    cites: distinct([...(duty.cite === undefined ? [] : [duty.cite]), ...grounds.flatMap((one) => one.cites)]),
    text: `${duty.step} (${duty.recipient}; ${duty.law})${textOf(duty, met)}`,
    grounds,
    producer: 'response',
    value: duty,
  }
}

function textOf(duty: Duty, met: string): string {
  const open = met === 'unknown' ? '; a threshold is not decided' : ''
  if (duty.status === 'done') return `: done${open}.`
  if (duty.start === undefined) return `: waits for its start${open}.`
  const mark = duty.start.provisional ? ', provisional' : ''
  if (duty.due === undefined) return `: due from ${duty.start.at}${mark}, without a fixed end${open}.`
  return `: due by ${duty.due}, counted from ${duty.start.at}${mark}${open}.`
}

function distinct(cites: readonly Cite[]): Cite[] {
  return [...new Map(cites.map((one) => [canonicalJson(citeKey(one)), one])).values()]
}
