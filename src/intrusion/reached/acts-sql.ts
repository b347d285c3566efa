/** Most acts of one kind that are read; beyond them the later ones are left out, and the story says so. */
export const actsMost = 200_000

/** Events of the bound loads; it comes last: what is read to tell it is read where the rest already holds. */
const bound = 'load_id IN ({loads:Array(UInt64)}) AND timed'

/** Is a time within one of the stories' stretches? */
const inside = `arrayExists((f, t) -> time >= parseDateTime64BestEffort(f, 6, 'UTC') AND time <= parseDateTime64BestEffort(t, 6, 'UTC'), {froms:Array(String)}, {tos:Array(String)})`

const hosts = 'host IN ({hosts:Array(String)})'
const fromHosts = 'source_ip IN ({addresses:Array(String)})'
const byAccounts = "arrayElement(splitByChar('\\\\', account), -1) IN ({accounts:Array(String)})"

/** Addresses of networks inside: what goes there has not left. */
const insideNet =
  "match(target_ip, '^(10[.]|192[.]168[.]|172[.](1[6-9]|2[0-9]|3[01])[.]|127[.]|169[.]254[.]|100[.](6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])[.]|22[4-9][.]|23[0-9][.]|255[.]|0[.]|::1|f[cdef])')"

/** Files by which data is packed, dumped or copied whole. */
const tellingFile =
  "match(lower(name), '([.](rar|7z|zip|tar|tgz|gz|bz2|xz|zst|ace|arj|dmp|dump|bak|sql|dit|r[0-9][0-9]|z[0-9][0-9]|[0-9]{3}|pcap)|[.]tar[.][a-z0-9]+)$|(^|[/\\\\\\\\])(sam|system|security|ntds)([.][a-z]+)?$')"

/** Programs that read databases: a file that one of them writes is an export. */
const databaseClients =
  "match(lower(detail), '(^|[/\\\\\\\\])(psql|pg_dump|pg_dumpall|mysql|mysqldump|mariadb|mariadb-dump|sqlplus|sqlcl|exp|expdp|sqlcmd|bcp|dbeaver|toad|ssms|clickhouse|clickhouse-client|snowsql|mongodump|mongoexport)([.]exe)?$')"

/** Groups the rows of `source` by key and hour, for keys that occur within the stories' stretches. */
function grouped(source: string): string {
  return `
SELECT * EXCEPT (within) FROM (
  SELECT host, peer, account, name, how, min(detail) AS detail, count() AS records,
    sum(greatest(rows, 0)) AS rows_sum, max(rows) AS rows_most, countIf(rows >= 0) AS rows_known,
    sum(greatest(bytes, 0)) AS bytes_sum, countIf(bytes >= 0) AS bytes_known,
    toString(min(time)) AS first, toString(max(time)) AS last,
    groupArraySorted(5)(tuple(toString(time), toString(exhibit), toString(member), toString(unit), toUInt32(n))) AS cites,
    max(max(${inside})) OVER (PARTITION BY host, peer, account, name, how) AS within
  FROM (${source})
  GROUP BY host, peer, account, name, how, toStartOfHour(time))
WHERE within = 1
ORDER BY first, host, name, account, peer, how LIMIT ${actsMost}`
}

const cited = 'time, exhibit, member, unit, n'
const client = "if(source_ip = '', lower(splitByChar('.', fields['client'])[1]), source_ip)"
const written = `upper(fields['command']) IN ('INSERT', 'UPDATE', 'DELETE', 'MERGE', 'CREATE', 'DROP', 'ALTER', 'GRANT', 'REVOKE', 'TRUNCATE', 'SET', 'SHOW', 'USE', 'BEGIN', 'COMMIT', 'ROLLBACK', 'CONNECT', 'DISCONNECT', 'LOGON', 'LOGOFF', 'PUT_FILES', 'REMOVE_FILES', 'LIST_FILES')`

