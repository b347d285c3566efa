import type { Table } from '../store/index.ts'
import { cited, login, machines, number, week, windows } from './kept-tables.ts'

const account = { type: 'UInt32', doc: 'login that read, by its number in the review (`namesOf`)' }
const day = { type: 'Date', doc: 'day in the zone of the case' }

/** Days of `lookup_seen` with their best reasons; one load a week of them. */
export const lookupDays: Table = {
  name: 'lookup_days',
  columns: {
    week,
    subscriber: number,
    login,
    day,
    grade: {
      type: 'UInt8',
      doc: 'best reason of the day: 4 sealed legal order, 3 customer, 2 system or assignment, 1 own ticket, 0 none',
    },
    late: { type: 'UInt8', doc: '1 = grade 1 by tickets alone that were opened after the read' },
    accesses: { type: 'UInt32', doc: 'accesses of the day' },
    repeated: { type: 'UInt32', doc: 'accesses of the day that stand in the logs once more' },
    ...cited,
    machines,
    windows,
  },
  orderBy: ['load_id', 'week', 'subscriber', 'login', 'day'],
}

/** Days counted by login, source and day; in the load of the days. */
export const lookupCounts: Table = {
  name: 'lookup_counts',
  columns: {
    login,
    exhibit: cited.exhibit,
    day,
    reads: { type: 'UInt64', doc: 'subscribers read' },
    lacking: { type: 'UInt64', doc: 'of them without a reason, or with own tickets alone' },
    own: { type: 'UInt64', doc: 'of them with own tickets alone' },
    late: { type: 'UInt64', doc: 'of these with tickets that were all opened after the read' },
    repeated: { type: 'UInt64', doc: 'accesses that stand in the logs once more' },
  },
  orderBy: ['load_id', 'login', 'day'],
}

/** A permutation of the tested days. */
export const lookupPermuted: Table = {
  name: 'lookup_permuted',
  columns: {
    subscriber: number,
    account,
    day,
    unexplained: { type: 'UInt8', doc: '1 = no recorded reason, or only own tickets' },
  },
  orderBy: ['load_id', 'subscriber', 'account', 'day'],
}

/** What the tests first ask of every subscriber read. */
export const lookupSubscribers: Table = {
  name: 'lookup_subscribers',
  columns: {
    subscriber: number,
    x: { type: 'UInt32', doc: 'tested days with a reason' },
    u: { type: 'UInt32', doc: 'tested days without one' },
    lacking: { type: 'UInt32', doc: 'tested days without one, counted by account' },
    account: { type: 'UInt32', doc: 'an account of these' },
    explained: { type: 'Array(UInt32)', doc: 'account of each tested day with a reason, where there are 2 to 20' },
  },
  orderBy: ['load_id', 'subscriber'],
}

/** What a load of a review was made from, a row each. */
export const lookupRests: Table = {
  name: 'lookup_rests',
  columns: {
    week: { type: 'UInt16', doc: 'week of days; 0 = what was counted or drawn from days' },
    on: { type: 'Array(UInt64)', doc: 'loads of accesses and reasons of a week; of what is counted, the weeks' },
  },
  orderBy: ['load_id'],
}

export const reviewTables: readonly Table[] = [lookupDays, lookupCounts, lookupPermuted, lookupSubscribers, lookupRests]
