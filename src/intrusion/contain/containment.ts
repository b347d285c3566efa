import type { Cite, Sentence } from '../../evidence/index.ts'

/** Parts of the plan, in the order in which they are done. What is cut is cut together, in one window. */
export type Phase = 'prepare' | 'preserve' | 'cut' | 'reset' | 'rebuild'

/** What a step of the plan takes away from whoever was in. */
export interface Removed {
  readonly kind: 'host' | 'account' | 'session' | 'persistence' | 'address' | 'secret' | 'access'
  readonly name: string
}

/** One thing to do. */
export interface ContainmentStep {
  /** Number in the plan, from 1; the order in which steps are done. */
  readonly n: number
  readonly phase: Phase
  readonly text: string
  readonly removes?: Removed
  /** Whether the story shows what the step rests on, or it is only suspected; the text says so too. */
  readonly rests: 'shown' | 'suspected'
  /** Numbers of the story's steps it rests on, from 1. */
  readonly steps: readonly number[]
  /** Steps of the plan that must be done first: evidence that this one destroys. */
  readonly after: readonly number[]
  readonly cites: readonly Cite[]
}

/** How to end an intrusion as one story tells it. */
export interface ContainmentPlan {
  /** What must be known before anything is cut: what is open, and where the logs are silent. */
  readonly open: readonly Sentence[]
  readonly steps: readonly ContainmentStep[]
  /** What would show that it did not work, or that somebody came back. */
  readonly watch: readonly Sentence[]
}