/** Reads in databases by their own logs; without an object the statement is kept, one for each shape. */
export const databaseSql = grouped(`
SELECT ${cited}, host, ${client} AS peer, account,
  arrayJoin(if(empty(objects), [''], objects)) AS name,
  concat(upper(fields['command']), if(empty(objects), toString(normalizedQueryHash(fields['statement'])), '')) AS how,
  substring(fields['statement'], 1, 4000) AS detail,
  if(fields['rows'] = '', -1, toInt64OrDefault(fields['rows'], toInt64(-1))) AS rows, if(bytes_out > 0, bytes_out, -1) AS bytes,
  arrayFilter(x -> x != '', [fields['object'], fields['tables.0'], fields['tables.1'], fields['tables.2']]) AS objects
FROM events
PREWHERE class = 'datastore' AND product != 'snowflake' AND (${hosts} OR ${fromHosts} OR ${byAccounts}) AND ${bound}
WHERE fields['outcome'] != 'failure' AND fields['class'] NOT IN ('WRITE', 'DDL', 'ROLE', 'MISC') AND NOT (${written})`)

/** Snowflake: what was run, with the objects that its access history names for the same query. */
export const warehouseSql = grouped(`
SELECT ${cited}, host, '' AS peer, account, arrayJoin(if(empty(objects), [extract(statement, '@[^ )";]+')], objects)) AS name, if(command = 'UNLOAD', concat(command, ' ', extract(statement, '@[^ )";]+')), command) AS how, statement AS detail, rows, bytes
FROM (
  SELECT ${cited}, host, account, fields['QUERY_ID'] AS id, upper(fields['command']) AS command, substring(fields['statement'], 1, 4000) AS statement,
    toInt64OrDefault(fields['rows'], toInt64(-1)) AS rows, if(bytes_out > 0, bytes_out, -1) AS bytes
  FROM events PREWHERE product = 'snowflake' AND service = 'query_history' AND ${byAccounts} AND ${bound} WHERE fields['outcome'] != 'failure' AND NOT (${written})) AS q
LEFT JOIN (
  SELECT fields['QUERY_ID'] AS id, groupUniqArrayArray(arrayFilter(x -> x != '', [fields['object'], fields['BASE_OBJECTS_ACCESSED.0.objectName'], fields['BASE_OBJECTS_ACCESSED.1.objectName'], fields['BASE_OBJECTS_ACCESSED.2.objectName']])) AS objects
  FROM events PREWHERE product = 'snowflake' AND service = 'access_history' AND ${byAccounts} AND ${bound} GROUP BY id) AS a ON q.id = a.id`)

/** Files opened over shares and on audited hosts, by folder; telling files by name. */
export const shareSql = grouped(`
SELECT ${cited}, host, source_ip AS peer, account, if(${tellingFile.replaceAll('name', 'path')}, path, arrayStringConcat(arrayPopBack(splitByChar('\\\\', path)), '\\\\')) AS name,
  multiIf(match(fields['AccessMask'], '[13579bdfBDF]$'), 'read', match(fields['AccessMask'], '[26aeAE]$'), 'write', bytes_out > 0, 'sent', event_id IN ('5145', '4663'), 'other', 'read') AS how,
  path AS detail, toInt64(-1) AS rows, if(bytes_out > 0, bytes_out, -1) AS bytes,
  if(event_id = '5145', concat(arrayElement(splitByChar('\\\\', fields['ShareName']), -1), '\\\\', fields['RelativeTargetName']),
    replaceAll(multiIf(fields['TargetFilename'] != '', fields['TargetFilename'], fields['ObjectName'] != '', fields['ObjectName'], fields['name']), '/', '\\\\')) AS path
FROM events
PREWHERE class = 'file' AND service NOT IN ('sysmon', 'mft', 'amcache') AND NOT endsWith(account, '$') AND (${hosts} OR ${fromHosts} OR ${byAccounts}) AND ${bound}
WHERE path NOT IN ('', '\\\\') AND NOT match(path, '^(IPC|ADMIN|print)[$]') AND fields['outcome'] != 'failure' AND how != 'other'`)

