/** One look-up of a record, honest or not, before it is written into a log. */
export interface RecordAccess {
  readonly at: number
  readonly account: string
  /** Position of the subscriber. */
  readonly subscriber: number
  readonly system: 'crm' | 'cdr'
  readonly operation: 'view_profile' | 'view_billing' | 'view_usage' | 'query'
  /** Day numbers, for reads of usage. */
  readonly window?: readonly [from: number, to: number]
  readonly ticket: string
  readonly sourceHost: string
  readonly sourceIp: string
  readonly application: string
  readonly rows: number
}

/** A recorded reason to read a record. */
export interface Explanation {
  readonly at: number
  readonly subscriber: number
  readonly kind: 'customer' | 'system' | 'agent' | 'assignment'
  readonly account: string
  readonly team: string
  readonly ref: string
}

/** Order of a log: by time, then by account, so that equal times cannot change places. */
export function byTime(a: { at: number; account: string }, b: { at: number; account: string }): number {
  return a.at - b.at || (a.account < b.account ? -1 : a.account > b.account ? 1 : 0)
}
