import type { Plan } from './plan.ts'

export type Level = 'informational' | 'low' | 'medium' | 'high' | 'critical'

/** The kind of log a rule is written for; lower case, '' where the rule does not say. */
export interface LogSource {
  readonly product: string
  readonly category: string
  readonly service: string
}

/** A rule as read from its file, with its detection already turned into a plan. */
export interface Rule {
  /** The rule's own UUID; a content id (`R_…`) when the file gives none. */
  readonly id: string
  /** What correlations and filters may call it instead of its id; '' when the file gives none. */
  readonly name?: string
  readonly title: string
  readonly description: string
  readonly author: string
  /** `stable`, `test`, `experimental`, `deprecated`, `unsupported`, or '' when not stated. */
  readonly status: string
  /** `informational` when the rule states none. */
  readonly level: Level
  readonly tags: readonly string[]
  readonly logsource: LogSource
  readonly plan: Plan
  /** Set when the rule only serves correlations and is not reported on its own. */
  readonly quiet?: true
  /** Where it was read: file name as given, line from 1. */
  readonly file: string
  readonly line: number
}

/** A rule document that was not loaded, and why; a rule is never dropped without one. */
export interface NotLoaded {
  readonly file: string
  /** Line from 1 of the part that could not be understood. */
  readonly line: number
  readonly why: string
}
