import { printable } from '../../base/index.ts'
import type { QueuedPerson } from './queue.ts'

/**
 * What may stand on the outside of a message to a person at risk. There is no text to fill in: an envelope carries nothing but its address,
 * a text message or voice mail asks to call back and says nothing of why. Undefined for a channel without an outside.
 */
export function outsideText(kind: string): readonly string[] | undefined {
  switch (kind) {
    case 'letter':
      return ['(plain envelope, the address alone: no sender, no reference, no mark, no window that shows more)']
    case 'text-message':
      return ['Please call us on the number printed on your bill.', 'Sila hubungi kami di nombor yang tercetak pada bil anda.']
    case 'phone':
      return ['(no message is left: not on voice mail, not with whoever answers)']
    default:
      return undefined
  }
}

/**
 * What is said to a released person, for whoever tells them: what of theirs was read and when, what is not known. It holds the token by
 * which the person is found, so it is written for released persons only.
 */
export function briefText(person: QueuedPerson, token: string): string {
  const { pseudonym, first, last, days, fields, channel, releasedBy } = person
  const span =
    first === undefined || last === undefined ? 'days that are not known' : `${first.slice(0, 10)} to ${last.slice(0, 10)}`
  const lines = [
    `For whoever tells ${pseudonym} (token ${token})`,
    `Released by: ${releasedBy.join(' and ')}`,
    `Channel: ${channel?.kind ?? ''}, carried by ${channel?.system ?? 'no system of ours'}`,
    '',
    'Before',
    '  1. Find out who it is by the token, with this purpose; it is recorded. Write the name nowhere.',
    '  2. Make sure that you speak to the person alone: ask what only they can know, on a number or at a place known from before.',
    '',
    'Say',
    '  - Records about you were read in our systems, and nobody recorded a reason.',
    `  - When: ${span}${days === undefined ? '' : `, on ${days} days`}.`,
    `  - What: ${fields.length === 0 ? 'the log does not say which fields' : fields.join(', ')}.`,
    '  - Who did it is not established. Which account was used is being looked into.',
    '  - What they can do for their safety, whom they can call at any time, and which authority they can turn to.',
    '',
    'Do not',
    '  - name other persons, accounts or suspicions; send anything by e-mail or text message; leave a message.',
    '',
    'After: breachline at-risk told',
  ]
  return `${lines.map((line) => printable(line)).join('\n')}\n`
}
