import { contentId, type Canonical } from '../base/index.ts'
import { citeKey, type Cite, type Sentence } from '../evidence/index.ts'

/** What a room says; `app` writes it into the case file as a proposed finding. */
export interface Proposal {
  /** Which question it answers. */
  readonly kind: 'claim' | 'provenance' | 'story' | 'lookup' | 'affected' | 'due' | 'assessment' | 'coverage'
  /** What it is about, as a stable key (`assertion:A2`, `sample`, `subscriber:ab12…`). */
  readonly subject: string
  /** Code of the statement made (`sample-agrees-with-copy`); wording may change without changing the finding. */
  readonly code: string
  /** Parameters of the statement: integers, text, fixed decimals as text. Part of the identity. */
  readonly params: { readonly [name: string]: Canonical | undefined }
  readonly cites: readonly Cite[]
  /** The statement in words. */
  readonly text: string
  /** Word from the one table of `docs/glossary.md`; absent where none applies. */
  readonly confidence?: 'low' | 'moderate' | 'high' | 'very high'
  readonly grounds: readonly Sentence[]
  /** Room that says it. */
  readonly producer: string
  /** The room's full result for this subject, as JSON, for pages and exports; not part of the identity. */
  readonly value?: unknown
}

/** The identity of a finding: same evidence and same rules give the same id, wherever and whenever. */
export function findingId(proposal: Proposal): string {
  return contentId('F', {
    kind: proposal.kind,
    subject: proposal.subject,
    code: proposal.code,
    params: proposal.params as Canonical,
    cites: proposal.cites.map(citeKey),
  })
}

export type FindingStatus = 'proposed' | 'adopted' | 'rejected' | 'parked'

/** A proposal in the case file, with what people did to it. */
export interface Finding extends Proposal {
  readonly id: string
  readonly status: FindingStatus
  /** When it was first proposed (ISO 8601 UTC). */
  readonly at: string
  /** The last adoption, rejection or parking. */
  readonly ruling?: { readonly by: string; readonly at: string; readonly reason: string }
  /** Finding that this one replaces, when new evidence changed the answer. */
  readonly supersedes?: string
  /** True when the last investigation no longer says it. */
  readonly withdrawn?: boolean
}
