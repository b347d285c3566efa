import type { AskedChange, CaseSummary } from '../app/index.ts'
import type { CaseView } from '../sharing/index.ts'
import type { Cite } from '../evidence/index.ts'

// Types of every request and response. The page imports these and nothing else of ours.

export type { CaseSummary, OpenedCite } from '../app/index.ts'
export type {
  Assessment,
  AssessedAssertion,
  AssessmentStatus,
  Affected,
  AffectedGroup,
  Coverage,
  CoverageRow,
} from '../assessment/index.ts'
export type { Fault, Locator, Moment } from '../base/index.ts'
export type { Finding, FindingStatus } from '../casefile/index.ts'
export type { Assertion, Deadline, Post, Statement, Thread } from '../claims/index.ts'
export type { Cite, Sentence } from '../evidence/index.ts'
export type { Story, StoryAnswer } from '../intrusion/index.ts'
export type { LookupReview, WatchedSubscriber } from '../lookups/index.ts'
export type { SourceAnswer, Verdict } from '../provenance/index.ts'
export type { DueAnswer, Duty, LosingSource, LostNext, TriggerEvent } from '../response/index.ts'
export type { CaseView, ExhibitEntry, PersonEntry } from '../sharing/index.ts'

/** `GET /api/cases` */
export interface CaseList {
  readonly cases: readonly CaseSummary[]
  /** Who acts on this page: rulings, notes and decisions are signed with this person's key. */
  readonly actor: string
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

/** `GET /api/cases/:case/notice?duty=ID`: the draft as Markdown. */
export interface NoticeDraft {
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
  readonly error: { readonly code: string; readonly message: string; readonly hint: string }
}
