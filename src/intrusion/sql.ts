import { citedSql, type CitedRow } from './cited.ts'

// SQL over the lake's events. Every statement binds its loads and its period; names of columns are the events room's.

/** Events of the bound loads within the bound period. */
export const inPeriod =
  "load_id IN ({loads:Array(UInt64)}) AND timed AND time BETWEEN parseDateTime64BestEffort({from:String}, 6, 'UTC') AND parseDateTime64BestEffort({to:String}, 6, 'UTC')"

/** How many events some loads hold. */
export const countSql = 'SELECT count() AS events FROM events WHERE load_id IN ({loads:Array(UInt64)})'

/** The time the events of some loads span. */
export const periodSql = `
SELECT toString(min(time)) AS first, toString(max(time)) AS last, count() AS events FROM events
WHERE load_id IN ({loads:Array(UInt64)}) AND timed`

/** Ports over which one host administers another. */
export const adminPorts = '22, 135, 139, 445, 3389, 5985, 5986'
/** Ports of database servers. */
const databasePorts = '1433, 1521, 3306, 5432, 50000'

/** An account without its domain, lower case: `bareAccount` in the engine. */
const bareAccountSql = (account: string): string => `splitByChar('@', splitByChar('\\\\', lower(${account}))[-1])[1]`

/**
 * Records that show one host reaching another, one per hour and kind of the same pair (story.md 5.3): 4624 of types 3, 9, 10;
 * 4648; 5145 on administrative shares; outgoing connections to ports of administration and of databases; database sessions.
 * Accounts of machines are left out: they log on all day. Parameters: those of a period; `hosts`, `addresses` (of these hosts), `accounts`, `explicit` (hosts
 * on which credentials of these accounts were given); `every`: seconds of which one record stands for all of the same; `most`. A logon elsewhere from one of the hosts counts only under one of the accounts: nothing was seen where it leads.
 */
export const movementsSql = `
SELECT ${citedSql}, host, account, source_ip, target_ip, target_port, event_id, class,
  fields['LogonType'] AS logon_type, if(class = 'datastore', fields['client'], fields['WorkstationName']) AS workstation, fields['TargetServerName'] AS target_server,
  concat(fields['TargetDomainName'], '\\\\', fields['TargetUserName']) AS target_account
FROM events
PREWHERE (event_id IN ('4624', '4648', '5145') OR (class = 'network' AND target_port IN (${adminPorts}, ${databasePorts})) OR class = 'datastore')
  AND (host IN ({hosts:Array(String)}) OR (class = 'datastore' AND source_ip IN ({addresses:Array(String)})) OR target_ip IN ({addresses:Array(String)})
    OR ${bareAccountSql('account')} IN ({accounts:Array(String)}) OR (event_id = '4648' AND host IN ({explicit:Array(String)}))) AND ${inPeriod}
WHERE (
  (channel = 'Security' AND event_id = '4624' AND fields['LogonType'] IN ('3', '9', '10'))
  OR (channel = 'Security' AND event_id = '4648' AND fields['TargetServerName'] NOT IN ('', '-', 'localhost'))
  OR (channel = 'Security' AND event_id = '5145' AND match(fields['ShareName'], '(ADMIN|C|IPC)\\\\$$'))
  OR (class = 'network' AND fields['Initiated'] = 'true' AND target_port IN (${adminPorts}, ${databasePorts}))
  OR (class = 'datastore' AND (source_ip != '' OR fields['client'] NOT IN ('', '[local]'))))
  AND NOT endsWith(account, '$')
ORDER BY time, host, exhibit, n
LIMIT 1 BY host, source_ip, workstation, target_ip, target_port, account, event_id, logon_type, target_server, intDiv(toUnixTimestamp(time), {every:UInt32})
LIMIT {most:UInt32}`

/** Hosts on which credentials of some accounts were given explicitly. */
export const explicitHostsSql = `
SELECT DISTINCT toString(host) AS host FROM kept_facts
WHERE of_load IN ({loads:Array(UInt64)}) AND what = 'explicit' AND ${bareAccountSql('other_account')} IN ({accounts:Array(String)}) ORDER BY host`

