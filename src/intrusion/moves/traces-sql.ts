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

const selected = `${citedSql}, host, account, event_id, class, product, service, toUInt8(${sysmon}) AS sysmon, process, parent_process AS parent,
  substring(command_line, 1, 2000) AS command, source_ip, target_ip, target_port, fields['Initiated'] AS initiated, fields['LogonType'] AS logon_type,
  fields['WorkstationName'] AS workstation, fields['TargetServerName'] AS target_server,
  concat(fields['TargetDomainName'], '\\\\', fields['TargetUserName']) AS target_account,
  multiIf(event_id IN ('4624', '4625'), fields['TargetLogonId'], ${sysmon} AND event_id = '1', fields['LogonId'],
    event_id = '4688' AND fields['TargetLogonId'] NOT IN ('', '0x0'), fields['TargetLogonId'], fields['SubjectLogonId']) AS session,
  fields['ShareName'] AS share, fields['RelativeTargetName'] AS path, fields['AccessMask'] AS access,
  fields['ServiceName'] AS service_name, fields['Status'] AS outcome`

/** One kind of record: which they are by columns that are read for all events, and what has to hold of their fields besides. */
interface Records {
  readonly among: string
  readonly when?: string
}

const administrative = "match(fields['ShareName'], '(ADMIN|[A-Z]|IPC)\\\\$$')"
const onSecurity = (ids: string, more: string): string => `${security} AND event_id IN (${ids})${more}`
/** Of logons over the network every host holds more than of all other records together. */
const networkLogons: Records = { among: onSecurity("'4624'", ` AND ${person}`), when: "fields['LogonType'] = '3'" }

/** Records that show a host reached, and never what for. */
const reaching: readonly Records[] = [
  networkLogons,
  { among: onSecurity("'4648'", ''), when: "fields['TargetServerName'] NOT IN ('', '-', 'localhost')" },
  { among: onSecurity("'4769'", ` AND source_ip != '' AND ${person}`), when: "endsWith(fields['ServiceName'], '$')" },
  { among: onSecurity("'5140', '5145'", ` AND ${person}`), when: administrative },
  { among: onSecurity("'5156'", ` AND target_port IN (${adminPorts}) AND source_ip != ''`) },
  { among: `event_id = '3' AND target_port IN (${adminPorts}) AND ${sysmon}` },
]

/** Interfaces and programs in a path that can show control: `tracesOf` decides. */
const controlling =
  "match(fields['RelativeTargetName'], '(?i)(?:^(?:svcctl|atsvc|winreg|itaskscheduler)|[.](?:exe|dll|sys|bat|cmd|ps1|vbs|js|msi|scr|hta))$')"
const controlPorts = '135, 5985, 5986'

/** All other records: what was controlled, done there, or refused. */
const telling: readonly Records[] = [
  {
    among: onSecurity("'4624'", ` AND source_ip NOT IN ('', '127.0.0.1', '::1') AND ${person}`),
    when: "fields['LogonType'] IN ('7', '10')",
  },
  { among: onSecurity("'4625'", " AND source_ip != ''"), when: "fields['LogonType'] IN ('3', '10')" },
  { among: onSecurity("'5145'", ` AND ${person}`), when: `${administrative} AND ${controlling}` },
  { among: onSecurity("'4698', '4702'", ` AND ${person}`) },
  { among: onSecurity("'4742'", " AND endsWith(account, 'anonymous logon')") },
  { among: onSecurity("'5157'", ` AND (target_port IN (${adminPorts}) OR target_port >= 49152) AND source_ip != ''`) },
  { among: onSecurity("'5156'", ` AND target_port IN (${controlPorts}) AND source_ip != ''`) },
  { among: "event_id IN ('4697', '7045')" },
  { among: `event_id = '3' AND target_port IN (${controlPorts}) AND ${sysmon}` },
  { among: "event_id = '1149' AND source_ip != ''" },
  {
    among: `class = 'process' AND event_id IN ('1', '4688') AND (${person} OR match(parent_process, '(?i)(?:wmiprvse|wsmprovhost)\\\\.exe$'))`,
    when: `match(command_line, '${naming}') OR match(process, '(?i)wsmprovhost\\\\.exe$') OR match(parent_process, '(?i)(?:wmiprvse|wsmprovhost)\\\\.exe$')
      OR (host, if(event_id = '1', fields['LogonId'], if(fields['TargetLogonId'] IN ('', '0x0'), fields['SubjectLogonId'], fields['TargetLogonId']))) IN (
        SELECT host, fields['TargetLogonId'] FROM events PREWHERE ${inPeriod.replace('{from:String}', '{opened:String}')} AND ${networkLogons.among} WHERE ${networkLogons.when ?? '1'})`,
  },
  { among: "class = 'authentication' AND product = 'linux' AND source_ip != '' AND service IN ('sshd', 'ssh', 'auth')" },
  { among: "class = 'authentication' AND service = 'aaa' AND source_ip != ''", when: "fields['outcome'] != 'failure'" },
]

