import type { AskedChange, CaseSummary, PlaybookDesk, RunningPlaybook, StoryNote } from '../app/index.ts'
import type { ExitCode } from '../base/index.ts'
import type { CaseView } from '../sharing/index.ts'
import type { Cite } from '../evidence/index.ts'
import type { DueAct, LawReading, RegisterLine } from '../response/index.ts'

// Types of every request and response. The page imports these and nothing else of ours.

export type { CaseSummary, OpenedCite, StoryDensity, StoryEvents, StoryView } from '../app/index.ts'
export type {
  Assessment,
  AssessedAssertion,
  AssessedPart,
  AssessedThread,
  AssessmentStatus,
  Affected,
  AffectedGroup,
  Coverage,
  CoverageRow,
} from '../assessment/index.ts'
export type { Fault, Locator, Moment } from '../base/index.ts'
export type { Finding, FindingStatus } from '../casefile/index.ts'
export type { Assertion, Clock, Deadline, Post, Reading, Statement, Thread } from '../claims/index.ts'
export type { Cite, Sentence } from '../evidence/index.ts'
export type { Story, StoryAnswer } from '../intrusion/index.ts'
export type { LookupReview, WatchedSubscriber } from '../lookups/index.ts'
export type { SourceAnswer, Verdict } from '../provenance/index.ts'
export type {
  AssessmentVersion,
  Asked,
  Audience,
  Deadline as OpenDeadline,
  DueAct,
  DueAnswer,
  Duty,
  HarmAssessment,
  HarmProposal,
  KeptStatement,
  LawReading,
  LosingSource,
  LostNext,
  RegisterLine,
  StatementCheck,
  StatementDraft,
  TrackedRecommendation,
  TrackedRecommendations,
  TrackedRequest,
  TriggerEvent,
} from '../response/index.ts'
export type { CaseDue, ExposureView, RunningPlaybook, SharedCase, SharingState, ShownFlag, StatementList } from '../app/index.ts'
export type { CaseView, ExhibitEntry, PersonEntry } from '../sharing/index.ts'

/** `GET /api/cases` */
export interface CaseList {
  readonly cases: readonly CaseSummary[]
  /** Who acts on this page: rulings, notes and decisions are signed with this person's key. */
  readonly actor: string
  /** Fingerprint of that key. */
  readonly key: string
}

/** `GET /api/cases/:case` */
export interface CasePage {
  readonly view: CaseView
  /** Now on the machine that serves, ISO 8601 UTC: clocks count down from it. */
  readonly now: string
  readonly actor: string
  readonly generated: boolean
}

/** `POST /api/cases/:case/cite` with a cite: the original it points to. */
export interface CiteRequest {
  readonly cite: Cite
  /** Why the reader needs customers' records unmasked; recorded in the chain of custody. */
  readonly purpose?: string
}

/** `POST /api/cases/:case/rulings` */
export interface RulingRequest {
  readonly finding: string
  readonly ruling: 'adopt' | 'reject' | 'park' | 'reopen'
  readonly reason: string
}

/** `POST /api/cases/:case/notes` */
export interface NoteRequest {
  readonly text: string
  readonly about?: readonly string[]
}

/** `POST /api/cases/:case/decisions`; `moment` (ISO 8601) is needed for `awareness`. */
export interface DecisionRequest {
  readonly kind: 'awareness' | 'containment' | 'notify' | 'do-not-notify' | 'release' | 'scope' | 'handover' | 'other'
  readonly text: string
  readonly reason: string
  readonly moment?: string
  readonly about?: readonly string[]
}

/** `POST /api/cases/:case/story-changes`: what a person cuts from a story, or joins to one. */
export type StoryChangeRequest = AskedChange

/**
 * `POST /api/cases/:case/story-notes`: a note about a story or one of its steps. Beside it `GET .../story-view?story=ID` (`StoryView`),
 * `GET .../story-density?from&to&buckets&host=A&host=B` (`StoryDensity`), `GET .../story-events?from&to&host` (`StoryEvents`).
 */
export type StoryNoteRequest = StoryNote

/** `GET /api/cases/:case/notice?duty=ID`: the draft as Markdown. */
export interface NoticeDraft {
  readonly markdown: string
}

/** `GET /api/cases/-/laws`: the law files in sentences. */
export interface LawList {
  readonly laws: readonly LawReading[]
}

/** `GET /api/cases/-/register`: the breach register of the workspace. */
export interface BreachRegister {
  readonly lines: readonly RegisterLine[]
}

/** `POST /api/cases/:case/due-acts`: what only a person knows or decides, with the reason; kept as a decision. */
export interface DueActRequest {
  readonly act: DueAct
  readonly reason: string
}

/** `GET /api/cases/:case/not-notified?which=D4`: the decision as a document. */
export interface NotNotifiedText {
  readonly markdown: string
}

/** `POST /api/cases/:case/preservation`: the request to the owner of a log source; `record` writes it into the ledger. */
export interface PreservationRequest {
  readonly source: string
  readonly record: boolean
  readonly period?: { readonly from?: string; readonly to?: string }
}

/** Its answer. */
export interface PreservationText {
  readonly text: string
  /** `P1` when it was recorded. */
  readonly number?: string
}

/** `POST /api/cases/:case/losses`: days (`YYYY-MM-DD`, UTC) that are gone; those that retention says are when absent. */
export interface LossRequest {
  readonly source: string
  readonly from?: string
  readonly to?: string
  readonly lostAt?: string
  readonly reason: string
}

/** Every error of every route, with the status code beside it. */
export interface ApiError {
  readonly error: {
    readonly code: string
    readonly message: string
    readonly hint: string
    /** How a command ends that was refused this way: a code of docs/commands.md. */
    readonly exitCode?: ExitCode
  }
}

/** `GET /api/cases/-/playbooks`: playbooks that can be started. */
export interface PlaybookList {
  readonly playbooks: Awaited<ReturnType<PlaybookDesk['known']>>
}

/** `GET /api/cases/:case/playbooks`: playbooks that were started in a case, in the order of their start. */
export interface RunningPlaybooks {
  readonly running: readonly RunningPlaybook[]
}
