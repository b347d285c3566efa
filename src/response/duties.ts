import { epochMs } from '../base/index.ts'
import { isZone } from './calendar.ts'
import { clockOf } from './clock.ts'
import type { Duty, DueAnswer, TriggerEvent } from './duty.ts'
import type { Facts } from './facts.ts'
import { roleWords } from './judgement.ts'
import type { Law, LawRule } from './law.ts'
import { allMet, answerThresholds, type Met } from './threshold.ts'
import { triggerEvents } from './trigger.ts'

const disclaimer =
  'Not legal advice. The clocks follow rules read on the stated day, some of them in summaries only; have counsel confirm what is due.'

/**
 * What is due, to whom, by when, on these facts at the instant `now` (epoch milliseconds).
 * Duties come sorted by law and step; what does not apply is listed with the reason.
 */
export function duties(options: { readonly facts: Facts; readonly laws: readonly Law[]; readonly now: number }): DueAnswer {
  const { facts, now } = options
  const events = triggerEvents(facts)
  const found: Duty[] = []
  const notTriggered: { law: string; why: string; duty?: string }[] = []
  for (const law of options.laws) {
    const why = whyNot(law, facts, events)
    if (why === undefined) applyLaw({ law, facts, events, now, found, notTriggered })
    else notTriggered.push({ law: law.law, why })
  }
  return { duties: found, notTriggered, triggerEvents: events, disclaimer }
}

/** Why a whole law stays out, or undefined when it applies. */
function whyNot(law: Law, facts: Facts, events: readonly TriggerEvent[]): string | undefined {
  if (law.status === 'proposed') return 'Proposed, not law; never applied.'
  if (!facts.jurisdictions.includes(law.jurisdiction)) return `The facts name no connection with ${law.jurisdiction}.`
  if (!law.roles.some((role) => facts.roles.includes(role))) {
    return `The operator is not stated to be: ${law.roles.map((role) => roleWords[role]).join(', ')}.`
  }
  const last = events.findLast((one) => one.kind !== 'occurrence') ?? events.at(-1)
  if (last !== undefined && last.at.at.slice(0, 10) < law.effectiveFrom)
    return `In force only from ${law.effectiveFrom}, after every event stated.`
  const first = events[0]
  if (law.effectiveTo !== undefined && first !== undefined && first.at.at.slice(0, 10) > law.effectiveTo) {
    return `In force only until ${law.effectiveTo}, before every event stated.`
  }
  return undefined
}

function applyLaw(options: {
  readonly law: Law
  readonly facts: Facts
  readonly events: readonly TriggerEvent[]
  readonly now: number
  readonly found: Duty[]
  readonly notTriggered: { law: string; why: string; duty?: string }[]
}): void {
  const { law, facts, found, notTriggered } = options
  const due = new Map<string, Met>()
  const zone = zoneOf(law, facts)
  for (const rule of law.rules) {
    const id = `${law.id}/${rule.id}`
    const thresholds = answerThresholds(rule, facts, due)
    const met = allMet(thresholds)
    due.set(rule.id, met)
    const done = facts.done.find((one) => one.duty === id)
    if (met === 'no' && done === undefined) {
      const failed = thresholds.filter((one) => one.met === 'no').map((one) => one.text)
      notTriggered.push({ law: law.law, why: `${rule.step}: threshold not met: ${failed.join('; ')}.`, duty: id })
      continue
    }
    const previous = rule.after === undefined ? undefined : found.find((one) => one.id === `${law.id}/${rule.after}`)
    const previousDone = facts.done.find((one) => one.duty === `${law.id}/${rule.after}`)
    const clock = clockOf({ rule, zone: zone.zone, events: options.events, now: options.now, previous, previousDone, done })
    found.push({
      id,
      law: law.law,
      jurisdiction: law.jurisdiction,
      recipient: rule.recipient,
      step: rule.step,
      trigger: rule.trigger[0] ?? 'awareness',
      ...clock.shown,
      thresholds,
      fields: formFields(law, rule, facts),
      source: { text: rule.source.text, url: rule.source.url, read: rule.source.read },
      lawStatus: statusText(law, rule),
      effectiveFrom: law.effectiveFrom,
      cite: { kind: 'reference', file: `data/laws/${law.id}.yml`, version: law.version, key: rule.id },
      notes: [...clock.notes, ...(zone.note === undefined ? [] : [zone.note]), ...rule.notes],
      lawNotes: law.notes,
      readings: clock.readings,
    })
  }
}

function zoneOf(law: Law, facts: Facts): { zone: string; note?: string } {
  const given = facts.zones[law.jurisdiction]
  if (given !== undefined) return { zone: given }
  if (law.zone !== 'authority' && isZone(law.zone)) return { zone: law.zone }
  if (facts.zone !== undefined)
    return { zone: facts.zone, note: `The zone of the authority is not stated; days are counted in ${facts.zone}.` }
  return { zone: 'UTC', note: 'The zone of the authority is not stated; days are counted in UTC.' }
}

function statusText(law: Law, rule: LawRule): string {
  const word = law.status === 'in-force' ? 'in force' : law.status
  switch (rule.source.basis) {
    case 'text':
      return `${word}; the law's text was read`
    case 'summary':
      return `${word}; read in a summary`
    case 'excerpt':
      return `${word}; read in an excerpt`
    case 'memory':
      return `${word}; from memory, not checked`
  }
}

function formFields(law: Law, rule: LawRule, facts: Facts): Duty['fields'] {
  const form = law.forms.find((one) => one.id === rule.form)
  return (form?.fields ?? []).map((field) => {
    const entry = facts.entries[field.key]
    if (entry === undefined) return { key: field.key, label: field.label }
    return { key: field.key, label: field.label, value: entry.text, ground: { text: entry.text, cites: entry.cites } }
  })
}

/** The duty whose clock ends next: running or overdue, earliest due first; undefined when none has a date. */
export function nextDue(answer: DueAnswer): Duty | undefined {
  return answer.duties
    .filter((one) => one.due !== undefined && (one.status === 'running' || one.status === 'overdue'))
    .toSorted((a, b) => epochMs(a.due ?? '') - epochMs(b.due ?? ''))[0]
}