function statement(records: readonly Records[], where?: Required<Records>): string {
  return `
SELECT ${selected}
FROM events
PREWHERE ${inPeriod}${where === undefined ? '' : ` AND ${where.among}`} AND (
  (${records.map((one) => one.among).join(')\n  OR (')}))
WHERE (
  (${records.map((one) => (one.when === undefined ? one.among : `${one.among} AND (${one.when})`)).join(')\n  OR (')}))${where === undefined ? '' : ` AND ${where.when}`}
ORDER BY time, host, exhibit, n
LIMIT 1 BY host, source_ip, workstation, target_ip, target_port, account, event_id, logon_type, target_server, share, path, service_name, process, session,
  if(class = 'process' OR event_id IN ('4697', '7045', '4698', '4702'), time, toDateTime64(toStartOfMinute(time), 6, 'UTC'))
LIMIT {most:UInt64}`
}

/**
 * Records that tell of one host reaching or controlling another (story.md 5.3). Reaching alone is thinned to one record a minute, source, target and
 * account; what was done on a host is kept whole. Accounts of computers are left out: they log on all day. Parameters: those of a period, `most`, and `opened`: from
 * when on the sessions were opened in which processes are looked for.
 */
export const tracesSql = statement([...reaching, ...telling])

/** Those of them that can make a move or an attempt. */
export const tellingTracesSql = statement(telling)

/** Seconds of one stretch of time around which is looked. */
export const nearSeconds = 600
const stretch = `toUInt32(intDiv(toUnixTimestamp(time), ${nearSeconds}))`
const shortNameSql = (name: string): string =>
  `lower(splitByChar('.', splitByChar('\\\\', replaceAll(${name}, '/', '\\\\'))[-1])[1])`
const nearSql = (place: string): string =>
  `(toString(${place}), ${stretch}) IN (SELECT arrayJoin(arrayZip({places:Array(String)}, {stretches:Array(UInt32)})))`
const service = "substring(fields['ServiceName'], 1, length(fields['ServiceName']) - 1)"

/** The others, where and when such a record is: parameters besides, `places` (hosts and their addresses) and beside each, as `stretches`, when; `times`: each of these once. */
export const nearTracesSql = statement(reaching, {
  among: `${stretch} IN ({times:Array(UInt32)})`,
  when: `(${nearSql('host')}
  OR (event_id IN ('3', '5156') AND ${nearSql('target_ip')})
  OR (event_id = '4769' AND (${nearSql(shortNameSql(service))} OR ${nearSql(`lower(${service})`)}))
  OR (event_id = '4648' AND (${nearSql(shortNameSql("fields['TargetServerName']"))} OR ${nearSql("lower(fields['TargetServerName'])")})))`,
})

/** Logons over the network that opened some sessions: parameters besides, `places` (hosts) and beside each, as `sessions`, the logon id. */
export const openedSql = statement([networkLogons], {
  among: 'host IN ({places:Array(String)})',
  when: "(toString(host), fields['TargetLogonId']) IN (SELECT arrayJoin(arrayZip({places:Array(String)}, {sessions:Array(String)})))",
})
