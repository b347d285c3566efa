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
  /** Log it is about. */
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
  return ofText(event) ?? ofCommand(event)
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
    return { kind: 'cleared', log: fields['EventData_Channel'] ?? fields['param2'] ?? 'an event log' }
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

const words: readonly (readonly [RegExp, BreakKind, string])[] = [
  [/^Vacuuming done, freed |^Deleted archived journal /, 'vacuumed', 'journal'],
  [/^Suppressed \d{1,10} messages from |begin to drop messages due to rate-limiting/, 'dropped', 'journal'],
  [/\bexiting on signal \d{1,3}\b/, 'stopped', 'syslog'],
]

function ofText({ fields }: LogEvent): Found | undefined {
  const program = fields['program'] ?? fields['SYSLOG_IDENTIFIER'] ?? ''
  if (!/^(?:systemd-journald?|journald?|journalctl|rsyslogd|syslogd|syslog-ng)$/.test(program)) return undefined
  const message = (fields['message'] ?? fields['MESSAGE'] ?? '').slice(0, 300)
  const found = words.find(([pattern]) => pattern.test(message))
  return found === undefined ? undefined : { kind: found[1], log: found[2] }
}

const unixLog = /\/var\/(?:log|run|adm)\/[\w./-]{1,80}|\/etc\/utmp|\bwtmp\b|\bbtmp\b|\butmp\b|\blastlog\b/

function ofCommand({ class: kind, commandLine }: LogEvent): Found | undefined {
  if (kind !== 'process' || commandLine === '') return undefined
  const text = commandLine.slice(0, 1_000)
  const windows =
    /\bwevtutil(?:\.exe)?"?\s{1,4}(?:cl|clear-log)\s{1,4}"?([\w /.-]{1,80})/i.exec(text) ??
    /\b(?:Clear|Remove|Limit)-EventLog\b.{0,40}?-LogName\s{1,4}"?([\w /.-]{1,80})/i.exec(text)
  if (windows !== null) return { kind: 'command', log: (windows[1] ?? '').trim() }
  if (/\b(?:Clear|Remove|Limit)-EventLog\b/i.test(text)) return { kind: 'command', log: 'an event log' }
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
