import type { Table } from '../store/index.ts'

export const number = { type: 'UInt128', doc: 'keyed token of the identifier, as a number; first digit first' }
export const login = { type: 'LowCardinality(String)', doc: 'login that read' }
export const week = { type: 'UInt16', doc: 'seven days since 1970, by the day' }
export const machines = { type: 'Array(UInt64)', doc: 'machines the accesses came from, by hash (`hostNumber`); eight at most' }
export const windows = {
  type: 'Array(Tuple(Int64, Int64, Int64))',
  doc: 'periods asked for: seconds of the access, of begin and of end; twenty at most',
}
export const cited = {
  exhibit: { type: 'LowCardinality(String)', doc: 'exhibit of the first record, by exhibit and ordinal' },
  n: { type: 'UInt64', doc: 'ordinal of the first record' },
}

const day = { type: 'Date', doc: 'day in the zone of the case' }
const many = { type: 'UInt64', doc: 'how many' }

/** Accesses of one load collapsed to a row for each subscriber, login and day; what the reviews read in their stead. */
const lookupSeen: Table = {
  name: 'lookup_seen',
  columns: {
    week,
    subscriber: number,
    login,
    day,
    accesses: { type: 'UInt32', doc: 'accesses of the day' },
    repeated: { type: 'UInt32', doc: 'accesses of the day that stand in the load once more' },
    first: { type: 'Int64', doc: 'first access, seconds since 1970' },
    last: { type: 'Int64', doc: 'last access, seconds since 1970' },
    ...cited,
    machines,
    windows,
  },
  orderBy: ['load_id', 'week', 'subscriber', 'login', 'day'],
}

/** Logins of one load of accesses, by week. */
const lookupLogins: Table = {
  name: 'lookup_logins',
  columns: { week, login, days: { ...many, doc: 'rows of `lookup_seen`; 0 = all its accesses name nobody' } },
  orderBy: ['load_id', 'week', 'login'],
}

/** What one exhibit of accesses holds. */
const lookupExtents: Table = {
  name: 'lookup_extents',
  columns: {
    exhibit: cited.exhibit,
    accesses: { ...many, doc: 'rows' },
    records: { ...many, doc: 'records they come from' },
    since: { type: "DateTime64(6, 'UTC')", doc: 'first access' },
    until: { type: "DateTime64(6, 'UTC')", doc: 'last access' },
    first: { ...day, doc: 'its day' },
    last: { ...day, doc: 'its day' },
    held: { type: 'Array(String)', doc: 'tables that statements read by subscriber' },
    located: { ...many, doc: 'rows whose fields tell where a subscriber was' },
  },
  orderBy: ['load_id', 'exhibit'],
}

/** Accesses that may be reads in bulk (rule L14). */
const lookupWide: Table = {
  name: 'lookup_wide',
  columns: {
    exhibit: cited.exhibit,
    n: cited.n,
    time: { type: "DateTime64(6, 'UTC')", doc: 'when the records were read' },
    day,
    login,
    operation: { type: 'LowCardinality(String)', doc: 'as in `lookup_accesses`' },
    rows: { type: 'Int64', doc: 'rows returned; -1 = not logged' },
    counted: { type: 'LowCardinality(String)', doc: 'as in `lookup_accesses`' },
    window_from: { type: 'Int64', doc: 'as in `lookup_accesses`' },
    window_to: { type: 'Int64', doc: 'as in `lookup_accesses`' },
    names: { type: 'UInt8', doc: '1 = a subscriber is named' },
    unbounded: { type: 'UInt8', doc: 'as in `lookup_accesses`' },
    tables: { type: 'Array(LowCardinality(String))', doc: 'tables of the statement' },
  },
  orderBy: ['load_id', 'exhibit', 'n'],
}

/** Names of machines by their numbers. */
const lookupMachines: Table = {
  name: 'lookup_machines',
  columns: { machine: { type: 'UInt64', doc: '`hostNumber`' }, name: { type: 'String', doc: 'as the log writes it' } },
  orderBy: ['load_id', 'machine'],
}

/** The numbers that sources give their own records (rule L18), in runs of 4,096 at most. */
const lookupNumbered: Table = {
  name: 'lookup_numbered',
  columns: {
    exhibit: cited.exhibit,
    run: { type: 'Int64', doc: 'number divided by 4,096' },
    low: { type: 'Int64', doc: 'least number of the run' },
    high: { type: 'Int64', doc: 'greatest' },
    many: { ...many, doc: 'distinct numbers: none is left out between low and high when they are high - low + 1' },
    n_low: { type: 'UInt64', doc: 'ordinal of the record with the least number' },
    n_high: { type: 'UInt64', doc: 'ordinal of that with the greatest' },
    at_low: { type: 'Int64', doc: 'time of the record with the least number, microseconds since 1970' },
    at_high: { type: 'Int64', doc: 'time of that with the greatest' },
  },
  orderBy: ['load_id', 'exhibit', 'run'],
}

/** Reasons of one load, on numbers. */
const lookupRecorded: Table = {
  name: 'lookup_recorded',
  columns: {
    week,
    subscriber: number,
    at: { type: 'Int64', doc: 'when the reason arose, seconds since 1970' },
    grade: { type: 'UInt8', doc: '4 legal, 3 customer, 2 system, 1 agent, 5 assignment' },
    login: { ...login, doc: 'login it was routed to; empty = not stated' },
    team: { type: 'LowCardinality(String)', doc: 'team it was routed to; empty = not stated' },
  },
  orderBy: ['load_id', 'week', 'subscriber', 'at'],
}

/** Where the reasons of one load were routed to, by week. */
const lookupRoutes: Table = {
  name: 'lookup_routes',
  columns: {
    week,
    assigned: { type: 'UInt8', doc: '1 = standing assignments' },
    login: lookupRecorded.columns.login ?? login,
    team: lookupRecorded.columns.team ?? login,
    many,
  },
  orderBy: ['load_id', 'week', 'login'],
}

/** Tables that a load of accesses fills beside its own. */
export const keptOfAccesses: readonly Table[] = [
  lookupSeen,
  lookupLogins,
  lookupExtents,
  lookupWide,
  lookupMachines,
  lookupNumbered,
]

/** Tables that a load of reasons fills beside its own. */
export const keptOfReasons: readonly Table[] = [lookupRecorded, lookupRoutes]
