import { epochMs, parseIso } from '../base/index.ts'

/** A row of `lookup_accesses`. */
export interface AccessRow {
  readonly source: string
  readonly n: number
  readonly time: string
  readonly day: string
  readonly account: string
  readonly subscriber: string
  readonly masked: string
  readonly system: string
  readonly operation: string
  readonly rows: number
  readonly counted: '' | 'subscribers'
  readonly host: string
  readonly tables: readonly string[]
  readonly unbounded: 0 | 1
  readonly blind: string
  readonly window_from: number
  readonly window_to: number
  readonly fields: string
  readonly seq: number
}

/** Reasons why a record does not say whose data was read. */
export type Blindness =
  | ''
  | 'bind-values-not-logged'
  | 'statement-not-logged'
  | 'values-not-in-table'
  | 'text-not-in-table'
  | 'no-identifier'
  | 'values-not-in-log'
  | 'statement-not-in-log'
  | 'object-only'
  | 'file-of-many'
  | 'not-in-request'
  | 'command-without-subscriber'
  | 'query-without-subscriber'
  | 'rows-of-a-report'
  | 'record-number-only'

/** What all rows of one access share. */
export type CommonRow = Omit<AccessRow, 'subscriber' | 'masked' | 'unbounded' | 'blind'>

/** Seconds since 1970 of a day or a time; 0 where nothing readable stands. */
export function seconds(text: string, zone: string | undefined): number {
  const moment = text === '' ? undefined : parseIso(text, zone)
  return moment === undefined ? 0 : Math.floor(epochMs(moment.at) / 1000)
}
