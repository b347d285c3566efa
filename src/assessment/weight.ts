import type { Assertion } from '../claims/index.ts'
import type { Sentence } from '../evidence/index.ts'
import type { StoryAnswer } from '../intrusion/index.ts'
import type { LookupReview } from '../lookups/index.ts'
import type { Verdict } from '../provenance/index.ts'
import type { AssessmentStatus, Coverage } from './assessment.ts'

/**
 * Score in bits from which a story counts as an intrusion. Administrators' own tools make stories of 20 to 30 bits (one tool, two
 * hosts): those are leads, and leave an assertion open.
 */
export const storyFloor = 40

/** Everything both rivers found; absent members were not investigated (nothing was handed over). */
export interface Findings {
  /** The operator whose case this is; assertions about others stay open. */
  readonly operator?: string
  readonly provenance?: Verdict
  readonly stories?: StoryAnswer
  readonly lookups?: LookupReview
  readonly coverage: Coverage
  /** Size of the subscriber base, when the inventory states it. */
  readonly subscriberBase?: { readonly count: number; readonly sentence: Sentence }
}

/** What a rule of weighing answers: the deciding ground first. */
export interface Weight {
  readonly status: AssessmentStatus
  readonly grounds: readonly [Sentence, ...Sentence[]]
  readonly missing: readonly string[]
}

/** An open answer: the reason, resting on the words themselves, and what would settle it. */
export function open(assertion: Assertion, text: string, missing: readonly string[]): Weight {
  return { status: 'open', grounds: [{ text, cites: [assertion.cite] }], missing }
}

/** Does the sample agree with a registered copy, alone or with rows of elsewhere mixed in? */
export function agrees(verdict: Verdict | undefined): verdict is Verdict {
  return verdict?.verdict === 'agrees-with-copy' || (verdict?.verdict === 'mixed' && verdict.sources[0] !== undefined)
}
