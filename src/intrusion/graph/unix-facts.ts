import type { FactKind } from './fact.ts'
import { field, lowerField, sql } from './fragments.ts'

const audited = { pid: field('pid'), image: 'lower(process)' }

/** What Linux and Unix hosts record, and agents of any maker that tell programs by number. */
export const unixFacts: readonly FactKind[] = [
  {
    what: 'start-security',
    among: "service = 'auditd' AND class = 'process' AND category = 'process_creation'",
    columns: {
      pid: field('ProcessId'),
      other_pid: field('ParentProcessId'),
      logon: `if(${field('LogonId')} IN ('', '4294967295', 'unset'), '', concat('ses', ${field('LogonId')}))`,
      path: 'lower(process)',
      text: 'left(command_line, 2000)',
    },
  },
  {
    what: 'start-security',
    among: "class = 'process' AND category = 'process_creation' AND service NOT IN ('auditd', 'sysmon', 'security')",
    columns: {
      pid: field('ProcessId'),
      other_pid: field('ParentProcessId'),
      logon: lowerField('LogonId'),
      path: 'lower(process)',
      text: 'left(command_line, 2000)',
    },
  },
  {
    what: 'file',
    among: "service = 'auditd' AND class = 'file' AND category = 'file_event'",
    columns: { ...audited, path: lowerField('TargetFilename') },
  },
  {
    what: 'connect',
    among: "service = 'auditd' AND class = 'network' AND category = 'network_connection'",
    columns: { ...audited, mode: lowerField('Initiated') },
  },
  {
    what: 'session',
    among: "service = 'auditd' AND class = 'authentication' AND event_id IN ('USER_START', 'LOGIN', 'USER_LOGIN')",
    when: `${lowerField('res')} NOT IN ('failed', 'no', '0') AND ${field('ses')} NOT IN ('', '4294967295', 'unset')`,
    columns: { logon: `concat('ses', ${field('ses')})`, pid: field('pid'), mode: 'event_id' },
  },
  {
    what: 'session',
    among: "service = 'sshd' AND class = 'authentication'",
    when: `${field('outcome')} = 'success' AND source_ip != ''`,
    columns: {
      logon: sql`concat('ssh:', account, '@', formatDateTime(time, '%Y-%m-%dT%H:%i:%s', 'UTC'))`,
      port: field('srcPort'),
      mode: "'ssh'",
    },
  },
  {
    what: 'logon-failed',
    among: "service = 'sshd' AND class = 'authentication'",
    when: `${field('outcome')} = 'failure' AND source_ip != ''`,
    columns: { mode: "'ssh'" },
  },
  {
    what: 'command',
    among: "service = 'sudo' AND class = 'process'",
    when: `${field('outcome')} = 'success'`,
    columns: {
      other_account: lowerField('runAs'),
      text: 'left(command_line, 2000)',
      path: sql`lower(extract(command_line, '^(\\S{1,500})'))`,
    },
  },
]