/** Files made that pack, dump or copy data, and files that a database client wrote. */
export const fileSql = grouped(`
SELECT ${cited}, host, '' AS peer, account, replaceAll(fields['TargetFilename'], '/', '\\\\') AS name, 'created' AS how, process AS detail, toInt64(-1) AS rows,
  if(fields['FileSize'] = '', -1, toInt64OrDefault(fields['FileSize'], toInt64(-1))) AS bytes
FROM events
PREWHERE class = 'file' AND service IN ('sysmon', 'mft') AND ${hosts} AND ${bound}
WHERE name != '' AND (event_id = '11' OR startsWith(fields['timestamp_desc'], 'File created ($STANDARD')) AND (${tellingFile} OR ${databaseClients})`)

/** Command lines that pack, dump, copy or send. */
export const commandSql = grouped(`
SELECT ${cited}, host, '' AS peer, account, substring(command_line, 1, 4000) AS name, lower(if(fields['OriginalFileName'] IN ('', '-', '?'), arrayElement(splitByChar('\\\\', replaceAll(process, '/', '\\\\')), -1), fields['OriginalFileName'])) AS how,
  process AS detail, toInt64(-1) AS rows, toInt64(-1) AS bytes
FROM events
PREWHERE ${hosts} AND class = 'process' AND ${bound}
WHERE command_line != '' AND match(lower(command_line), '(^|[^a-z])a +.*-(hp|p|v)|[.](rar|7z|zip|tar|tgz|gz)|compress-archive|makecab|pg_dump|mysqldump|expdp|bcp|ntdsutil|ntds[.]dit|shadow|reg +save|scp |sftp|pscp|rclone|curl.*(-t |--upload|-f )|ftp|copy ')`)

/** Bytes sent to addresses outside, by flows, firewalls and proxies. */
export const flowSql = grouped(`
SELECT ${cited}, source_ip AS host, if(fields['cs-host'] != '', fields['cs-host'], target_ip) AS peer, account, '' AS name, if(category = 'proxy', concat('proxy ', fields['cs-method']), 'flow') AS how, '' AS detail, toInt64(-1) AS rows, bytes_out AS bytes
FROM events
PREWHERE class IN ('network', 'http') AND category != 'webserver' AND bytes_out > 0 AND target_ip != '' AND NOT ${insideNet} AND ${fromHosts} AND ${bound}`)

/** Responses that a web server sent to addresses of the stories, by the folder asked for. */
export const webSql = grouped(`
SELECT ${cited}, host, source_ip AS peer, '' AS account, replaceRegexpOne(fields['cs-uri-stem'] != '' ? fields['cs-uri-stem'] : splitByChar('?', fields['cs-uri-query'])[1], '/[^/]*$', '') AS name, 'answered' AS how,
  fields['cs-uri-query'] AS detail, toInt64(-1) AS rows, bytes_out AS bytes
FROM events
PREWHERE class = 'http' AND category = 'webserver' AND bytes_out > 0 AND ${hosts} AND source_ip IN ({clients:Array(String)}) AND ${bound}
WHERE startsWith(fields['sc-status'], '2')`)

/** Names looked up, by domain: data can leave in them. */
export const dnsSql = grouped(`
SELECT ${cited}, if(${hosts}, host, source_ip) AS host, arrayStringConcat(arraySlice(labels, -2), '.') AS peer, account, '' AS name, 'lookup' AS how, '' AS detail, toInt64(-1) AS rows, toInt64(length(query)) AS bytes,
  lower(if(fields['QueryName'] != '', fields['QueryName'], fields['query'])) AS query, splitByChar('.', trim(TRAILING '.' FROM query)) AS labels
FROM events
PREWHERE class = 'dns' AND (${hosts} OR ${fromHosts}) AND ${bound}
WHERE query != '' AND length(query) > 60`)

/** Outside addresses in the records that stories cite. */
export const citedAddressesSql = `
SELECT DISTINCT exhibit, member, toUInt32(n) AS at_n, source_ip FROM events
PREWHERE exhibit IN ({exhibits:Array(String)}) AND n IN ({ns:Array(UInt64)}) AND source_ip != '' AND ${bound}
WHERE (exhibit, member, n) IN (SELECT arrayJoin(arrayZip({exhibits:Array(String)}, {members:Array(String)}, {ns:Array(UInt64)})))`
