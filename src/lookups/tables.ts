import type { Table } from '../store/index.ts'
import { keptOfAccesses, keptOfReasons } from './kept-tables.ts'
import { reviewTables } from './review-tables.ts'

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
    counted: {
      type: 'LowCardinality(String)',
      doc: 'what `rows` counts where it is no rows: subscribers (of a file, by a manifest)',
    },
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
  settings: 'index_granularity = 1024',
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
  settings: 'index_granularity = 1024',
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

/** Tables of record access, for `openLake`. */
export const lookupTables: readonly Table[] = [
  lookupAccesses,
  lookupReasons,
  lookupFaults,
  ...keptOfAccesses,
  ...keptOfReasons,
  ...reviewTables,
]
