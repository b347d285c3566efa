/** A cell of a sample row against the row of a table that an identifier led to. */
export const cellState = { notCompared: 0, equal: 1, different: 2 } as const

/** A row of the table that carries an identifier of the sample row. */
export interface MetRow {
  /** Per column of the sample, a `cellState`. */
  readonly states: Uint8Array
  readonly equal: number
  readonly compared: number
  /** Days since 1970 the version holds from and until, for tables with history. */
  readonly from?: number
  readonly to?: number
}

/** How a sample meets one table: one entry per column or row of the sample. */
export interface Met {
  readonly asOf: string
  readonly rows: number
  /** True when all values were compared; of a registered copy only columns taken for the same thing are. */
  readonly byValue: boolean
  readonly columns: readonly string[]
  /** The column of the table that holds the values of a sample column: by what it holds, then by name. */
  readonly pairs: readonly (MetColumn | undefined)[]
  /** Per column of the sample, the largest share of its rows whose value occurs in one column of the table. */
  readonly occurring: readonly number[]
  /** Rows met, by row of the sample; the likeliest version first. */
  readonly links: ReadonlyMap<number, readonly MetRow[]>
  /** Share of the sample's rows whose combination of codes stands in one row of the table; undefined where not looked at. */
  readonly combinations?: number
  /** Newest day of each paired date column; a column with days beyond `asOf` looks ahead and dates nothing. */
  readonly newest: ReadonlyMap<number, number>
}

export interface MetColumn {
  readonly column: string
  /** Share of the sample's distinct values that occur in the column. */
  readonly occurring: number
  /** Share of rows whose value occurs in it. */
  readonly rowsOccurring: number
  /** Rows compared through an identifier, cells equal, and agreement beyond chance (Cohen's kappa), 0 when nothing is compared. */
  readonly compared: number
  readonly equal: number
  readonly beyondChance: number
  /** True when the header alone pairs them. */
  readonly byName: boolean
}
