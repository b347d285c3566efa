export { breachRegister, registerCsv, type RegisterLine } from './breach-register.ts'
export { localText } from './calendar.ts'
export { factsFrom, type CaseKnowledge } from './derive-facts.ts'
export { duties, leavingDue, nextDue } from './duties.ts'
export type { Asked, DueAnswer, Duty, TriggerEvent, TriggerKind } from './duty.ts'
export { dueActSchema, keepAct, readAct, withActs, type DueAct, type EnteredAct } from './due-act.ts'
export { factsAt } from './facts-at.ts'
export { factsJsonSchema, readFacts, type AwarenessDecision, type Candidate, type Facts } from './facts.ts'
export { assessHarm, type HarmAssessment, type HarmProposal } from './harm.ts'
export { dataKindsOf, harmFields } from './harm-facts.ts'
export { eventKinds } from './facts-schema.ts'
export { formKeys } from './form-key.ts'
export { readCalendars, type HolidayCalendar } from './holiday-calendar.ts'
export { icsOf } from './ics.ts'
export {
  designations,
  judgementKeys,
  judgementWords,
  roles,
  type Designation,
  type JudgementKey,
  type Role,
} from './judgement.ts'
export { readingOf, type LawReading } from './law-reading.ts'
export { readLaws } from './law.ts'
export type { Law } from './law-schema.ts'
export { lintLaw, type LawFlaw } from './lint-law.ts'
export type { LosingSource, LostNext } from './lost-next.ts'
export { notNotifiedText, type NotNotified } from './not-notify.ts'
export { noticeDraft } from './notice.ts'
export { preservationRequest } from './preservation-request.ts'
export { proposals } from './propose.ts'
export { remindersBetween } from './reminders.ts'
export { toCacao } from './playbook/cacao.ts'
export { fromCacao } from './playbook/from-cacao.ts'
export { lintPlaybook, type PlaybookFlaw } from './playbook/lint-playbook.ts'
export { minutesOf, type Playbook } from './playbook/playbook.ts'
export { readStepPlan, startedSteps, type PlannedCut } from './playbook/run.ts'
