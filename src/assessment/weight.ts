import type { Assertion } from '../claims/index.ts'
import type { Sentence } from '../evidence/index.ts'
import type { Verdict } from '../provenance/index.ts'
import type { AssessmentStatus } from './status.ts'
import type { Need } from './need.ts'
import type { Strength } from './strength.ts'

/** What is asserted, as far as weighing looks at it; an assertion, a reading, or what a thread implies. */
export type Asserted = Omit<Assertion, 'id' | 'kind' | 'by' | 'also'>

/** What a rule of weighing answers: the deciding ground first. */
export interface Weight {
  readonly status: AssessmentStatus
  readonly grounds: readonly [Sentence, ...Sentence[]]
  /** Evidence on either side; never a statement. Empty on both sides: nothing at hand bears on it. */
  readonly for: readonly Sentence[]
  readonly against: readonly Sentence[]
  readonly strength: Strength
  /** What would settle it; what is only worth knowing besides, when the status is not open. */
  readonly needs: readonly Need[]
}

/** An open answer on which nothing bears: the reason, resting on the words themselves, and what would settle it. */
export function open(asserted: Pick<Asserted, 'cite'>, text: string, needs: readonly Need[]): Weight {
  return { status: 'open', grounds: [{ text, cites: [asserted.cite] }], for: [], against: [], strength: 'none', needs }
}

/** Evidence decides it, one way or the other. */
export function decided(
  status: 'supported' | 'contradicted',
  grounds: Weight['grounds'],
  { strength, needs = [] }: { readonly strength: Strength; readonly needs?: readonly Need[] },
): Weight {
  return { status, grounds, ...sides(status === 'supported', grounds), strength, needs }
}

/** Evidence bears on it and does not suffice; `grounds` are those of the side it leans to. */
export function leaning(
  to: 'for' | 'against',
  grounds: Weight['grounds'],
  { strength, needs }: { readonly strength: Strength; readonly needs: readonly Need[] },
): Weight {
  return { status: 'open', grounds, ...sides(to === 'for', grounds), strength, needs }
}

function sides(speaksFor: boolean, grounds: Weight['grounds']): Pick<Weight, 'for' | 'against'> {
  return speaksFor ? { for: grounds, against: [] } : { for: [], against: grounds }
}

/** Does the sample agree with a registered copy, alone or with rows of elsewhere mixed in? */
export function agrees(verdict: Verdict | undefined): verdict is Verdict {
  return verdict?.verdict === 'agrees-with-copy' || (verdict?.verdict === 'mixed' && verdict.sources[0] !== undefined)
}
