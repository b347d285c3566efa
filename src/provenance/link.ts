/** A sample row met in a copy by at least one identifier. Bit i of the masks is comparison i of the linkage. */
export interface Link {
  /** Row in the sample, row in the copy. */
  readonly n: number
  readonly row: number
  /** The version's first day and the first day after it, days since 1970-01-01. */
  readonly from: number
  readonly to: number
  /** Both have a value; both have the same value. */
  readonly compared: number
  readonly equal: number
}
