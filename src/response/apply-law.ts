import { localText } from './calendar.ts'
import { clockOf } from './clock.ts'
import type { Question } from './clock-words.ts'
import type { Asked, Duty, NotTriggered, TriggerEvent } from './duty.ts'
import { asksOf, crossingNote, datesNotes, enabledNotes } from './duty-notes.ts'
import { zoneOfPlace } from './end-range.ts'
import type { Facts } from './facts.ts'
import type { HolidayCalendar } from './holiday-calendar.ts'
import { during, outOfForce, placeOf } from './in-force.ts'
import { roleWords } from './judgement.ts'
import type { Law, LawRule } from './law-schema.ts'
import { lawAbout, statusText } from './law-words.ts'
import { allMet, answerGroups, crossedAt, type Met } from './threshold.ts'
import { settledBy } from './trigger.ts'

interface Applied {
  readonly found: Duty[]
  readonly notTriggered: NotTriggered[]
  readonly asked: Asked[]
}

interface Given {
  readonly law: Law
  readonly facts: Facts
  readonly events: readonly TriggerEvent[]
  readonly calendars: readonly HolidayCalendar[]
  readonly now: number
}

/** Every rule of one law on the facts: duties, steps that fall away with the reason, and what is asked. */
export function applyLaw(given: Given): Applied {
  const { law, facts } = given
  const applied: Applied = { found: [], notTriggered: [], asked: [] }
  const { place, note: placeNote } = placeOf(law, facts)
  const inForce = given.events.filter((one) => during(law, one, place))
  const why = outOfForce(law, { events: given.events, inForce, place })
  if (why !== undefined) return { ...applied, notTriggered: [{ law: law.law, why }] }
  const due = new Map<string, Met>()
  for (const rule of law.rules) {
    const id = `${law.id}/${rule.id}`
    const leave = (reason: string): number =>
      applied.notTriggered.push({ law: law.law, why: `${rule.step}: ${reason}`, duty: id })
    const thresholds = answerGroups(rule.thresholds, facts, due)
    const exemptions = answerGroups(rule.exemptions, facts, due)
    const exempt = exemptions.filter((one) => one.met === 'yes')
    const roles = rule.roles ?? law.roles
    const bound = law.origin !== 'law' || law.designation !== undefined || roles.some((role) => facts.roles.includes(role))
    const met = bound && exempt.length === 0 ? allMet(thresholds) : 'no'
    due.set(rule.id, met)
    const recorded = facts.done.some((one) => one.duty === id || one.duty.startsWith(`${id}#`))
    if (!bound) continue
    if (met === 'no' && !recorded) {
      const failed = thresholds.filter((one) => one.met === 'no').map((one) => one.text)
      leave(
        exempt.length > 0 ? `exempt: ${exempt.map((one) => one.text).join('; ')}.` : `threshold not met: ${failed.join('; ')}.`,
      )
      continue
    }
    const decided = settledBy(rule, given.events)
    if (decided !== undefined && !inForce.includes(decided)) {
      leave(
        `the decided moment (${localText(decided.at.at, zoneOfPlace(place))}) lies outside the time in which the law is in force.`,
      )
      continue
    }
    const crossings = rule.thresholds.flatMap((group) => crossedAt(group, facts, due) ?? [])
    const notes = [
      ...datesNotes({ law, rule, events: given.events, inForce }),
      ...crossings.map((one) => crossingNote(one, { rule, place, calendars: given.calendars })),
      ...enabledNotes(law, facts),
      ...(placeNote === undefined ? [] : [placeNote]),
      ...rule.notes,
    ]
    for (const part of partsOf(rule, id, facts)) {
      const previousId = `${law.id}/${rule.after}`
      const question: Question = {
        rule,
        place,
        calendars: given.calendars,
        events: inForce,
        now: given.now,
        previous: rule.after === undefined ? undefined : applied.found.find((one) => one.id === previousId),
        previousDone: rule.after === undefined ? undefined : facts.done.find((one) => one.duty === previousId),
        done: facts.done.find((one) => one.duty === part.id),
        delay: (facts.delays ?? []).findLast((one) => one.duty === part.id),
        ...(part.fact === undefined ? {} : { fact: part.fact }),
      }
      const clock = clockOf(question)
      applied.asked.push(...asksOf(clock, { law, rule, calendars: given.calendars }))
      applied.found.push({
        ...ruleOf({ law, rule, facts }),
        id: part.id,
        step: part.step,
        ...clock.shown,
        ...decidedAgainst(part.id, facts),
        thresholds,
        exemptions: exemptions.filter((one) => one.met === 'unknown'),
        notes: [...clock.notes, ...notes],
        readings: clock.readings,
      })
    }
  }
  return applied
}

type Part = {
  readonly id: string
  readonly step: string
  readonly fact?: { readonly id: string; readonly at: Facts['candidates'][number]['at'] }
}

/** A rule gives one duty; one that arises with each new fact gives one per fact (`ID#1`), in the order in which they were recorded. */
function partsOf(rule: LawRule, id: string, facts: Facts): Part[] {
  if (!rule.trigger.includes('new-fact')) return [{ id, step: rule.step }]
  return (facts.newFacts ?? []).map((one, n) => ({
    id: `${id}#${n + 1}`,
    step: `${rule.step}: ${one.text}`,
    fact: { id: `F${n + 1}`, at: one.at },
  }))
}

/** The last decision that no notice is given; taken back by recording the step as done. */
function decidedAgainst(id: string, facts: Facts): Pick<Duty, 'notNotified'> {
  const decided = (facts.notNotified ?? []).findLast((one) => one.duty === id)
  if (decided === undefined || facts.done.some((one) => one.duty === id)) return {}
  return { notNotified: { by: decided.by, at: decided.at.at, reason: decided.reason } }
}

/** What of a duty does not depend on its clock. */
function ruleOf({ law, rule, facts }: { readonly law: Law; readonly rule: LawRule; readonly facts: Facts }) {
  const about = lawAbout(law)
  const owedBy = rule.roles === undefined ? {} : { owedBy: rule.roles.map((role) => roleWords[role]).join(', ') }
  return {
    law: law.law,
    jurisdiction: about.jurisdiction,
    origin: law.origin,
    ...(about.confidential ? { confidential: true as const } : {}),
    ...owedBy,
    recipient: rule.recipient,
    trigger: rule.trigger[0] ?? ('awareness' as const),
    fields: formFields(law, rule, facts),
    source: { text: rule.source.text, url: rule.source.url ?? '', read: rule.source.read },
    lawStatus: statusText(law, rule.source.basis),
    effectiveFrom: law.effectiveFrom ?? 'a day not established',
    cite: { kind: 'reference' as const, file: `${about.folder}/${law.id}.yml`, version: law.version, key: rule.id },
    lawNotes: [...law.notes, ...law.standing.map((one) => one.text)],
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
