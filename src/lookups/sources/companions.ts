import type { SubscriberToken } from '../subscriber.ts'

/** What tables given beside the audit sources say about their records. */
export interface Companions {
  /** Keys of the tables, which loads that use them depend on. */
  readonly keys: readonly string[]
  /** How much a file holds, by a manifest; undefined where none names the file. */
  inFile(path: string): FileCount | undefined
  /** The subscriber of a record of another system, by its number there. */
  record(id: string): SubscriberToken | undefined
  /** Whether a table of records was given at all. */
  readonly records: boolean
  /** What the access history of Snowflake says a query read. */
  query(id: string): ReadObjects | undefined
  /** Whether the query history that was given holds this query. */
  queried(id: string): boolean
}

/** Subscribers in a file, or its rows where nobody counted subscribers. */
export interface FileCount {
  readonly rows: number
  readonly of: 'subscribers' | 'rows'
}

/** Objects of a query, each with its columns. */
export interface ReadObjects {
  readonly tables: readonly string[]
  readonly columns: readonly string[]
}

/** Nothing was given beside the sources. */
export const noCompanions: Companions = {
  keys: [],
  inFile: () => undefined,
  record: () => undefined,
  records: false,
  query: () => undefined,
  queried: () => false,
}
