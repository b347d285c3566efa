import { unreachable } from '../base/index.ts'
import { decisions } from '../casefile/index.ts'
import { judgementWords, readAct, type DueAct, type EnteredAct } from '../response/index.ts'
import type { CaseStore } from './case-store.ts'

/** What people entered for the clocks of a case, in the order in which they did, each with the decision that keeps it. */
export function enteredActs(store: Pick<CaseStore, 'db'>): (EnteredAct & { readonly number: string })[] {
  return decisions(store.db).flatMap((one) => {
    const act = readAct(one.change)
    if (act === undefined) return []
    const cites = [{ kind: 'decision' as const, id: one.id }]
    return [{ act, by: one.by.join(', '), at: one.at, reason: one.reason, cites, number: one.number }]
  })
}

/** An act in a sentence, as its decision says it. */
export function actWords(act: DueAct): string {
  switch (act.act) {
    case 'judge':
      return `${capital(judgementWords[act.question])}: ${act.answer}`
    case 'moment':
      return `The moment of ${act.kind.replaceAll('-', ' ')} is ${act.at}`
    case 'done':
      return `Done: ${act.duty}, ${act.at}${act.ref === undefined ? '' : ` (${act.ref})`}`
    case 'delay':
      return `${act.by} put ${act.duty} off until ${act.until}, granted ${act.granted}${act.ref === undefined ? '' : ` (${act.ref})`}`
    case 'count':
      return `Persons affected from ${act.at} on: ${[act.min === undefined ? '' : `at least ${act.min}`, act.max === undefined ? '' : `at most ${act.max}`].filter((one) => one !== '').join(', ') || 'not known'}`
    case 'new-fact':
      return `New fact of ${act.at}: ${act.text}`
    case 'entry':
      return `Form field ${act.key}: ${act.text}`
    case 'harm':
      return `Facts for the assessment of harm: ${Object.entries(act.harm)
        .map(([name, value]) => `${name} ${String(value)}`)
        .join('; ')}`
    case 'zone':
      return `The authority of ${act.jurisdiction} sits in ${act.zone}`
    case 'enable-law':
      return `The draft ${act.law} is enabled for this case`
    case 'not-notify':
      return `No notice: ${act.duty}`
    default:
      return unreachable(act)
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
