import type { Cite } from '../evidence/index.ts'
import type { DayOne, Verdict } from '../provenance/index.ts'

/** What a sample tells without a registered copy: systems that can have produced it, days it can be from, operators whose numbers stand in it. */
export type SampleDayOne = Pick<DayOne, 'operators'> &
  Partial<Pick<DayOne, 'systems' | 'window'>> & {
    /** The sample, and the tables it was compared with. */
    readonly cites: readonly Cite[]
  }

/** One sample of the claim, and what was found of it. */
export interface SampleFindings {
  /** Its file; the member of an archive. */
  readonly name: string
  /** The whole of it. */
  readonly cite: Cite
  readonly provenance?: Verdict
  readonly dayOne?: SampleDayOne
}
