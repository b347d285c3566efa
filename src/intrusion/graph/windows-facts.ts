import type { FactKind } from './fact.ts'
import { field, hexNumber, lowerField, ordinaryAccount, processId, sql } from './fragments.ts'

const security = (ids: string): string => `service = 'security' AND event_id IN (${ids})`
const named = (domain: string, name: string): string =>
  `if(${field(name)} IN ('', '-'), '', lower(if(${field(domain)} IN ('', '-') OR position(${field(name)}, '\\\\') > 0, ${field(name)}, concat(${field(domain)}, '\\\\', ${field(name)}))))`
const subject = {
  logon: lowerField('SubjectLogonId'),
  account: named('SubjectDomainName', 'SubjectUserName'),
  sid: field('SubjectUserSid'),
}
const target = named('TargetDomainName', 'TargetUserName')
/** What a logon, its ticket and the request with explicit credentials have in common, over hosts. */
const logonGuid = (name: string): string =>
  `if(${field(name)} IN ('', '-', '{00000000-0000-0000-0000-000000000000}'), '', ${lowerField(name)})`
const caller = { pid: processId(field('ProcessId')), image: lowerField('ProcessName') }

/** What Windows' own logs record. */
export const windowsFacts: readonly FactKind[] = [
  {
    what: 'start-security',
    among: security("'4688'"),
    columns: {
      ...subject,
      pid: processId(field('NewProcessId')),
      other_pid: processId(field('ProcessId')),
      logon: `if(${field('TargetLogonId')} IN ('', '0x0'), ${lowerField('SubjectLogonId')}, ${lowerField('TargetLogonId')})`,
      path: 'lower(process)',
      text: 'left(command_line, 2000)',
    },
  },
  {
    what: 'connect-filter',
    among: security("'5156'"),
    columns: {
      pid: processId(lowerField('ProcessId')),
      image: lowerField('Application'),
      port: field('SourcePort'),
      mode: `multiIf(${field('Direction')} IN ('%%14593', 'Outbound'), 'true', ${field('Direction')} IN ('%%14592', 'Inbound'), 'false', '')`,
    },
  },
  {
    what: 'file',
    among: security("'4663'"),
    when: `${field('ObjectType')} = 'File' AND bitAnd(${hexNumber(lowerField('AccessMask'))}, 0x6) > 0`,
    columns: { ...subject, ...caller, path: lowerField('ObjectName') },
  },
  {
    what: 'logon',
    among: security("'4624'"),
    when: `${field('LogonType')} NOT IN ('0', '5')`,
    columns: {
      sid: field('TargetUserSid'),
      logon: lowerField('TargetLogonId'),
      other_logon: lowerField('SubjectLogonId'),
      other_account: named('SubjectDomainName', 'SubjectUserName'),
      port: `if(${field('IpPort')} IN ('', '-', '0'), '', ${field('IpPort')})`,
      name: `if(${field('WorkstationName')} = '-', '', ${lowerField('WorkstationName')})`,
      mode: field('LogonType'),
      ...caller,
      guid: logonGuid('LogonGuid'),
      text: `if(${field('TargetOutboundUserName')} IN ('', '-'), '', ${named('TargetOutboundDomainName', 'TargetOutboundUserName')})`,
    },
  },
  {
    what: 'logon-failed',
    among: security("'4625'"),
    columns: { name: lowerField('WorkstationName'), mode: field('LogonType'), text: lowerField('SubStatus') },
  },
  { what: 'logoff', among: security("'4634', '4647'"), columns: { logon: lowerField('TargetLogonId') } },
  {
    what: 'explicit',
    among: security("'4648'"),
    columns: {
      ...subject,
      ...caller,
      other_account: target,
      guid: logonGuid('TargetLogonGuid'),
      name: field('TargetServerName'),
      port: `if(${field('IpPort')} IN ('', '-', '0'), '', ${field('IpPort')})`,
    },
  },
  { what: 'privileged', among: security("'4672'"), columns: subject },
  {
    what: 'reconnect',
    among: security("'4778'"),
    columns: {
      logon: lowerField('LogonID'),
      account: named('AccountDomain', 'AccountName'),
      name: lowerField('ClientName'),
    },
  },
  {
    what: 'service',
    among: `(${security("'4697'")}) OR (service = 'system' AND event_id = '7045')`,
    columns: {
      account: `if(service = 'security', ${subject.account}, '')`,
      logon: `if(service = 'security', ${lowerField('SubjectLogonId')}, '')`,
      name: lowerField('ServiceName'),
      path: `lower(if(service = 'security', ${field('ServiceFileName')}, ${field('ImagePath')}))`,
      mode: 'event_id',
    },
  },
  {
    what: 'task',
    among: security("'4698', '4702'"),
    columns: {
      ...subject,
      name: lowerField('TaskName'),
      path: sql`lower(extract(concat(${field('TaskContent')}, ${field('TaskContentNew')}), '(?:<|&lt;)Command(?:>|&gt;)([^<&]{1,500})'))`,
      mode: 'event_id',
    },
  },
  {
    what: 'task-start',
    among: "service = 'taskscheduler' AND event_id = '129'",
    columns: { name: lowerField('TaskName'), path: lowerField('Path'), pid: processId(field('ProcessID')) },
  },
  {
    what: 'share',
    among: security("'5140', '5145'"),
    columns: {
      ...subject,
      port: field('IpPort'),
      name: sql`replaceRegexpOne(${lowerField('ShareName')}, '^\\\\\\\\[^\\\\]*\\\\', '')`,
      path: `if(${field('RelativeTargetName')} = '\\\\', '', ${lowerField('RelativeTargetName')})`,
      mode: lowerField('AccessMask'),
      text: sql`replaceRegexpOne(replaceRegexpOne(${lowerField('ShareLocalPath')}, '^\\\\\\?\\?\\\\', ''), '\\\\$', '')`,
    },
  },
  {
    what: 'account-change',
    among: security("'4720', '4722', '4723', '4724', '4728', '4732', '4738', '4756', '4765', '4781'"),
    columns: {
      ...subject,
      // For groups the member is who changes; it is named by its identifier alone where the directory is not asked.
      other_account: `if(event_id IN ('4728', '4732', '4756'), lower(if(${field('MemberName')} IN ('', '-'), ${field('MemberSid')}, ${field('MemberName')})), ${target})`,
      other_guid: `if(event_id IN ('4728', '4732', '4756'), '', ${field('TargetSid')})`,
      name: `if(event_id IN ('4728', '4732', '4756'), ${lowerField('TargetUserName')}, '')`,
      mode: 'event_id',
    },
  },
  {
    what: 'tgt',
    among: security("'4768'"),
    when: `${field('Status')} IN ('0x0', '')`,
    columns: { sid: field('TargetSid'), port: field('IpPort') },
  },
  {
    what: 'ticket',
    among: security("'4769'"),
    when: `${field('Status')} IN ('0x0', '') AND ${lowerField('ServiceName')} != 'krbtgt'`,
    columns: { name: lowerField('ServiceName'), port: field('IpPort'), guid: logonGuid('LogonGuid') },
  },
  {
    what: 'ntlm',
    among: security("'4776'"),
    when: `${field('Status')} IN ('0x0', '')`,
    columns: { name: lowerField('Workstation') },
  },
  {
    what: 'replication',
    among: security("'4662'"),
    // Rights of replicating the directory's changes, all of them, and those in a filtered set.
    when: `match(${lowerField('Properties')}, '1131f6a[ad]-9c07-11d1-f79f-00c04fc2dcd2|89e95b76-444d-4c62-991a-0facbeda640c') AND ${ordinaryAccount('account')}`,
    columns: subject,
  },
  {
    what: 'cleared',
    among: "(service = 'security' AND event_id = '1102') OR (service = 'system' AND event_id = '104')",
    columns: {
      account: subject.account,
      logon: `if(${field('SubjectLogonId')} != '', ${lowerField('SubjectLogonId')}, lower(extract(${field('Message')}, 'Logon ID:\\\\s{0,20}(0x[0-9A-Fa-f]{1,16})')))`,
      name: lowerField('Channel'),
    },
  },
  {
    what: 'script',
    among: "service = 'powershell' AND event_id = '4104'",
    when: `${field('Path')} != ''`,
    columns: {
      pid: `if(${field('ExecutionProcessID')} != '', ${field('ExecutionProcessID')}, ${field('Execution_ProcessID')})`,
      image: "'powershell.exe'",
      path: lowerField('Path'),
    },
  },
  {
    what: 'terminal',
    among:
      "(service = 'terminalservices-localsessionmanager' AND event_id IN ('21', '25')) OR (event_id = '1149' AND class = 'authentication')",
    columns: { logon: field('SessionID'), mode: 'event_id' },
  },
]
