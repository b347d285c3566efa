import type { RecommendAct } from './act.ts'
import type { ProposedRecommendation } from './propose.ts'

/** An act with the decision that keeps it. */
export interface EnteredRecommendAct {
  readonly act: RecommendAct
  /** `D4`. */
  readonly number: string
  readonly by: string
  readonly at: string
  readonly reason: string
}

/** `held`: done, and a later test held. A test that does not hold makes it `adopted` again. */
export type RecommendationState = 'proposed' | 'adopted' | 'done' | 'held' | 'dropped'

/** A recommendation with what people made of it. */
export interface TrackedRecommendation extends Omit<ProposedRecommendation, 'days'> {
  /** `R1`, from the first time somebody ruled on it; absent while it is only proposed. */
  readonly number?: string
  readonly state: RecommendationState
  /** Day offered (proposed) or decided. */
  readonly due: string
  /** Past its day and not done. */
  readonly late: boolean
  /** False when nothing of what it rests on stands any more. */
  readonly rests: boolean
  readonly ruled?: { readonly by: string; readonly at: string; readonly reason: string; readonly decision: string }
  readonly done?: { readonly by: string; readonly at: string; readonly proof: string; readonly exhibits: readonly string[] }
  /** Day by which it is to be tested again, once it is done; and whether that day is past without a test. */
  readonly retestDue?: string
  readonly retestLate: boolean
  readonly tests: readonly {
    readonly by: string
    readonly at: string
    readonly on: string
    readonly passed: boolean
    readonly found: string
    readonly exhibits: readonly string[]
  }[]
}
