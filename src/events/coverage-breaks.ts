import type { Locator } from '../base/index.ts'
import type { LogEvent } from './event.ts'

/**
 * What happened to a log: `cleared` by somebody; the writer `stopped` or `started`; `rotated` or `vacuumed` (older records go);
 * `full`; `dropped` records; `reduced` (less is written from then on); `changed` (what is written); `command`: a command that does one of these was run.
 */
export type BreakKind =
  | 'cleared'
  | 'stopped'
  | 'started'
  | 'rotated'
  | 'vacuumed'
  | 'full'
  | 'dropped'
  | 'reduced'
  | 'changed'
  | 'command'

/** A moment from which the log at hand is not what was written, as an event tells it. */
export interface LogBreak {
  readonly kind: BreakKind
  /** Log it is about; '' when the event does not name it. */
  readonly log: string
  /** Fixed-width UTC; '' when the event has no time. */
  readonly time: string
  /** Account that did it, where the event says so. */
  readonly account: string
  readonly at: Locator
  /** Index of the exhibit the event stands in. */
  readonly exhibit: number
}

type Found = Pick<LogBreak, 'kind' | 'log'>

/** The break an event tells of, undefined for every other event. */
export function breakOf(event: LogEvent): Found | undefined {
  if (event.channel !== '') return ofWindows(event) ?? ofCommand(event)
  if (event.service === 'auditd') return ofAudit(event) ?? ofCommand(event)
  return ofDevice(event) ?? ofText(event) ?? ofCommand(event)
}

function ofWindows({ service, eventId, provider, channel, fields }: LogEvent): Found | undefined {
  const byLog = /Eventlog$/i.test(provider)
  if (service === 'security') {
    if (byLog && eventId === '1102') return { kind: 'cleared', log: 'Security' }
    if (byLog && eventId === '1100') return { kind: 'stopped', log: 'every event log' }
    if (byLog && eventId === '1104') return { kind: 'full', log: 'Security' }
    // %%8448 and %%8450 stand for "success removed" and "failure removed".
    if (eventId === '4719' && /%%(?:8448|8450)/.test(fields['AuditPolicyChanges'] ?? ''))
      return { kind: 'reduced', log: 'Security' }
    return undefined
  }
  if (service === 'system' && byLog && eventId === '104')
    return { kind: 'cleared', log: fields['EventData_Channel'] ?? clearedIn(messageOf(fields, 'Message')) }
  if (service === 'sysmon' && eventId === '4' && fields['State'] === 'Stopped') return { kind: 'stopped', log: channel }
  if (service === 'sysmon' && eventId === '16') return { kind: 'changed', log: channel }
  return undefined
}

const auditKinds: Readonly<Record<string, BreakKind>> = {
  DAEMON_END: 'stopped',
  DAEMON_ABORT: 'stopped',
  DAEMON_ROTATE: 'rotated',
  DAEMON_START: 'started',
}

function ofAudit({ eventId, fields }: LogEvent): Found | undefined {
  const kind = auditKinds[eventId]
  if (kind !== undefined) return { kind, log: 'auditd' }
  if (eventId !== 'CONFIG_CHANGE') return undefined
  if (fields['audit_enabled'] === '0') return { kind: 'stopped', log: 'auditd' }
  return fields['op'] === 'remove_rule' ? { kind: 'reduced', log: 'auditd' } : undefined
}

/** FortiOS message ids (the last six digits of `logid`): disk full, log rolled, log directory and log file deleted. */
const fortiKinds: Readonly<Record<string, BreakKind>> = {
  '032010': 'full',
  '032011': 'rotated',
  '032028': 'cleared',
  '032029': 'cleared',
}

/** Calls of CloudTrail that end or change what it records. */
const trailKinds: Readonly<Record<string, BreakKind>> = {
  StopLogging: 'stopped',
  DeleteTrail: 'stopped',
  UpdateTrail: 'changed',
  PutEventSelectors: 'changed',
}

