import type { Companions } from './companions.ts'
import type { RecordAccess } from './record-access.ts'

/** Cells of a row by the names of the layout; '' where the table has no such column. */
export type CellOf = (name: string) => string

/** A table of another system's records of access, known by its columns. */
export interface RecordLayout {
  readonly name: string
  /** Names the columns may have, by ours, best first; lower case, blanks and hyphens as `_`. */
  readonly columns: Readonly<Record<string, readonly string[]>>
  /** Ours that a table must have to be one. */
  readonly needed: readonly string[]
  /** The access of a row; undefined for a row that is none. */
  read(cell: CellOf, of: { readonly zone: string | undefined; readonly companions: Companions }): RecordAccess | undefined
}
