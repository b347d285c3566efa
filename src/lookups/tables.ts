import type { Table } from '../store/index.ts'

const source = { type: 'LowCardinality(String)', doc: 'SHA-256 of the exhibit the record stands in' }
const subscriber = { type: 'String', doc: 'keyed token of the identifier, hex; empty = the record names nobody' }

/** One row for every subscriber that one logged access names (one with an empty subscriber when it names nobody). */
export const lookupAccesses: Table = {
  name: 'lookup_accesses',
  columns: {
    source,
    n: { type: 'UInt64', doc: 'row or entry of the exhibit, from 1' },
    time: { type: "DateTime64(6, 'UTC')", doc: 'when the records were read' },
    day: { type: 'Date', doc: 'day of the access in the zone of the case' },
    account: { type: 'LowCardinality(String)', doc: 'login that read, as the log writes it, lower case' },
    subscriber,
    masked: { type: 'String', doc: 'masked identifier' },
    system: { type: 'LowCardinality(String)', doc: 'system or database' },
    operation: { type: 'LowCardinality(String)', doc: 'operation of the access table, or command and tables of the statement' },
    rows: { type: 'Int64', doc: 'rows returned; -1 = not logged' },
    host: { type: 'LowCardinality(String)', doc: 'machine the access came from' },
    tables: { type: 'Array(LowCardinality(String))', doc: 'tables of the statement' },
    unbounded: { type: 'UInt8', doc: '1 = a statement for rows of tables without naming a subscriber, or naming too many' },
    blind: { type: 'LowCardinality(String)', doc: 'why the record does not say whose data was read; empty = it does' },
    window_from: { type: 'Int64', doc: 'begin of the period that was asked for, seconds since 1970; 0 = not stated' },
    window_to: { type: 'Int64', doc: 'end of the period that was asked for, seconds since 1970; 0 = not stated' },
    fields: { type: 'LowCardinality(String)', doc: 'fields read, as the log names them; empty = not stated' },
    seq: { type: 'Int64', doc: 'number the source itself gives its records; -1 = none' },
  },
  orderBy: ['subscriber', 'account', 'time'],
}

/** One row for every recorded reason to look at a subscriber. */
export const lookupReasons: Table = {
  name: 'lookup_reasons',
  columns: {
    source,
    n: { type: 'UInt64', doc: 'row of the exhibit, from 1' },
    time: { type: "DateTime64(6, 'UTC')", doc: 'when the reason arose' },
    subscriber,
    kind: { type: 'LowCardinality(String)', doc: 'customer, system, assignment, agent, legal' },
    account: { type: 'LowCardinality(String)', doc: 'login it was routed to; empty = not stated' },
    team: { type: 'LowCardinality(String)', doc: 'team it was routed to; empty = not stated' },
  },
  orderBy: ['subscriber', 'time'],
}

/** What could not be read while accesses and reasons were loaded; kept so that a reused load still tells it. */
export const lookupFaults: Table = {
  name: 'lookup_faults',
  columns: {
    source,
    ordinal: { type: 'UInt64', doc: 'order of the fault in its exhibit' },
    fault: { type: 'String', doc: 'the fault as JSON' },
  },
  orderBy: ['source', 'ordinal'],
}

const number = { type: 'UInt128', doc: 'keyed token of the identifier, as a number; first digit first' }
const login = { type: 'UInt32', doc: 'login that read, by its number in the review (`namesOf`)' }
const day = { type: 'Date', doc: 'day in the zone of the case' }

/** Accesses collapsed to one row for each subscriber, account and day; names by number. */
export const lookupDays: Table = {
  name: 'lookup_days',
  columns: {
    subscriber: number,
    account: login,
    day,
    grade: {
      type: 'UInt8',
      doc: 'best reason of the day: 4 sealed legal order, 3 customer, 2 system or assignment, 1 own ticket, 0 none',
    },
    late: { type: 'UInt8', doc: '1 = grade 1 by tickets alone that were opened after the read' },
    accesses: { type: 'UInt32', doc: 'accesses of the day' },
    repeated: { type: 'UInt32', doc: 'accesses of the day that stand in the logs once more' },
    cite: { type: 'UInt64', doc: 'first of the records: number of the exhibit in the upper 16 bits, ordinal in the others' },
    machines: { type: 'Array(UInt64)', doc: 'machines the accesses came from, by hash (`hostNumber`)' },
    windows: { type: 'Array(Tuple(Int64, Int64, Int64))', doc: 'periods asked for: seconds of the access, of begin and of end' },
  },
  orderBy: ['subscriber', 'account', 'day'],
}

/** Days counted by account, source and day. */
export const lookupCounts: Table = {
  name: 'lookup_counts',
  columns: {
    account: login,
    team: { type: 'UInt32', doc: 'team of the login by number; 0 = nobody states it' },
    source: { type: 'UInt32', doc: 'exhibit by number' },
    day,
    reads: { type: 'UInt64', doc: 'subscribers read' },
    lacking: { type: 'UInt64', doc: 'of them without a reason, or with own tickets alone' },
    own: { type: 'UInt64', doc: 'of them with own tickets alone' },
    late: { type: 'UInt64', doc: 'of these with tickets that were all opened after the read' },
  },
  orderBy: ['account', 'day'],
}

/** A permutation of the tested days. */
export const lookupPermuted: Table = {
  name: 'lookup_permuted',
  columns: {
    subscriber: number,
    account: login,
    day,
    unexplained: { type: 'UInt8', doc: '1 = no recorded reason, or only own tickets' },
  },
  orderBy: ['subscriber', 'account', 'day'],
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
  orderBy: ['subscriber'],
}

/** Tables of record access, for `openLake`. */
export const lookupTables: readonly Table[] = [
  lookupAccesses,
  lookupReasons,
  lookupFaults,
  lookupDays,
  lookupCounts,
  lookupSubscribers,
  lookupPermuted,
]