function ofDevice({ product, service, eventId, fields }: LogEvent): Found | undefined {
  if (product === 'fortigate') {
    const kind = fortiKinds[eventId.slice(-6)]
    return kind === undefined ? undefined : { kind, log: fields['log'] ?? 'disk log' }
  }
  if (product === 'aws' && service === 'cloudtrail') {
    const kind = fields['errorCode'] === undefined ? trailKinds[eventId] : undefined
    return kind === undefined ? undefined : { kind, log: 'CloudTrail' }
  }
  // Zeek counts what it could not see: a percent and more is lost evidence.
  if (product === 'zeek' && fields['percent_lost'] !== undefined)
    return Number(fields['percent_lost']) >= 1 ? { kind: 'dropped', log: 'zeek' } : undefined
  if (product === 'postgresql') {
    const statement = (fields['statement'] ?? '').slice(0, 1_000)
    if (/\bdrop\s{1,8}extension\b.{0,40}\bpgaudit\b/i.test(statement)) return { kind: 'stopped', log: 'pgaudit' }
    if (/\b(?:set|reset|alter)\b.{0,200}\bpgaudit\.(?:log|role)\b/i.test(statement)) return { kind: 'changed', log: 'pgaudit' }
  }
  return undefined
}

const words: readonly (readonly [RegExp, BreakKind, string])[] = [
  [/^Vacuuming done, freed |^Deleted archived journal /, 'vacuumed', 'journal'],
  [/^Suppressed \d{1,10} messages from /, 'dropped', 'journal'],
  [/\bbegin to drop messages due to rate-limiting|\blost \d{1,10} messages\b/, 'dropped', 'syslog'],
  [/\bexiting on signal \d{1,3}\b/, 'stopped', 'syslog'],
]

function ofText({ fields }: LogEvent): Found | undefined {
  const program = fields['program'] ?? fields['SYSLOG_IDENTIFIER'] ?? ''
  if (program === 'kernel')
    return /^(?:\[ *\d{1,12}\.\d{1,9}\] )?audit: (?:audit_lost=|backlog limit exceeded)/.test(messageOf(fields))
      ? { kind: 'dropped', log: 'auditd' }
      : undefined
  if (!/^(?:systemd-journald?|journald?|journalctl|rsyslogd|syslogd|syslog-ng)$/.test(program)) return undefined
  const message = messageOf(fields)
  const found = words.find(([pattern]) => pattern.test(message))
  return found === undefined ? undefined : { kind: found[1], log: found[2] }
}

function messageOf(fields: LogEvent['fields'], name = 'MESSAGE'): string {
  return (fields['message'] ?? fields[name] ?? '').slice(0, 300)
}

/** Shippers that leave the channel out keep it in the words; '' when nothing names it. */
function clearedIn(message: string): string {
  return /^The (.{1,150}?) log file was cleared/.exec(message)?.[1] ?? ''
}

const unixLog = /\/var\/(?:log|run|adm)\/[\w./-]{1,80}|\/etc\/utmp|\bwtmp\b|\bbtmp\b|\butmp\b|\blastlog\b/

function ofCommand({ class: kind, commandLine }: LogEvent): Found | undefined {
  if (kind !== 'process' || commandLine === '') return undefined
  const text = commandLine.slice(0, 1_000)
  const windows =
    /\bwevtutil(?:\.exe)?"?\s{1,4}(?:cl|clear-log)\s{1,4}"?([\w /.-]{1,80})/i.exec(text) ??
    /\b(?:Clear|Remove|Limit)-EventLog\b.{0,40}?-LogName\s{1,4}"?([\w /.-]{1,80})/i.exec(text)
  if (windows !== null) return { kind: 'command', log: (windows[1] ?? '').trim() }
  if (/\b(?:Clear|Remove|Limit)-EventLog\b/i.test(text)) return { kind: 'command', log: '' }
  if (/^(?:do )?(?:clear logging|no logging (?:host|buffered|on|trap)|no archive log)\b/.test(text))
    return { kind: 'command', log: 'device log' }
  if (/\bjournalctl\b.{0,60}--vacuum-(?:time|size|files)/.test(text)) return { kind: 'command', log: 'journal' }
  if (
    /\bauditctl\s{1,4}(?:-e\s?0|-D)\b/.test(text) ||
    /\bsystemctl\s.{0,30}\b(?:stop|disable|mask)\s.{0,30}\bauditd\b/.test(text)
  )
    return { kind: 'command', log: 'auditd' }
  if (/\bsystemctl\s.{0,30}\b(?:stop|disable|mask)\s.{0,30}\b(?:rsyslog|syslog-ng|systemd-journald)\b/.test(text))
    return { kind: 'command', log: 'syslog' }
  if (
    !/(?:^|[\s/;&|(])(?:truncate|shred|rm|unlink|srm)\s|(?:^|[^>])>\s?\/var\/log\/|\bcp\s\/dev\/null\s|\bdd\s.{0,40}if=\/dev\/null\s/.test(
      text,
    )
  )
    return undefined
  const log = unixLog.exec(text)?.[0]
  return log === undefined ? undefined : { kind: 'command', log }
}
