import type { Fault } from '../base/index.ts'
import type { Cite, Sentence } from '../evidence/index.ts'
import type { PriorShares } from './prior.ts'

/** The answer to "is it real, and whose copy is it?". Probabilities are fractions of 1. */
export interface Verdict {
  /** Rows that stand in the sample, rows that could be read as records, rows with a usable identifier. */
  readonly rows: number
  readonly read: number
  readonly identified: number
  /** Rows compared with the copies, chosen by a hash of their identifiers; absent when all were. */
  readonly compared?: number
  /** Rows that repeat an earlier one in every compared cell; they are weighed once. */
  readonly repeated?: number
  /** Distinct persons by identifier; absent when the sample was too large to tell row by row. */
  readonly persons?: number
  /** What every column was taken for, and why. */
  readonly columns: readonly { readonly name: string; readonly meaning: string; readonly why?: string }[]
  /** The five sum to 1. */
  readonly kind: Readonly<Record<'real' | 'recycled' | 'fabricated' | 'mixed' | 'combo', number>>
  /** Posterior over copies, most likely first. With `unknownCopy`, `knownLeaks` and `fabricated` it sums to 1. */
  readonly sources: readonly SourceAnswer[]
  readonly unknownCopy: number
  readonly knownLeaks: readonly { readonly leak: string; readonly posterior: number; readonly containment: number }[]
  /** Also a list of logins: not a copy of a table of subscribers. */
  readonly fabricated: number
  /** Share of the rows that the winning answer does not explain, taken as padding from known leaks. */
  readonly padding: {
    readonly rows: number
    readonly leak?: string
    /** Rows from elsewhere in all: known leaks, another copy, invention. */
    readonly elsewhere?: number
  }
  /** Two registered copies put together, when that is the answer; the shares are of the rows that come from either. */
  readonly merged?: { readonly copies: readonly [string, string]; readonly shares: readonly [number, number] }
  readonly verdict:
    | 'agrees-with-copy'
    | 'copies-not-separable'
    | 'unknown-copy'
    | 'recycled'
    | 'fabricated'
    | 'mixed'
    | 'login-list'
    | 'not-established'
  /** The verdict in words: "agrees with the extract cut for H on D". */
  readonly statement: string
  readonly grounds: readonly Sentence[]
  /** Where the prior came from, and on what the calibration rests. */
  readonly prior: string
  /** The same as figures; absent when the sample could not be compared. */
  readonly priorShares?: PriorShares
  readonly calibration: string
  /** The answer against the next best, as an expert reports it: both propositions, log10 of the ratio, the ENFSI words for it. */
  readonly propositions?: Propositions
  /** What would change the verdict, and what a sample cannot show. */
  readonly wouldChange?: readonly string[]
  readonly cannotShow?: readonly string[]
  /** Signs of invention and of other making, each with its weight. */
  readonly signs?: readonly Sign[]
  /** What the expert's page draws; bounded. */
  readonly expert?: Expert
  /** Rows of the sample that could not be read. */
  readonly faults?: readonly Fault[]
}

export interface SourceAnswer {
  readonly copy: string
  readonly holder: string
  readonly system: string
  /** Day the copy was cut (its manifest), when it is a dated extract. */
  readonly cutDay?: string
  /** Everywhere its bytes have been, as far as declared. */
  readonly places?: string
  readonly posterior: number
  /** log10 of the likelihood ratio against the best other answer, capped at +-6. */
  readonly log10LR: number
  /** Of the rows compared: those linked to a row of the copy, and of these the ones that agree with it. */
  readonly rowsInside: number
  readonly rowsAgreeing: number
  /** Of all rows read: those with an identifier that the copy holds. Given where fewer rows were compared than read and rows meet by identifiers. */
  readonly rowsMet?: number
  /** Day the values agree with; `from`..`to` is the 95 % set. Absent when nothing in the sample changes. */
  readonly asOf?: { readonly day: string; readonly from: string; readonly to: string }
  /** Copies that cannot be told apart from this one by this sample. */
  readonly alsoHeldBy: readonly string[]
  /** Per field: cells compared, cells equal. */
  readonly fields: readonly { readonly field: string; readonly compared: number; readonly equal: number }[]
  readonly cites: readonly Cite[]
}

/** log10 of P(sample | first) / P(sample | second), within +-6. */
export interface Propositions {
  readonly first: string
  readonly second: string
  readonly log10LR: number
  readonly words: string
}

/** One sign that tells real rows from invented ones: `log10LR` above 0 speaks for real rows. */
export interface Sign {
  readonly sign: string
  readonly log10LR: number
  readonly sentence: Sentence
  /** What the numbers of the sample say about the table they were drawn from (rule P21): rows at least, about, and at most with 95 %. */
  readonly table?: TableSize
}

/** Rows of a table that is numbered one after another, told by `numbers` different numbers drawn from it. */
export interface TableSize {
  readonly numbers: number
  readonly least: number
  readonly about: number
  readonly most: number
}

/** Figures for the expert's page. Rows are sample rows; days are `YYYY-MM-DD`. */
export interface Expert {
  /** At most 200 sample rows, spread evenly; per copy how well each agrees: -1 not held, else the share of compared cells that are equal, in tenths. */
  readonly heat: {
    readonly rows: readonly number[]
    readonly copies: readonly { readonly copy: string; readonly agreement: readonly number[] }[]
  }
  /** Log weight (natural, at most 0) of stretches of days; the stretches around the best day. */
  readonly days: readonly { readonly from: string; readonly to: string; readonly log: number }[]
  /** A second day with which rows agree that contradict the first: two extracts may have been merged. */
  readonly secondDay?: { readonly day: string; readonly rows: number }
  /** Per copy: at most 300 pairs of sample row and copy row, and the share of rows in the copy's order. */
  readonly order: readonly {
    readonly copy: string
    readonly kept: number
    readonly points: readonly (readonly [sample: number, copy: number])[]
  }[]
}
