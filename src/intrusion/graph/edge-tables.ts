import type { Table } from '../../store/index.ts'

const text = 'String CODEC(ZSTD(1))'
const few = 'LowCardinality(String)'
const moment = "DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1))"

const cite = {
  exhibit: { type: few, doc: 'SHA-256 of the exhibit' },
  member: { type: few, doc: 'member inside an archive; empty without' },
  unit: { type: few, doc: 'what n counts in the exhibit' },
  n: { type: 'UInt64', doc: 'ordinal of the record or line' },
} as const

const edgeColumns = {
  src: { type: text, doc: 'name of the node that could have had influence' },
  dst: { type: text, doc: 'name of the node that could have been influenced' },
  t0: { type: moment, doc: 'from when on; corrected by what is known of the clocks' },
  t1: { type: moment, doc: 'end of an interval, else t0' },
  kind: { type: few, doc: 'why' },
  account: { type: few, doc: 'account it happened under, lower case; empty when not said' },
  certainty: { type: 'Float32', doc: 'how sure it is that this edge is one' },
  bits: { type: 'Float32', doc: 'rarity against the earlier history of the estate, else the prior' },
  bytes: { type: 'Int64', doc: 'bytes that went along; -1 not counted' },
  detail: { type: text, doc: 'port, logon type, share' },
  ...cite,
} as const

/** Edges by what they lead to. */
export const edgesIntoTable: Table = {
  name: 'edges_into',
  columns: edgeColumns,
  orderBy: ['dst', 't0'],
  settings: 'index_granularity = 1024',
}

/** The same edges by where they come from. */
const edgesOutTable: Table = {
  name: 'edges_out',
  columns: edgeColumns,
  orderBy: ['src', 't0'],
  settings: 'index_granularity = 1024',
}

/** Whose an address was, and when. */
export const addressOwnersTable: Table = {
  name: 'address_owners',
  columns: {
    address: { type: 'String', doc: 'address' },
    node: { type: 'String', doc: 'the host or access that used it' },
    since: { type: moment, doc: 'from when on' },
    until: { type: moment, doc: 'up to when, not included' },
    votes: { type: 'UInt64', doc: 'weighted records that say so' },
  },
  orderBy: ['address', 'since'],
}

/** Which names are one account. */
export const accountNamesTable: Table = {
  name: 'account_names',
  columns: {
    name: { type: 'String', doc: 'name as records write it, lower case' },
    node: { type: 'String', doc: 'the account' },
    class: { type: few, doc: 'user, admin, service, machine, built-in' },
    sid: { type: 'String', doc: 'security identifier; empty when never stated' },
    home: { type: 'String', doc: 'origin of most days with logons; empty without' },
    home_days: { type: 'UInt32', doc: 'days with logons from there' },
    days: { type: 'UInt32', doc: 'pairs of day and origin with logons' },
  },
  orderBy: ['name'],
}

/** By how much hosts' clocks are off. */
export const hostClocksTable: Table = {
  name: 'host_clocks',
  columns: {
    host: { type: 'String', doc: 'host' },
    micros: { type: 'Int64', doc: 'how far ahead its clock is' },
    pairs: { type: 'UInt32', doc: 'paired records' },
    applied: { type: 'Bool', doc: 'whether enough pairs agree for a correction' },
    ...cite,
  },
  orderBy: ['host'],
}

const factColumns = {
  t: { type: moment, doc: 'when it happened by the clock of the host' },
  host: { type: few, doc: 'host that recorded it' },
  what: { type: few, doc: 'what is said' },
  account: { type: few, doc: 'account that acts' },
  other_account: { type: few, doc: 'account acted upon' },
  sid: { type: few, doc: 'security identifier of the account' },
  pid: { type: few, doc: 'process id, decimal' },
  guid: { type: few, doc: 'identifier of the process' },
  image: { type: few, doc: 'its program, lower case' },
  other_pid: { type: few, doc: 'process id of parent or target' },
  other_guid: { type: few, doc: 'identifier of parent or target' },
  other_image: { type: few, doc: 'program of parent or target' },
  logon: { type: few, doc: 'logon id' },
  other_logon: { type: few, doc: 'logon id of whoever asked' },
  address: { type: few, doc: 'address it came from' },
  port: { type: few, doc: 'port there' },
  other_address: { type: few, doc: 'address it went to' },
  other_port: { type: few, doc: 'port there' },
  name: { type: few, doc: 'name of what it is about' },
  path: { type: 'String', doc: 'path of what it is about' },
  mode: { type: few, doc: 'logon type, access mask, method' },
  hash: { type: few, doc: 'SHA-256 of contents' },
  bytes: { type: 'Int64', doc: 'bytes counted; -1 not' },
  text: { type: 'String', doc: 'command line, answer' },
  ...cite,
} as const

