import { epochMs, invariant, parseIso, printable } from '../base/index.ts'
import type { Losing } from '../inventory/index.ts'
import { localText } from './calendar.ts'

/** What to keep and how, by kind of log: the first that fits. */
const howToExport: readonly (readonly [RegExp, string])[] = [
  [
    /evtx|windows|winlog|event/i,
    'Export the event logs whole as EVTX ("wevtutil epl", or the .evtx files themselves), not as CSV and not filtered; archived .evtx files too. From a log server: all fields, with EventRecordID.',
  ],
  [
    /audit|oracle|database|pg/i,
    'Hand over the audit files as the server wrote them, with the line prefix or table definition, and the audit settings in force.',
  ],
  [
    /access|web|nginx|apache|iis|proxy/i,
    'Hand over the log files as written, rotated and compressed ones too, with the format string in force.',
  ],
  [
    /vpn|firewall|router|switch|aaa|tacacs|radius/i,
    "Export everything the device and its log server hold, in the device's own format; sessions, logins, administration and configuration changes.",
  ],
  [
    /syslog|linux|auditd|journal/i,
    'Hand over the files as written, rotated and compressed ones too (/var/log, the binary journal, wtmp and btmp).',
  ],
]

/**
 * A request to the owner of a log source to keep records, as plain text. It names the source and the days and nothing else of the case,
 * since nobody knows yet who reads the channel it goes over. `reference` is all that ties it to the case.
 */
export function preservationRequest(options: {
  readonly losing: Losing
  readonly reference: string
  readonly by: string
  /** ISO 8601 UTC. */
  readonly now: string
  readonly zone: string
}): string {
  const { losing, reference, by, zone } = options
  const moment = parseIso(options.now)
  invariant(moment !== undefined, 'the clock gives ISO 8601')
  const now = moment.at
  const { source, host, system, type, owner, open, lost } = losing
  const inZone = (at: string): string =>
    `${at.slice(0, 16).replace('T', ' ')} UTC${zone === '' ? '' : `, ${localText(at, zone)}`}`
  const what = [
    type,
    host === undefined ? undefined : `of host ${host}`,
    system === undefined ? undefined : `of system ${system}`,
  ]
  const how =
    howToExport.find(([words]) => words.test(`${type ?? ''} ${source}`))?.[1] ??
    'Hand over the records as they were written, whole and unfiltered.'
  const days = open.map(({ from, to }) => `  - ${from} to ${to}, both days included, from 00:00 to 24:00 UTC`)
  const until = untilWhen(losing, { now, inZone })
  const gone = lost.map(({ from, to }) => `  - ${from} to ${to}`)
  const lines = [
    'Request to preserve log records',
    '',
    `Reference: ${reference}`,
    `Written: ${inZone(now)}`,
    `To: ${owner ?? 'the owner of this log source (not recorded; please forward to the person responsible and say who that is)'}`,
    `From: ${by}`,
    '',
    'What to keep',
    `  Log source: ${source}${what.some((one) => one !== undefined) ? ` (${what.filter((one) => one !== undefined).join(' ')})` : ''}`,
    ...(days.length === 0 ? ['  - no day is open'] : days),
    '',
    'Until when',
    `  ${until}`,
    '',
    'How',
    '  1. Stop rotation, deletion and size limits for this source first, or raise them; then copy. Backups and archives of these days count too.',
    `  2. ${how}`,
    '  3. Do not open, sort, convert or filter what you hand over, and do not restart or clean the system for it.',
    '  4. Take SHA-256 of every file at the moment of export, on the machine that exports, and send the list apart from the files.',
    '  5. Write down: who exported, when, with which tool and version, from which machine, the time zone of the records, and how far the clock of that machine was off.',
    '  6. If days are missing, numbers of records have gaps, or a log was cleared: say so, with the time it was noticed. Do not fill anything in.',
    ...(gone.length === 0
      ? []
      : ['', 'Already past the time they are kept; please look in backups, archives and log servers all the same', ...gone]),
    '',
    'How to answer',
    '  This request says what to keep and nothing of why. Please do not ask or answer about the reason by e-mail or chat: call the sender on a number you already have.',
    '  Do not send the files or this request through a system that the records are about.',
    '',
    'Please confirm: received (name, time), deletion stopped (time), exported (time, number of files).',
  ]
  return `${lines.map((line) => printable(line)).join('\n')}\n`
}

function untilWhen(
  { next, retentionDays = 0 }: Losing,
  { now, inZone }: { readonly now: string; readonly inZone: (at: string) => string },
): string {
  if (next === undefined)
    return 'How long these records are kept is not known here: please stop their deletion at once, then tell how long they are kept.'
  const kept = `(kept ${retentionDays} days)`
  return epochMs(next.begins) <= epochMs(now)
    ? `At once: the records of ${next.day} are being overwritten now ${kept}; all of that day is gone by ${inZone(next.gone)}.`
    : `Before ${inZone(next.begins)}: from then on the records of ${next.day} are overwritten ${kept}; all of that day is gone by ${inZone(next.gone)}.`
}
