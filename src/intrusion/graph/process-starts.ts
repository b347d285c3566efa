import { inSlice, processNode, sql } from './fragments.ts'

const node = processNode({ host: 'host', guid: 'guid', pid: 'pid', image: 'image' })
const numbered = sql`concat('proc:', host, '|', pid, '|', formatDateTime(t, '%Y-%m-%dT%H:%i:%s', 'UTC'))`
const slice = inSlice('host')
const columns = 'load_id, host, pid, t, node, image, how, creator'

/** Starts that Sysmon tells, with the creator that the operating system's own record of the same start names. Parameters: `load`, `slice`, `slices`. */
export const sysmonStartsSql = sql`INSERT INTO process_starts (${columns})
SELECT {load:UInt64}, host, pid, t, if(startsWith(node, 'pid:'), ${numbered}, node), image, 'start',
  if(seen.creator != '' AND abs(dateDiff('millisecond', seen.t, s.t)) <= 2000, seen.creator, '')
FROM (SELECT host, pid, image, t, t + toIntervalSecond(2) AS soon, ${node} AS node FROM edge_facts WHERE load_id = {load:UInt64} AND what = 'start' AND pid != '' AND ${slice}) AS s
ASOF LEFT JOIN (SELECT host, pid, image, t, other_pid AS creator FROM edge_facts WHERE load_id = {load:UInt64} AND what = 'start-security' AND pid != '' AND ${slice}) AS seen
ON s.host = seen.host AND s.pid = seen.pid AND s.image = seen.image AND s.soon >= seen.t`

/** Starts that only other records tell: those of the same number and program within two seconds of what Sysmon
 * tells or names are one. Parameters: `load`, `slice`, `slices`. */
export const otherStartsSql = sql`INSERT INTO process_starts (${columns})
SELECT {load:UInt64}, host, pid, t, ${numbered}, image, 'other', ''
FROM (SELECT host, pid, image, t, t + toIntervalSecond(2) AS soon FROM edge_facts WHERE load_id = {load:UInt64} AND what = 'start-security' AND pid != '' AND ${slice}) AS s
ASOF LEFT JOIN (SELECT host, pid, image, t AS told, 1 AS known FROM process_starts WHERE load_id = {load:UInt64} AND ${slice}) AS seen
ON s.host = seen.host AND s.pid = seen.pid AND s.image = seen.image AND s.soon >= seen.told
WHERE NOT (seen.known = 1 AND abs(dateDiff('millisecond', seen.told, s.t)) <= 2000)`

/**
 * Processes whose start nobody saw but that Sysmon names by number and identifier. On Windows the identifier holds the second of the start;
 * where it does not, the process is known from its first record on. Parameters: `load`, `slice`, `slices`.
 */
export const seenRunningSql = sql`INSERT INTO process_starts (${columns})
SELECT {load:UInt64}, host, number, if(born > toDateTime64('2000-01-01 00:00:00', 6, 'UTC') AND born <= first, born, first), concat('proc:', host, '|', identifier), program, 'seen', ''
FROM (
  SELECT host, number, identifier, min(t) AS first, max(program) AS program,
    toDateTime64(reinterpretAsUInt32(reverse(unhex(concat(substring(identifier, 16, 4), substring(identifier, 11, 4))))), 6, 'UTC') AS born
  FROM (
    SELECT host, pid AS number, guid AS identifier, image AS program, t FROM edge_facts
    WHERE load_id = {load:UInt64} AND what IN ('start', 'connect', 'module', 'thread', 'open', 'file', 'registry', 'lookup') AND ${slice} AND pid != '' AND startsWith(guid, '{')
    UNION ALL
    SELECT host, other_pid, other_guid, other_image, t FROM edge_facts
    WHERE load_id = {load:UInt64} AND what IN ('start', 'thread', 'open') AND ${slice} AND other_pid != '' AND startsWith(other_guid, '{'))
  WHERE identifier != '{00000000-0000-0000-0000-000000000000}'
  GROUP BY host, number, identifier)
WHERE concat('proc:', host, '|', identifier) NOT IN (SELECT node FROM process_starts WHERE load_id = {load:UInt64} AND ${slice})`

/** Nodes whose start names another parent than the process that created them. `of` bounds the hosts. Parameter: `load`. */
export function disputedSql(of = 'true'): string {
  return sql`
SELECT p.node AS node, p.host AS host, p.creator AS creator
FROM (SELECT host, pid, t, node, creator FROM process_starts WHERE load_id = {load:UInt64} AND creator != '' AND ${of}) AS p
INNER JOIN (SELECT host, pid, t, other_pid FROM edge_facts WHERE load_id = {load:UInt64} AND what = 'start' AND other_pid != '' AND ${of}
  AND (host, pid, t) IN (SELECT host, pid, t FROM process_starts WHERE load_id = {load:UInt64} AND creator != '' AND ${of})) AS s ON p.host = s.host AND p.pid = s.pid AND p.t = s.t
WHERE p.creator != s.other_pid`
}
