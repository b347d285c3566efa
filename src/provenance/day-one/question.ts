import type { Watch } from '../../base/index.ts'
import type { Copy as Agreement, LogSource } from '../../inventory/index.ts'
import type { TokenKey } from '../../persons/index.ts'
import type { Lake } from '../../store/index.ts'
import type { Copy } from '../copy.ts'
import type { SampleExhibit } from '../exhibit.ts'
import type { Written } from '../profile.ts'
import type { RecordTable } from '../record-table.ts'

/** A table that is read once: as `formats` opens it. */
export type OpenedTable = RecordTable & { readonly dialect?: Written }

/** A table of a system as of a day: a file or live read opened on demand, or a copy registered before (its tokens are used). */
export type DatedTable =
  | {
      readonly kind: 'table'
      readonly asOf: string
      readonly open: () => Promise<OpenedTable>
      readonly map?: Readonly<Record<string, string>>
    }
  | { readonly kind: 'copy'; readonly copy: Copy }

/** A system of the operator: today's table and its restore points, in any order. */
export interface SystemTables {
  readonly name: string
  readonly tables: readonly DatedTable[]
}

/** First digits of phone numbers given to an operator, in international form without `+`. */
export interface NumberRange {
  readonly operator: string
  readonly prefixes: readonly string[]
}

/** A sample, and everything that is at hand on the first day. Nothing of the tables is kept. */
export interface DayOneQuestion {
  readonly table: OpenedTable
  readonly exhibit: SampleExhibit
  /** Day of asking, `YYYY-MM-DD`. */
  readonly today: string
  readonly key: TokenKey
  readonly systems: readonly SystemTables[]
  readonly agreements?: readonly Agreement[]
  readonly logs?: readonly LogSource[]
  readonly ranges?: readonly NumberRange[]
  readonly country?: string
  /** Column meanings of the sample that override the inferred ones. */
  readonly map?: Readonly<Record<string, string>>
  /** Needed when a table is a registered copy. */
  readonly registered?: { readonly lake: Lake; readonly registry: string }
  readonly watch?: Watch
}
