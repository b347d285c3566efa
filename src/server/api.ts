import type { CaseView } from '../sharing/index.ts'
import type { Cite } from '../evidence/index.ts'

// Types of every request and response. The page imports these and nothing else of ours.

export type { Assessment, AssessedAssertion, AssessmentStatus, Affected, AffectedGroup, Coverage } from '../assessment/index.ts'
export type { Fault, Locator, Moment } from '../base/index.ts'
export type { Finding, FindingStatus } from '../casefile/index.ts'
export type { Assertion, Deadline, Post, Statement, Thread } from '../claims/index.ts'
export type { Cite, Sentence } from '../evidence/index.ts'
export type { Story, StoryAnswer } from '../intrusion/index.ts'
export type { LookupReview, WatchedSubscriber } from '../lookups/index.ts'
export type { SourceAnswer, Verdict } from '../provenance/index.ts'
export type { DueAnswer, Duty, TriggerEvent } from '../response/index.ts'
export type { CaseView, ExhibitEntry, PersonEntry } from '../sharing/index.ts'

/** `GET /api/cases` */
export interface CaseList {
  readonly cases: readonly CaseSummary[]
  /** Who acts on this page: rulings, notes and decisions are signed with this person's key. */
  readonly actor: string
}

export interface CaseSummary {
  readonly id: string
  readonly title: string
  readonly operator: string
  readonly headline: string
  /** When it was last investigated, ISO 8601 UTC; '' before. */
  readonly at: string
  readonly generated: boolean
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

/** What the evidence drawer shows. Text is as in the evidence: the page shows it as text, escaped and printable. */
export interface OpenedCite {
  /** `E3 record 12`. */
  readonly label: string
  readonly exhibit?: {
    readonly number: string
    readonly name: string
    readonly kind: string
    readonly sha256: string
    readonly size: number
    readonly mode: 'copied' | 'referenced'
    readonly acquired: string
  }
  /** The place itself with what stands before and after it. */
  readonly lines: readonly { readonly label: string; readonly text: string; readonly cited: boolean }[]
  /** Picture as data URL, for cites of pictures. */
  readonly picture?: string
  /** True when personal values are starred out; a purpose shows them. */
  readonly masked?: boolean
  readonly custody: readonly {
    readonly seq: number
    readonly at: string
    readonly act: string
    readonly by: string
    readonly hash: string
  }[]
  /** What the reader should know: the cite is of a set and only the first are shown, the original cannot be opened, … */
  readonly note?: string
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

/** `GET /api/cases/:case/notice?duty=ID`: the draft as Markdown. */
export interface NoticeDraft {
  readonly markdown: string
}

/** Every error of every route, with the status code beside it. */
export interface ApiError {
  readonly error: { readonly code: string; readonly message: string; readonly hint: string }
}
