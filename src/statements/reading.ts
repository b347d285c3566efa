/** A value as a statement writes it: a literal, or a bind parameter by its number from 1. */
export type StatementValue =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'parameter'; readonly index: number }

/** What one statement asks for. */
export interface StatementReading {
  /** `parsed` by grammar, or `scanned` word by word where the grammar does not reach. */
  readonly basis: 'parsed' | 'scanned'
  /** `SELECT`, `UPDATE`, `COPY`, ...; '' when there is none. */
  readonly command: string
  /** Names as written, lower case, without quotes; common table expressions and catalogues left out. Sorted. */
  readonly tables: readonly string[]
  /** Subscribers that every returned row belongs to. */
  readonly subscribers: readonly { readonly field: string; readonly value: StatementValue }[]
  /** Columns asked for, lower case, sorted; `*` for all. */
  readonly fields: readonly string[]
  /** Bounds set on a field of time. */
  readonly window?: { readonly field: string; readonly from?: StatementValue; readonly to?: StatementValue }
  /** Rows of tables without a subscriber predicate, or of more than `bulkSubscribers` named ones. */
  readonly bulk: boolean
}

/** Named subscribers above which a statement is bulk. */
export const bulkSubscribers = 100

const identifierNames =
  /^(?:[a-z]{1,12}_)?(?:msisdn|phone|phone_no|phone_number|mobile|mobile_no|mobile_number|subscriber|subscriber_id|subscriber_no|imsi|imei|imeisv|iccid|a_number|b_number|a_msisdn|b_msisdn|calling_number|called_number|callingnumber|callednumber|nric|national_id|id_card|ic_no|account_no|account_number|customer_id|customer_no|contract_no|contract_id|email)$/

/** Whether a column is named as one that singles out a subscriber. */
export function namesSubscribers(column: string): boolean {
  return identifierNames.test(column.toLowerCase())
}

const timeNames =
  /(?:^|_)(?:time|date|day|start|started|start_time|at|ts|timestamp|created|opened|call_time|event_time)(?:_at|_on|_ts)?$/

/** Whether a column is named as one that holds a time. */
export function namesTime(column: string): boolean {
  return timeNames.test(column.toLowerCase())
}
