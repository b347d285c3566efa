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
export { withOwnCalendars } from './own-calendars.ts'
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
export { preservationRequest } from './preservation-request.ts'
export { proposals } from './propose.ts'
export { deadlineReminders, deadlinesOf, deadlineText, type Deadline } from './deadlines.ts'
export { remindersBetween } from './reminders.ts'
export { toCacao } from './playbook/cacao.ts'
export { fromCacao } from './playbook/from-cacao.ts'
export { lintPlaybook, type PlaybookFlaw } from './playbook/lint-playbook.ts'
export { minutesOf, type Playbook } from './playbook/playbook.ts'
export { readStepPlan, startedSteps, type PlannedCut } from './playbook/run.ts'
export {
  keepRecommendAct,
  readRecommendAct,
  recommendActSchema,
  recommendWords,
  type RecommendAct,
} from './recommendations/act.ts'
export { readMitigations, type MitigationTable } from './recommendations/mitigations.ts'
export { promisedInPublic, type LeftStatement } from './recommendations/promised.ts'
export { proposeRecommendations, type ProposedRecommendation } from './recommendations/propose.ts'
export { readRecommendationRules, type RecommendationRule } from './recommendations/rule.ts'
export { signalsOf, type Ground } from './recommendations/signal.ts'
export { groundId, trackRecommendations, type TrackedRecommendations } from './recommendations/track.ts'
export type { EnteredRecommendAct, TrackedRecommendation } from './recommendations/tracked.ts'
export { dataItemOf, sortedItems } from './notices/data-items.ts'
export {
  chainOf,
  documentFormats,
  isAsFiled,
  keepNotice,
  phases,
  readKeptNotice,
  type DocumentFormat,
  type FiledNotice,
  type KeptNotice,
  type Phase,
} from './notices/filed.ts'
export type { NoticeDocument } from './notices/document.ts'
export type { PdfFonts } from './notices/document-pdf.ts'
export { letterDocument } from './notices/letter-document.ts'
export { letterOf, type Letter } from './notices/letter.ts'
export { citeName, type CiteNames } from './notices/cite-names.ts'
export { noticeDocument } from './notices/notice-document.ts'
export { noticeMarkdown } from './notices/notice-markdown.ts'
export type { Filing } from './notices/notice-input.ts'
export { noticeOf, type Notice } from './notices/notice.ts'
export { renderDocument } from './notices/render.ts'
export { keepSaid, letterLanguages, letterParts, readSaid, type LetterPart, type Said } from './notices/said.ts'
export { readNoticeTexts, type LetterLanguage, type NoticeTexts } from './notices/texts.ts'
export {
  keepRequestAct,
  readRequestAct,
  requestActSchema,
  requestWords,
  type RequestAct,
  type RequestTerms,
} from './requests/act.ts'
export { reminderText, requestText } from './requests/request-text.ts'
export { trackRequests, type EnteredRequestAct, type TrackedRequest } from './requests/track.ts'
export { atRiskActSchema, channelKinds, keepAtRiskAct, readAtRiskAct, type AtRiskAct } from './at-risk/act.ts'
export { outsideFlaw } from './at-risk/channel.ts'
export { personsAtRisk } from './at-risk/person.ts'
export { atRiskQueue, type AtRiskQueue, type EnteredAtRiskAct, type Eviction, type QueuedPerson } from './at-risk/queue.ts'
export { briefText, outsideText } from './at-risk/words.ts'
export { checkStatement, earlierText, type Refusal, type StatementCheck } from './statements/check-statement.ts'
export type { Contradiction, Earlier } from './statements/contradictions.ts'
export { draftStatement, type StatementDraft } from './statements/draft.ts'
export { statementFlags, type StatementFlag } from './statements/flags.ts'
export type { StatementKnowledge } from './statements/knowledge.ts'
export { readStatementLanguages, type StatementLanguage } from './statements/language.ts'
export { audiences, type Audience } from './statements/language-schema.ts'
export { shortId, sitrepText, versionsText, type Sitrep, type SitrepLine } from './statements/sitrep.ts'
export {
  keepStatementAct,
  mayActAs,
  readStatements,
  signRoles,
  type KeptStatement,
  type PublicStatement,
  type SignRole,
  type StatementAct,
} from './statements/statement-act.ts'
export { assessmentVersions, type AssessmentVersion } from './statements/version.ts'
