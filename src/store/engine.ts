import type { NativeRows } from './native-block.ts'
import type { RawBatch } from './raw-text.ts'

/** Values bound to `{name:Type}` placeholders. */
export type Params = Readonly<Record<string, unknown>>

/** Rows on their way into the engine, in batches. */
export type RowBatches = AsyncIterable<readonly object[]> | Iterable<readonly object[]>

/** Raw rows and what the engine computes from them; raw values never land on disk. */
export interface RawSelect {
  /** Raw columns that `rows` carry, with their ClickHouse types; cells of a text are for scalar columns alone. */
  readonly raw: Readonly<Record<string, string>>
  /** Expressions over the raw columns by name, computed once and usable in `select`. */
  readonly derived?: Readonly<Record<string, string>>
  /** Likewise for raw columns of few values, by column: computed once for every value of a block. */
  readonly repeating?: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly params?: Params
  readonly rows: AsyncIterable<RawBatch> | Iterable<RawBatch>
}

/** Computed rows that go into a table. */
export interface InsertSelect extends RawSelect {
  readonly into: string
  /** Target columns, and expressions over the raw and derived columns, one for each. */
  readonly columns: readonly string[]
  readonly select: readonly string[]
}

/** Computed rows that go into files. */
export interface SaveSelect extends RawSelect {
  /** Columns of the files: their ClickHouse types, and expressions over the raw and derived columns. */
  readonly columns: Readonly<Record<string, { readonly type: string; readonly of: string }>>
  /** The column that rows of a file are sorted by: a file does not tell the order in which they came. */
  readonly order: string
  /** Path of a file, by its number from 1; it ends with `savedRows`, its folder is there. */
  readonly file: (at: number) => string
  /** A file is whole. */
  readonly saved: (file: string, rows: number) => void
}

/** Rows of saved files that go into a table. */
export interface InsertSaved {
  readonly into: string
  readonly columns: readonly string[]
  readonly select: readonly string[]
  /** Columns of the files with their ClickHouse types. */
  readonly saved: Readonly<Record<string, string>>
  readonly files: readonly string[]
}

/**
 * ClickHouse, in this process or behind a URL: the same statements either way. SQL text comes from our own code only;
 * values are always bound. Errors are `EngineError` without values.
 */
export interface Engine {
  readonly kind: 'embedded' | 'server'
  /** All rows of a small result; 64-bit integers arrive as text. */
  rows<T>(sql: string, params?: Params): Promise<T[]>
  run(sql: string, params?: Params): Promise<void>
  /** Appends rows (objects by column name); gives the number of rows. */
  insert(table: string, rows: RowBatches): Promise<number>
  insertSelect(spec: InsertSelect): Promise<number>
  /** Appends rows of one load in ClickHouse's own form; gives the number of rows. */
  insertNative(spec: {
    readonly into: string
    readonly loadId: string
    readonly blocks: AsyncIterable<NativeRows>
  }): Promise<number>
  /**
   * Writes computed rows to files that their owner alone can read, each of about a million rows, in ClickHouse's own form and packed. Gives
   * the number of rows.
   */
  saveSelect(spec: SaveSelect): Promise<number>
  /** Appends rows of saved files. Gives nothing: the caller knows how many rows they hold. */
  insertSaved(spec: InsertSaved): Promise<void>
  /** A result in a ClickHouse output format (Parquet, …), as bytes. */
  bytes(sql: string, format: 'Parquet' | 'JSONEachRow' | 'CSVWithNames' | 'RowBinary', params?: Params): Promise<Uint8Array>
  close(): Promise<void>
}

/** Where an engine lives: a directory of ours, or a server. */
export type EngineAddress =
  | { readonly directory: string }
  | { readonly url: string; readonly user?: string; readonly password?: string; readonly database: string }
