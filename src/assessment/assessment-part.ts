import type { Moment } from '../base/index.ts'
import type { Speaker } from '../claims/index.ts'
import type { Cite, Sentence } from '../evidence/index.ts'
import type { DayRange } from '../events/index.ts'
import type { AssessmentStatus } from './status.ts'
import type { Settling } from './settle.ts'
import type { Strength } from './strength.ts'

/** What is judged apart of one claim (rules A4 to A12). */
export type PartKind =
  | 'access' // somebody was in systems of the operator
  | 'system' // it was the system named
  | 'data' // the data shown are real records
  | 'whose' // they are of the operator's customers
  | 'third-party' // they, or the way in, came from a third party
  | 'personal-data' // what was shown is personal data
  | 'age' // it is new
  | 'amount' // there is as much as said
  | 'disruption' // what is threatened could be done
  | 'defacement'
  | 'sale'
  | 'insider-help'

/** Words that stand beside the evidence: a statement, whoever makes it, is never a ground. */
export interface SaidBeside {
  readonly by: Exclude<Speaker, 'actor'>
  readonly name?: string
  readonly text: string
  readonly at?: Moment
  readonly denies: boolean
  readonly cite: Cite
}

/** One part of a claim, judged for itself. */
export interface AssessedPart {
  /** `thread:name/access`. */
  readonly id: string
  readonly part: PartKind
  /** What is judged, as a sentence that may be true or false. */
  readonly proposition: string
  /** The actor's words that say so; empty where the claim only implies it. */
  readonly asserted: readonly { readonly text: string; readonly cite: Cite }[]
  readonly status: AssessmentStatus
  readonly strength: Strength
  /** The sentence that decides. */
  readonly ground: Sentence
  /** Whose words alone speak of an open part; absent where evidence does, or nobody. */
  readonly restsOn?: string
  readonly for: readonly Sentence[]
  readonly against: readonly Sentence[]
  /** What was possible, and what else is worth knowing: on neither side. */
  readonly beside: readonly Sentence[]
  readonly said: readonly SaidBeside[]
  /** What would settle it; never empty when open. */
  readonly missing: readonly string[]
  readonly settles: readonly Settling[]
  /** Days needed of which nothing handed over can tell; for them the part is open whatever its status. */
  readonly openDays: readonly DayRange[]
  /** What the logs cover, beside everything that rests on logs and is not supported. */
  readonly coverage: readonly Sentence[]
}

/** One claim thread, part by part. */
export interface AssessedThread {
  readonly thread: string
  readonly actor: string
  /** Part by part in one sentence. */
  readonly summary: Sentence
  readonly parts: readonly AssessedPart[]
  /** Whom to ask for what, over all parts, each once; what goes first stands first. */
  readonly asks: readonly Settling[]
}
