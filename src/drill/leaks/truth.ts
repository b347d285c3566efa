import type { GeneratedFile } from './table.ts'

/** What is true of one generated leak. */
export interface LeakTruth {
  readonly seed: number
  readonly leak: number
  readonly kind: 'real' | 'recycled' | 'fabricated' | 'mixed' | 'combo' | 'merged'
  /** Where the rows come from: a copy's id, `unregistered`, a known leak's id; several when copies were merged, none when invented. */
  readonly from: readonly string[]
  /** Id of the copy that nobody registered, for the record. */
  readonly unregistered?: string
  /** Day the rows are of; absent when they are invented, or of two days. */
  readonly day?: string
  /** Days from `day` to the last day of the own history. */
  readonly daysBack?: number
  readonly n: number
  readonly fields: readonly string[]
  /** Changes per customer and year that show in the fields: what a day can be told by. */
  readonly changesPerYear: number
  readonly slice: 'contiguous' | 'filtered' | 'random'
  /** Share of the cells to be damaged, and cells that were. */
  readonly noise: number
  readonly damagedCells: number
  /** Rows that the copy does not hold as they stand (before noise), as a share of all. */
  readonly mixing: { readonly share: number; readonly from?: string }
  /** Registered copies and leaks that hold all rows taken from the source, with equal values in all fields leaked. */
  readonly twins: readonly string[]
  /** How the records were invented, where some are. */
  readonly invented?: string
  /** Customers of the operator among the logins of a list. */
  readonly customers?: number
}

/** A generated leak: the file somebody posts, and what is true of it. */
export interface Leak {
  readonly truth: LeakTruth
  readonly file: GeneratedFile
}
