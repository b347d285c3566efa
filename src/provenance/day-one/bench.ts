import type { Reason, Standing } from './answer.ts'
import type { SampleCells } from './sample-cells.ts'
import type { SystemEvidence } from './system-evidence.ts'
import type { OpenDays } from './turnover.ts'

/** A standing with its reasons, the weightiest first. */
export interface Stood {
  readonly standing: Standing
  readonly reasons: readonly Reason[]
}

/** What a system is held against: the other systems, the rows that any of them recognises, and the days still open. */
export interface Bench {
  readonly sample: SampleCells
  readonly systems: readonly SystemEvidence[]
  readonly recognised: ReadonlySet<number>
  readonly open: OpenDays
}
