import { citedSql } from '../cited.ts'
import { adminPorts, inPeriod } from '../sql.ts'

const sysmon = "channel LIKE '%Sysmon%'"
const security = "lower(channel) = 'security'"
const person =
  "NOT endsWith(account, '$') AND NOT match(account, '(^|\\\\\\\\)(system|local service|network service|anonymous logon)$')"
/** A command that names another computer: \\\\NAME, /node:NAME, -ComputerName NAME, /s NAME, -r:NAME. */
const naming = '(?i)(?:\\\\\\\\\\\\\\\\[a-z0-9]|/node:|-(?:computername|cn)[ :]|/s [a-z0-9\\\\\\\\]|-r(?:emote)?:|/target:)'

/** What the traces of moves are made of. */
export interface TraceRow {
  readonly exhibit: string
  readonly member: string
  readonly unit: string
  readonly at_n: number
  readonly at_time: string
  readonly host: string
  readonly account: string
  readonly event_id: string
  readonly class: string
  readonly product: string
  readonly service: string
  readonly sysmon: number
  readonly process: string
  readonly parent: string
  readonly command: string
  readonly source_ip: string
  readonly target_ip: string
  readonly target_port: number
  readonly initiated: string
  readonly logon_type: string
  readonly workstation: string
  readonly target_server: string
  readonly target_account: string
  readonly session: string
  readonly share: string
  readonly path: string
  readonly access: string
  readonly service_name: string
  readonly outcome: string
}

/**
 * Records that tell of one host reaching or controlling another (story.md 5.3). Reaching alone is thinned to one record a minute, source, target and
 * account; what was done on a host is kept whole. Accounts of computers are left out: they log on all day. Parameters: those of a period, `most`, and `opened`: from
 * when on the sessions were opened in which processes are looked for.
 */
export const tracesSql = `
SELECT ${citedSql}, host, account, event_id, class, product, service, toUInt8(${sysmon}) AS sysmon, process, parent_process AS parent,
  substring(command_line, 1, 2000) AS command, source_ip, target_ip, target_port, fields['Initiated'] AS initiated, fields['LogonType'] AS logon_type,
  fields['WorkstationName'] AS workstation, fields['TargetServerName'] AS target_server,
  concat(fields['TargetDomainName'], '\\\\', fields['TargetUserName']) AS target_account,
  multiIf(event_id IN ('4624', '4625'), fields['TargetLogonId'], ${sysmon} AND event_id = '1', fields['LogonId'],
    event_id = '4688' AND fields['TargetLogonId'] NOT IN ('', '0x0'), fields['TargetLogonId'], fields['SubjectLogonId']) AS session,
  fields['ShareName'] AS share, fields['RelativeTargetName'] AS path, fields['AccessMask'] AS access,
  fields['ServiceName'] AS service_name, fields['Status'] AS outcome
FROM events
WHERE ${inPeriod} AND (
  (${security} AND event_id = '4624' AND (fields['LogonType'] = '3' OR (fields['LogonType'] IN ('7', '10') AND source_ip NOT IN ('', '127.0.0.1', '::1'))) AND ${person})
  OR (${security} AND event_id = '4625' AND fields['LogonType'] IN ('3', '10') AND source_ip != '')
  OR (${security} AND event_id = '4648' AND fields['TargetServerName'] NOT IN ('', '-', 'localhost'))
  OR (${security} AND event_id = '4769' AND endsWith(fields['ServiceName'], '$') AND source_ip != '' AND ${person})
  OR (${security} AND event_id IN ('5140', '5145') AND match(fields['ShareName'], '(ADMIN|[A-Z]|IPC)\\\\$$') AND ${person})
  OR (${security} AND event_id IN ('4698', '4702') AND ${person})
  OR (${security} AND event_id = '4742' AND endsWith(account, 'anonymous logon'))
  OR (${security} AND event_id IN ('5156', '5157') AND target_port IN (${adminPorts}) AND source_ip != '')
  OR (${security} AND event_id = '5157' AND source_ip != '' AND target_port >= 49152)
  OR event_id IN ('4697', '7045')
  OR (${sysmon} AND event_id = '3' AND target_port IN (${adminPorts}))
  OR (event_id = '1149' AND source_ip != '')
  OR (class = 'process' AND event_id IN ('1', '4688') AND (${person} OR match(parent_process, '(?i)(?:wmiprvse|wsmprovhost)\\\\.exe$'))
    AND (match(command_line, '${naming}') OR match(process, '(?i)wsmprovhost\\\\.exe$') OR match(parent_process, '(?i)(?:wmiprvse|wsmprovhost)\\\\.exe$')
      OR (host, if(event_id = '1', fields['LogonId'], if(fields['TargetLogonId'] IN ('', '0x0'), fields['SubjectLogonId'], fields['TargetLogonId']))) IN (
        SELECT host, fields['TargetLogonId'] FROM events WHERE ${inPeriod.replace('{from:String}', '{opened:String}')} AND ${security} AND event_id = '4624' AND fields['LogonType'] = '3' AND ${person})))
  OR (class = 'authentication' AND product = 'linux' AND source_ip != '' AND service IN ('sshd', 'ssh', 'auth'))
  OR (class = 'authentication' AND service = 'aaa' AND source_ip != '' AND fields['outcome'] != 'failure'))
ORDER BY time, host, exhibit, n
LIMIT 1 BY host, source_ip, workstation, target_ip, target_port, account, event_id, logon_type, target_server, share, path, service_name, process, session,
  if(class = 'process' OR event_id IN ('4697', '7045', '4698', '4702'), time, toDateTime64(toStartOfMinute(time), 6, 'UTC'))
LIMIT {most:UInt64}`
