import { epochMs, sha256 } from '../base/index.ts'
import type { DueAnswer, Duty } from './duty.ts'

/** Reminders before an end, in minutes: two days, a day, four hours, one hour. */
const reminders = [2_880, 1_440, 240, 60]

/**
 * The dated clocks of an answer as an iCalendar file (RFC 5545): one event at each end with reminders before it, times in UTC. A duty keeps
 * its UID while its end moves, so that a calendar that reads the file again moves the event. What may not leave the house is left out
 * unless `confidential` is set.
 */
export function icsOf(
  answer: DueAnswer,
  about: { readonly title: string; readonly id: string; readonly now: string; readonly confidential?: boolean },
): string {
  const shown = answer.duties
    .filter(
      (one): one is Duty & { due: string } => one.due !== undefined && one.status !== 'done' && one.notNotified === undefined,
    )
    .filter((one) => about.confidential === true || one.confidential !== true)
    .toSorted((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : a.id < b.id ? -1 : 1))
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Breachline//due//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escaped(`Due: ${about.title}`)}`,
    ...shown.flatMap((one) => eventOf(one, about)),
    'END:VCALENDAR',
  ]
  return `${lines.map(folded).join('\r\n')}\r\n`
}

function eventOf(
  duty: Duty & { due: string },
  about: { readonly title: string; readonly id: string; readonly now: string },
): string[] {
  const provisional = duty.start?.provisional === true ? ' (provisional)' : ''
  const words = [
    duty.dueText,
    `${duty.law}; ${duty.lawStatus}.`,
    ...duty.thresholds.filter((one) => one.met === 'unknown').map((one) => `Not decided: ${one.text}.`),
    'Not legal advice.',
  ]
  return [
    'BEGIN:VEVENT',
    `UID:${sha256(`${about.id} ${duty.id}`).slice(0, 32)}@breachline`,
    `DTSTAMP:${utc(about.now)}`,
    `DTSTART:${utc(duty.due)}`,
    `DTEND:${utc(duty.due)}`,
    `SUMMARY:${escaped(`${duty.step}: ${duty.recipient}${provisional}`)}`,
    `DESCRIPTION:${escaped(words.join('\n'))}`,
    `STATUS:${duty.start?.provisional === true ? 'TENTATIVE' : 'CONFIRMED'}`,
    'TRANSP:TRANSPARENT',
    ...reminders.flatMap((minutes) => [
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      `TRIGGER:-PT${minutes}M`,
      `DESCRIPTION:${escaped(`${duty.step}: ${duty.recipient}`)}`,
      'END:VALARM',
    ]),
    'END:VEVENT',
  ]
}

/** `20261008T072700Z`: whole seconds, rounded down. */
function utc(at: string): string {
  return `${new Date(epochMs(at)).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`
}

function escaped(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll(';', String.raw`\;`)
    .replaceAll(',', String.raw`\,`)
    .replaceAll(/\r\n|\r|\n/g, String.raw`\n`)
    .replaceAll(/\p{Cc}/gu, ' ')
}

/** Lines of at most 75 octets, broken between characters; a broken line goes on after a space. */
function folded(line: string): string {
  const parts: string[] = []
  let part = ''
  let octets = 0
  for (const character of line) {
    const size = Buffer.byteLength(character)
    if (octets + size > 75) {
      parts.push(part)
      part = ' '
      octets = 1
    }
    part += character
    octets += size
  }
  return [...parts, part].join('\r\n')
}
