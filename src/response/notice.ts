import { printable } from '../base/index.ts'
import type { Finding } from '../casefile/index.ts'
import { citeText, type Cite } from '../evidence/index.ts'
import type { Duty } from './duty.ts'
import type { Facts } from './facts.ts'
import type { FormKey } from './form-key.ts'

/** Kinds of finding that can answer a field; a field not listed is answered by people only. */
const answeredBy: Readonly<Partial<Record<FormKey, readonly Finding['kind'][]>>> = {
  circumstances: ['story', 'assessment'],
  'data-nature': ['affected', 'provenance'],
  'discovery-method': ['claim'],
  'hosts-number': ['story'],
  'incident-time': ['story'],
  'other-providers': ['provenance'],
  'persons-number': ['affected'],
  summary: ['assessment'],
  techniques: ['story'],
}

/** Says how an exhibit is called in this case (`E3`), by its SHA-256. */
type ExhibitName = (sha256: string) => string | undefined

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
    `- Rule: ${md(duty.lawStatus)}; source ${md(duty.source.text)} <${duty.source.url}>, read ${duty.source.read}`,
    ...duty.thresholds.map((one) => `- Threshold, met: ${one.met}: ${md(one.text)}`),
    '',
  ]
  let missing = 0
  const proposed = new Map<string, Finding>()
  for (const field of duty.fields) {
    const key = field.key as FormKey
    const answers = answersFor({ ...options, key, entry: field })
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

function answersFor(options: {
  readonly key: FormKey
  readonly entry: Duty['fields'][number]
  readonly facts: Facts
  readonly findings: readonly Finding[]
  readonly exhibitName?: ExhibitName
}): string[] {
  const { key, entry, facts, exhibitName } = options
  const said = entry.value === undefined ? [] : [`${md(entry.value)}${citesOf(entry.ground?.cites ?? [], exhibitName)}`]
  const found = findingsFor(key, options.findings, 'adopted').map((one) => `${md(one.text)}${citesOf(one.cites, exhibitName)}`)
  const decided =
    key === 'detection-time'
      ? facts.decisions
          .filter((one) => one.kind === 'awareness' || one.kind === 'detection')
          .slice(-1)
          .map((one) => `${one.at.at}, as decided by ${md(one.by)}: ${md(one.reason)}${citesOf(one.cites, exhibitName)}`)
      : []
  return [...said, ...decided, ...found]
}

function findingsFor(key: FormKey, findings: readonly Finding[], status: 'adopted' | 'proposed'): Finding[] {
  const kinds = answeredBy[key] ?? []
  return findings
    .filter((one) => one.status === status && one.withdrawn !== true && kinds.includes(one.kind))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

function citesOf(cites: readonly Cite[], exhibitName: ExhibitName | undefined): string {
  if (cites.length === 0) return ''
  const shown = cites.slice(0, 5).map((one) => md(citeText(one, exhibitName)))
  return ` (${shown.join('; ')}${cites.length > 5 ? `; and ${cites.length - 5} more` : ''})`
}

/** Text from evidence inside Markdown: nothing in it can become a heading, a link, a picture or markup. */
function md(text: string): string {
  return printable(text)
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(/[\\`*_[\]<>|~#!]/g, (character) => `\\${character}`)
}
