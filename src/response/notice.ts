import type { Finding } from '../casefile/index.ts'
import type { Duty } from './duty.ts'
import type { Facts } from './facts.ts'
import { citesOf, fieldAnswers, findingsFor, type ExhibitName } from './field-answers.ts'
import type { FormKey } from './form-key.ts'
import { markdownText as md } from './markdown-text.ts'

/**
 * A notice as Markdown, one heading per field of the law's form. A field is filled from people's entries and adopted findings,
 * each with its cites, else marked `[MISSING: ...]`. Proposed findings are listed apart and never fill a field; rejected,
 * parked and withdrawn ones do not appear.
 */
export function noticeDraft(options: {
  readonly duty: Duty
  readonly facts: Facts
  readonly findings: readonly Finding[]
  readonly exhibitName?: ExhibitName
}): string {
  const { duty } = options
  const lines = [
    `# Draft: ${md(duty.step)}`,
    '',
    '**Draft, not sent. Not legal advice; to be checked by counsel.**',
    '',
    `- Law: ${md(duty.law)}`,
    `- To: ${md(duty.recipient)}`,
    `- Due: ${md(duty.dueText)}`,
    `- Rule: ${md(duty.lawStatus)}; source ${md(duty.source.text)}${duty.source.url === '' ? '' : ` <${duty.source.url}>`}, read ${duty.source.read}`,
    ...duty.thresholds.map((one) => `- Threshold, met: ${one.met}: ${md(one.text)}`),
    ...duty.exemptions.map((one) => `- Exemption, not decided: ${md(one.text)}`),
    '',
  ]
  let missing = 0
  const proposed = new Map<string, Finding>()
  for (const field of duty.fields) {
    const key = field.key as FormKey
    const answers = fieldAnswers({ ...options, key })
    for (const one of findingsFor(key, options.findings, 'proposed')) proposed.set(one.id, one)
    lines.push(`## ${md(field.label)}`, '')
    if (answers.length === 0) {
      missing += 1
      lines.push(`[MISSING: ${md(field.label)}]`)
    } else lines.push(...answers.map((one) => (answers.length === 1 ? one : `- ${one}`)))
    lines.push('')
  }
  lines.push('---', '', `Fields: ${duty.fields.length}; missing: ${missing}.`, '')
  const apart = [...proposed.values()].map((one) => `- ${md(one.text)}${citesOf(one.cites, options.exhibitName)}`)
  if (duty.start?.provisional === true) {
    apart.push(`- Start of the clock: ${duty.start.at} (${duty.start.event}); no person has decided on it.`)
  }
  if (apart.length > 0) lines.push('## Proposed, not adopted (no part of the notice)', '', ...apart, '')
  return `${lines.join('\n').trimEnd()}\n`
}