/** Which host uses which address: its own connections, logons that state both the name and the address of another host, and what computers do under their own accounts. */
export const addressesSql = `
SELECT address, name, sum(votes) AS votes FROM (
  SELECT source_ip AS address, host AS name, count() AS votes FROM events
  PREWHERE ${inPeriod} AND class = 'network' AND source_ip != '' WHERE fields['Initiated'] = 'true' GROUP BY 1, 2
  UNION ALL
  SELECT source_ip, lower(splitByChar('.', fields['WorkstationName'])[1]), count() FROM events
  PREWHERE ${inPeriod} AND event_id = '4624' AND source_ip != '' WHERE fields['WorkstationName'] NOT IN ('', '-')
    AND lower(splitByChar('.', fields['WorkstationName'])[1]) != host GROUP BY 1, 2
  UNION ALL
  SELECT source_ip, lower(replaceRegexpAll(account, '^.*\\\\\\\\|[$]$', '')), count() FROM events
  PREWHERE ${inPeriod} AND event_id IN ('4624', '4768', '4769') AND source_ip != '' AND endsWith(account, '$') AND lower(channel) = 'security'
  WHERE (event_id != '4624' OR fields['AuthenticationPackageName'] = 'Kerberos')
    AND lower(replaceRegexpAll(account, '^.*\\\\\\\\|[$]$', '')) != host GROUP BY 1, 2
  UNION ALL
  SELECT target_ip, host, count() FROM events
  PREWHERE ${inPeriod} AND class = 'network' AND target_ip != '' AND target_port IN (${adminPorts}) WHERE fields['Initiated'] = 'false' GROUP BY 1, 2)
WHERE NOT match(address, '^(fe80:|127[.]|::1$|0:0:0:0:0:0:0:1$)')
GROUP BY address, name ORDER BY address, votes DESC, name`

/** What `readsSql` gives. */
export interface ReadRow extends CitedRow {
  readonly host: string
  readonly account: string
  readonly source_ip: string
  readonly client: string
  readonly object: string
}

/** Objects read in databases, one row per object, client and hour. Parameters: those of a period, `hosts`, `addresses`, `accounts`. */
export const readsSql = `
SELECT ${citedSql}, host, account, source_ip, fields['client'] AS client,
  if(fields['object'] != '', fields['object'], fields['BASE_OBJECTS_ACCESSED.0.objectName']) AS object
FROM events
PREWHERE class = 'datastore' AND host IN ({hosts:Array(String)})
  AND (source_ip IN ({addresses:Array(String)}) OR ${bareAccountSql('account')} IN ({accounts:Array(String)})) AND ${inPeriod}
WHERE object != ''
ORDER BY time, host, exhibit, n
LIMIT 1 BY host, source_ip, account, object, toStartOfHour(time)
LIMIT 50000`

/** Stretches without an event on a host that otherwise writes steadily, with how many events it has in the period. */
export const silencesSql = `
SELECT host, toString(before) AS from, ${citedSql}, total, dateDiff('second', first, last) AS span, dateDiff('second', before, time) AS quiet
FROM (
  SELECT host, exhibit, member, unit, n, time,
    lagInFrame(time, 1, time) OVER (PARTITION BY host ORDER BY time ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS before,
    count() OVER (PARTITION BY host) AS total,
    min(time) OVER (PARTITION BY host) AS first,
    max(time) OVER (PARTITION BY host) AS last
  FROM events WHERE ${inPeriod} AND host IN ({hosts:Array(String)}))
WHERE dateDiff('second', before, time) >= {quiet:UInt32}
ORDER BY host, time LIMIT 1000`

/** Addresses inside that gateways gave to sessions from outside: they stand for the gateway. */
export const givenAddressesSql = `
SELECT inner AS address, host AS name, count() AS votes FROM (
  SELECT host, arrayFirst(x -> x != '', [fields['tunnelip'], fields['private_ip'], fields['assigned_ip'], fields['virtual_ip'], fields['innerIp']]) AS inner
  FROM events PREWHERE ${inPeriod} AND class = 'authentication' AND product != 'windows')
WHERE inner != '' GROUP BY 1, 2 ORDER BY votes DESC, address, name LIMIT 100000`

/** Commands on network devices that sign in to another address, and sign-ins on devices from addresses inside. */
export const deviceStepsSql = `
SELECT host, toString(time) AS at_time, source_ip, class,
  extract(command_line, '(?:ssh|telnet)[ ](?:[^ ]+[ ])*?([0-9]{1,3}[.][0-9]{1,3}[.][0-9]{1,3}[.][0-9]{1,3})') AS target
FROM events
PREWHERE ${inPeriod} AND service = 'aaa' AND ((class = 'process' AND match(command_line, '^(?:do )?(?:ssh|telnet) ')) OR (class = 'authentication' AND source_ip != ''))
ORDER BY time, host, exhibit, n LIMIT 50000`
