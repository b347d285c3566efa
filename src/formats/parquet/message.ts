/** What the process that reads Parquet is asked for. */
export interface ParquetRequest {
  readonly name: string
  readonly size: number
  /** False: the columns only. */
  readonly rows: boolean
  readonly columns: number
  readonly cellChars: number
  /** Largest unpacked page, and most rows of one row group. */
  readonly pageBytes: number
  readonly groupRows: number
}

/** What it answers. */
export type ParquetMessage =
  | { readonly kind: 'columns'; readonly columns: readonly string[]; readonly all: number; readonly rows: number }
  | { readonly kind: 'rows'; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'left'; readonly cut: number }
  /** A row group that cannot be read: from 0, and its rows. */
  | { readonly kind: 'lost'; readonly group: number; readonly rows: number }
  | { readonly kind: 'problem'; readonly problem: 'damaged' | 'too-large' }
