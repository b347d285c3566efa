import type { Fault } from '../base/index.ts'
import type { Cite, Sentence } from '../evidence/index.ts'

/** The answer to "is it real, and whose copy is it?". Probabilities are fractions of 1. */
export interface Verdict {
  /** Rows that stand in the sample, rows that could be read as records, rows with a usable identifier. */
  readonly rows: number
  readonly read: number
  readonly identified: number
  /** Distinct persons by identifier; absent when the sample was too large to tell row by row. */
  readonly persons?: number
  readonly columns: readonly { readonly name: string; readonly meaning: string }[]
  /** The five sum to 1. */
  readonly kind: Readonly<Record<'real' | 'recycled' | 'fabricated' | 'mixed' | 'combo', number>>
  /** Posterior over copies, most likely first. With `unknownCopy`, `knownLeaks` and `fabricated` it sums to 1. */
  readonly sources: readonly SourceAnswer[]
  readonly unknownCopy: number
  readonly knownLeaks: readonly { readonly leak: string; readonly posterior: number; readonly containment: number }[]
  readonly fabricated: number
  /** Share of the rows that the winning answer does not explain, taken as padding from known leaks. */
  readonly padding: { readonly rows: number; readonly leak?: string }
  readonly verdict:
    | 'agrees-with-copy'
    | 'copies-not-separable'
    | 'unknown-copy'
    | 'recycled'
    | 'fabricated'
    | 'mixed'
    | 'not-established'
  /** The verdict in words: "agrees with the extract cut for H on D". */
  readonly statement: string
  readonly grounds: readonly Sentence[]
  /** Where the prior came from, and on what the calibration rests. */
  readonly prior: string
  readonly calibration: string
  /** Rows of the sample that could not be read. */
  readonly faults?: readonly Fault[]
}

export interface SourceAnswer {
  readonly copy: string
  readonly holder: string
  readonly system: string
  /** Day the copy was cut (its manifest), when it is a dated extract. */
  readonly cutDay?: string
  readonly posterior: number
  /** log10 of the likelihood ratio against the best other answer, capped at +-6. */
  readonly log10LR: number
  readonly rowsInside: number
  readonly rowsAgreeing: number
  /** Day the values agree with; `from`..`to` is the 95 % set. Absent when nothing in the sample changes. */
  readonly asOf?: { readonly day: string; readonly from: string; readonly to: string }
  /** Copies that cannot be told apart from this one by this sample. */
  readonly alsoHeldBy: readonly string[]
  /** Per field: cells compared, cells equal. */
  readonly fields: readonly { readonly field: string; readonly compared: number; readonly equal: number }[]
  readonly cites: readonly Cite[]
}