/** What edges are made of, in one form for every source; kept only while edges are built. */
export const edgeFactsTable: Table = { name: 'edge_facts', columns: factColumns, orderBy: ['what', 'host', 't'] }

/** The same as read from loads of events, kept: a load is read once, whatever is added beside it. */
export const keptFactsTable: Table = {
  name: 'kept_facts',
  columns: { of_load: { type: 'UInt64', doc: 'load of events it was read from' }, ...factColumns },
  orderBy: ['of_load', 'what', 'host', 't'],
}

/** Which loads of events were read for facts, by which statement. */
export const factSetsTable: Table = {
  name: 'fact_sets',
  columns: {
    of_load: { type: 'UInt64', doc: 'load of events' },
    version: { type: 'String', doc: 'hash of the statement that read it' },
  },
  orderBy: ['of_load'],
}

/** Processes seen starting, by their number; kept only while edges are built. */
const processStartsTable: Table = {
  name: 'process_starts',
  columns: {
    host: { type: few, doc: 'host' },
    pid: { type: few, doc: 'process id, decimal' },
    t: { type: moment, doc: 'when it started' },
    node: { type: 'String', doc: 'name of the node' },
    image: { type: few, doc: 'program, lower case' },
    how: { type: few, doc: 'start: told by Sysmon; seen: named by Sysmon, start not told; other: told by another record alone' },
    creator: { type: few, doc: 'process id of the creator by the operating system, where another record says so; else empty' },
  },
  orderBy: ['host', 'pid', 't'],
}

/** Edges before repeated ones are joined and rarity is known, with marks for joining; kept only while edges are built. */
const edgeDraftsTable: Table = {
  name: 'edge_drafts',
  columns: {
    rule: { type: few, doc: 'which rule made it' },
    src: { type: 'String', doc: 'as in edges_into' },
    dst: { type: 'String', doc: 'as in edges_into' },
    t0: { type: moment, doc: 'as in edges_into' },
    t1: { type: moment, doc: 'as in edges_into' },
    kind: { type: few, doc: 'as in edges_into; empty for a mark that is no edge' },
    account: { type: few, doc: 'as in edges_into' },
    certainty: { type: 'Float32', doc: 'as in edges_into' },
    bytes: { type: 'Int64', doc: 'as in edges_into' },
    detail: { type: 'String', doc: 'as in edges_into' },
    src_class: { type: few, doc: 'what kind of thing src is, for rarity' },
    dst_class: { type: few, doc: 'what kind of thing dst is, for rarity' },
    host: { type: few, doc: 'host that recorded it' },
    link: { type: 'String', doc: 'what another record would say too' },
    ...cite,
  },
  orderBy: ['rule', 't0'],
}

/** Days with edges of some classes, for rarity; kept only while edges are built. */
export const edgeDaysTable: Table = {
  name: 'edge_days',
  columns: {
    kind: { type: few, doc: 'as in edges_into' },
    src_class: { type: few, doc: 'as in edge_drafts' },
    dst_class: { type: few, doc: 'as in edge_drafts' },
    account_class: { type: few, doc: 'class of the account, as in account_names' },
    day: { type: 'Date', doc: 'day with such an edge' },
  },
  orderBy: ['kind', 'src_class', 'dst_class', 'account_class', 'day'],
}

/** Tables that stay. */
export const edgeTables: readonly Table[] = [
  edgesIntoTable,
  edgesOutTable,
  addressOwnersTable,
  accountNamesTable,
  hostClocksTable,
  keptFactsTable,
  factSetsTable,
]

/** Tables that are empty except while edges are built. */
export const edgeStagingTables: readonly Table[] = [edgeFactsTable, processStartsTable, edgeDraftsTable, edgeDaysTable]
