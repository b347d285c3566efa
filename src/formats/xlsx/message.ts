/** What the process that reads workbooks is asked for: the names of the sheets, or the rows of one. */
export interface WorkbookRequest {
  readonly name: string
  readonly size: number
  /** Sheet to read, from 0 in the order of the workbook; absent = names only. */
  readonly sheet?: number
  readonly columns: number
  readonly cellChars: number
  readonly partBytes: number
  readonly textChars: number
}

/** What it answers. */
export type WorkbookMessage =
  | { readonly kind: 'sheets'; readonly sheets: readonly string[] }
  /** Rows with their number in the sheet, from 1, and their cells from column A on. */
  | { readonly kind: 'rows'; readonly rows: readonly (readonly [line: number, cells: readonly string[]])[] }
  /** Told at the end: cells beyond the limits, and columns (from 0) with numbers that lost digits. */
  | {
      readonly kind: 'left'
      readonly beyond: number
      readonly cut: number
      readonly lostDigits: readonly (readonly [column: number, cells: number])[]
    }
  | { readonly kind: 'problem'; readonly problem: WorkbookProblem }

export type WorkbookProblem = 'damaged' | 'bomb' | 'no-workbook'
