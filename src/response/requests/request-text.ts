import { parseIso, printable } from '../../base/index.ts'
import type { RequestTerms } from './act.ts'

/**
 * A request for evidence or its preservation, as plain text for a vendor, an authority or another party. It says what is asked and by
 * when, and of the case only its reference. `at`: when it was drafted, ISO 8601 UTC.
 */
export function requestText(terms: RequestTerms, at: string): string {
  const { kind, to, from, what, period, reference, due, dueFrom } = terms
  const keep = kind === 'preservation'
  const because =
    dueFrom.kind === 'duty'
      ? ' (the time of the agreement between us)'
      : dueFrom.kind === 'retention'
        ? ' (from then on records are overwritten)'
        : ''
  const lines = [
    keep ? 'Request to preserve records' : 'Request for evidence',
    '',
    `Reference: ${reference}`,
    `Written: ${minute(at)}`,
    `To: ${to.name}`,
    `From: ${from}`,
    '',
    keep ? 'Please keep, as it is' : 'Please hand over',
    ...what.map((one) => `  - ${one}`),
    ...(period === undefined ? [] : ['', `Period: ${period.from} to ${period.to}, both days included, from 00:00 to 24:00 UTC`]),
    '',
    `By: ${minute(due)}${because}`,
    '',
    'How',
    '  1. Stop deletion, rotation and reinstallation of what holds it first; then copy. Backups count too.',
    '  2. Whole and unfiltered, in the form in which it was written.',
    '  3. SHA-256 of every file, taken on the machine that exports; the list apart from the files.',
    '  4. Who exported, when, with which tool and version, from which machine, in which time zone, and how far its clock was off.',
    '  5. What is missing, and why; when a system was cleaned, restarted or installed anew.',
    '',
    'How to answer',
    keep
      ? '  Please confirm: received (name, time), deletion stopped (time), what is kept and until when.'
      : '  Files that can be checked answer this request. A statement about them is noted as a statement and leaves it open.',
    '  If you cannot or will not, please say so with the reason, and until when you will keep the records meanwhile.',
    ...(to.kind === 'authority' ? ['  If an order is needed for this, please say which, and who can ask for it.'] : []),
    '  Please do not answer about the reason by e-mail or chat: call the sender on a number you already have.',
    '  Do not send files or this request through a system that the records are about.',
  ]
  return `${lines.map((line) => printable(line)).join('\n')}\n`
}

/** The reminder of a request that was sent: its reference, its time, and nothing more. */
export function reminderText(
  terms: RequestTerms,
  sent: { readonly sentAt: string; readonly now: string; readonly due: string },
): string {
  const lines = [
    `Reminder: ${terms.kind === 'preservation' ? 'request to preserve records' : 'request for evidence'}`,
    '',
    `Reference: ${terms.reference}`,
    `Written: ${minute(sent.now)}`,
    `To: ${terms.to.name}`,
    `From: ${terms.from}`,
    '',
    `Our request of ${minute(sent.sentAt)} was to be answered by ${minute(sent.due)}. Nothing that answers it is with us.`,
    'Please send what is ready now, say when the rest comes, and confirm that nothing of it is being deleted.',
  ]
  return `${lines.map((line) => printable(line)).join('\n')}\n`
}

function minute(text: string): string {
  const at = parseIso(text)?.at ?? text
  return `${at.slice(0, 16).replace('T', ' ')} UTC`
}
