/**
 * Rows as cells of a text in UTF-8, to be passed on unread: the first raw column counts the rows from `n`, the others are the cells `at` of
 * each row, in this order.
 */
export interface CellRows {
  readonly bytes: Uint8Array
  /** Start and end of every cell in `bytes`, row by row. */
  readonly cells: Int32Array
  /** Cells of a row. */
  readonly width: number
  readonly at: readonly number[]
  readonly rows: number
  readonly n: number
  /** The rows as lines of delimited text, and nothing else, from one byte to another: cells may stand in quotes, and hold neither quotes nor line ends. */
  readonly lines?: { readonly from: number; readonly to: number; readonly delimiter: string; readonly quote: string }
}
