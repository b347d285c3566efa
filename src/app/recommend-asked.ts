import type { ProposedRecommendation, RecommendAct, TrackedRecommendations } from '../response/index.ts'

/** What a person asks of a recommendation; who adopts it names owner and day, the rest of what is kept is how it reads then. */
export type AskedRecommendAct =
  | Exclude<RecommendAct, { act: 'adopt' }>
  | { readonly act: 'adopt'; readonly recommendation: string; readonly owner: string; readonly due: string }
  | {
      readonly act: 'write'
      readonly recommendation: string
      readonly text: string
      readonly owner: string
      readonly due: string
      /** Id of a finding, or key of a gap that a recommendation rests on. */
      readonly ground: string
      readonly techniques: readonly string[]
      readonly mitigations: readonly string[]
      readonly proof: string
      readonly retest: string
      readonly retestDays: number
    }

/** What is proposed in a case, and what people made of it. */
export interface RecommendState {
  readonly proposed: readonly ProposedRecommendation[]
  readonly tracked: TrackedRecommendations
}
