import { edgeDaysTable, edgesIntoTable } from './edge-tables.ts'
import { inSlice } from './fragments.ts'
import { disputedSql } from './process-starts.ts'
import { raritySql } from './rarity.ts'

const columns = ['load_id', ...Object.keys(edgesIntoTable.columns)].join(', ')

/** Rows arrive in order, so that the parts of a load hold different nodes and a hop reads few of them. */
const sorting = 'SETTINGS max_bytes_before_external_sort = 2000000000'

/** Drafts that are edges, with the class of their account. A parent opens what it starts, and a
 * share is used by who logged on: where both are told, one says enough. */
const slice = inSlice('dst')
const drafts = `(
  SELECT d.*, a.class AS account_class
  FROM (
    SELECT rule, src, dst, t0, t1, kind, account, bytes, src_class, dst_class, exhibit, member, unit, n,
      rule = 'start' AND kind = 'starts' AND dst IN (SELECT node FROM (${disputedSql()})) AS disputed,
      if(disputed, certainty / 2, certainty) AS certainty,
      if(disputed, concat(detail, ', as it claims; the operating system names another creator'), detail) AS detail
    FROM edge_drafts
    WHERE load_id = {load:UInt64} AND kind != '' AND ${slice}
      AND NOT (rule = 'open' AND (src, dst) IN (SELECT src, dst FROM edge_drafts WHERE load_id = {load:UInt64} AND kind = 'starts' AND ${slice}))
      AND NOT (rule = 'share-origin' AND dst IN (SELECT dst FROM edge_drafts WHERE load_id = {load:UInt64} AND kind = 'uses' AND ${slice}))) AS d
  ANY LEFT JOIN (SELECT substring(node, 6) AS main, class FROM account_names WHERE load_id = {load:UInt64}) AS a ON d.account = a.main)`

const classes = 'kind, src_class, dst_class, account_class'

/** On which days there were edges of which classes: what rarity is counted from. Parameters: `load`, `slice`, `slices`. */
export const edgeDaysSql = `INSERT INTO ${edgeDaysTable.name} (load_id, ${classes}, day)
SELECT DISTINCT {load:UInt64}, ${classes}, toDate(t0) FROM ${drafts}`
const observed = `(SELECT ${classes}, toDateTime(day, 'UTC') AS t0 FROM ${edgeDaysTable.name} WHERE load_id = {load:UInt64})`

/**
 * Edges of drafts: what says the same within an hour is one edge from its first to its last time, cited by its first record.
 * Parameters: `load`, `slice`, `slices`: edges into one node are in one slice.
 */
export const edgesIntoSql = `INSERT INTO edges_into (${columns})
SELECT {load:UInt64}, src, dst, since, until, kind, account, sure, rare.bits, volume, detail, cited.2, cited.3, cited.4, cited.5
FROM (
  SELECT src, dst, kind, account, detail, src_class, dst_class, account_class, toDate(min(t0)) AS day,
    min(t0) AS since, max(t1) AS until, max(certainty) AS sure,
    if(max(bytes) < 0, -1, sumIf(bytes, bytes >= 0)) AS volume, min((t0, exhibit, member, unit, n)) AS cited
  FROM ${drafts}
  GROUP BY src, dst, kind, account, detail, src_class, dst_class, account_class, toStartOfHour(t0)) AS e
LEFT JOIN (${raritySql(observed)}) AS rare
ON e.kind = rare.kind AND e.src_class = rare.src_class AND e.dst_class = rare.dst_class AND e.account_class = rare.account_class AND e.day = rare.day
ORDER BY dst, since
${sorting}`

/** The same edges by their source. Parameter: `load`. */
export const edgesOutSql = `INSERT INTO edges_out (${columns}) SELECT ${columns} FROM edges_into WHERE load_id = {load:UInt64} ORDER BY src, t0
${sorting}`
