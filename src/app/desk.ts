import type { Moment } from '../base/index.ts'
import type { DecisionKind, Finding } from '../casefile/index.ts'
import type { Cite } from '../evidence/index.ts'
import type { LostNext } from '../response/index.ts'
import type { CaseView } from '../sharing/index.ts'
import type { DutiesDesk } from './due-desk.ts'
import type { AskedPeriod } from './lost-next.ts'
import type { AskedChange } from './change-stories.ts'
import type { AtRiskDesk } from './at-risk-desk.ts'
import type { Export } from './export-case.ts'
import type { ExposureView } from './exposure-view.ts'
import type { IntakeDesk } from './intake-desk.ts'
import type { NoticesDesk } from './notices-desk.ts'
import type { PlaybookDesk } from './playbook-desk.ts'
import type { RecommendDesk } from './recommend-desk.ts'
import type { RequestDesk } from './request-desk.ts'
import type { StatedLoss, WrittenRequest } from './preserve.ts'
import type { StoryDesk } from './story-view.ts'
import type { SharedCase, ShareRequest } from './share-case.ts'
import type { SharingState } from './share-state.ts'
import type { TellingDesk } from './telling-desk.ts'
import type { StatementDesk } from './statement-acts.ts'
import type { ReidentifyDesk } from './two-keys.ts'

/** A case in a list. */
export interface CaseSummary {
  readonly id: string
  readonly title: string
  readonly operator: string
  readonly headline: string
  readonly at: string
  readonly generated: boolean
}

/** The original behind a cite, ready to be shown: text only, as it stands in the evidence. */
export interface OpenedCite {
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
  readonly lines: readonly { readonly label: string; readonly text: string; readonly cited: boolean }[]
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
  readonly note?: string
}

/** What a person can do with the cases of a workspace, from the page or the terminal. Every act is signed with `actor`'s key. */
export interface Desk {
  readonly actor: string
  /** Fingerprint of that key. */
  readonly key: string
  cases(): CaseSummary[]
  page(caseId: string): Promise<{ view: CaseView; now: string; actor: string; generated: boolean }>
  /** With a purpose, customers' records come unmasked and the reading is recorded. */
  openCite(caseId: string, cite: Cite, purpose?: string): Promise<OpenedCite>
  rule(
    caseId: string,
    ruling: { finding: string; ruling: 'adopt' | 'reject' | 'park' | 'reopen'; reason: string },
  ): Promise<Finding>
  note(caseId: string, note: { text: string; about?: readonly string[] }): Promise<{ id: string; number: string }>
  decide(
    caseId: string,
    decision: { kind: DecisionKind; text: string; reason: string; moment?: Moment; about?: readonly string[] },
  ): Promise<{ id: string; number: string }>
  /** What the page asks about stories: ways in side by side, events per time, notes on steps. */
  readonly stories: StoryDesk
  /** Cuts or joins stories, by a decision. */
  changeStories(caseId: string, asked: AskedChange): Promise<{ id: string; number: string }>
  /** The HTML report as of now. */
  report(caseId: string): Promise<string>
  /** The draft notice of a duty, as Markdown. */
  notice(caseId: string, duty: string): Promise<string>
  /** Duties, clocks, harm and their documents. */
  readonly duties: DutiesDesk
  /** What to do, step by step. */
  readonly playbooks: PlaybookDesk
  /** What may be said, and versions of the assessment. */
  readonly statements: StatementDesk
  /** What stands open in the estate, and what became of watched pages. */
  exposure(): ExposureView
  /** What is recommended, who took it up, and what is promised in public. */
  readonly recommendations: RecommendDesk
  /** What was asked of vendors and authorities. */
  readonly requests: RequestDesk
  /** Persons whose records were read in secret. */
  readonly atRisk: AtRiskDesk
  /** Notices to authorities and letters to persons: drafted, checked, filed. */
  readonly notices: NoticesDesk
  /** Who must be told: counted, approved, handed out. */
  readonly telling: TellingDesk
  /** Requests to name persons, where two must agree. */
  readonly reidentify: ReidentifyDesk
  /** What others share, taken in. */
  readonly intake: IntakeDesk
  /** A document that leaves the case; recorded in the chain of custody. */
  leave(caseId: string, what: Export): Promise<string>
  /** What is lost next, for a period of days or the one the claim needs. */
  lostNext(caseId: string, period?: AskedPeriod): Promise<LostNext>
  /** The preservation request for a log source; `record` writes its hash into the ledger. */
  preservation(caseId: string, request: { source: string; period?: AskedPeriod; record: boolean }): Promise<WrittenRequest>
  /** Records that records are gone. */
  recordLoss(caseId: string, loss: StatedLoss): Promise<{ id: string; number: string }>
  /** What others may know of the case: shown, and released, written or published where that is asked. */
  share(caseId: string, request: ShareRequest): Promise<SharedCase>
  /** What was released and left, peers, and what they told. */
  sharing(caseId: string): Promise<SharingState>
}
