import type { Loss, Preservation } from '../casefile/index.ts'
import type { Days, Losing } from '../inventory/index.ts'

/** What is lost next: log sources of the inventory against the days the claim needs. */
export interface LostNext {
  /** Days of which logs are needed and why; absent when nothing says which. */
  readonly period?: Days & { readonly because: string }
  /** Instant the sources were looked at, ISO 8601 UTC. */
  readonly now: string
  /** The next to lose a day first. */
  readonly sources: readonly LosingSource[]
}

/** One log source with what the case has done about it. */
export interface LosingSource extends Losing {
  /** Exhibits (`E3`) that hold events of needed days, and such that are of this system but whose days were not measured. */
  readonly exhibits: readonly string[]
  readonly unmeasured: readonly string[]
  readonly losses: readonly Pick<Loss, 'number' | 'from' | 'to' | 'lostAt' | 'reason' | 'by' | 'at'>[]
  readonly requests: readonly Pick<Preservation, 'number' | 'from' | 'to' | 'due' | 'by' | 'at'>[]
}
