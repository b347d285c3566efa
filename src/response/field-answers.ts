import type { Finding } from '../casefile/index.ts'
import { citeText, type Cite } from '../evidence/index.ts'
import type { Facts } from './facts.ts'
import type { FormKey } from './form-key.ts'
import { markdownText as md } from './markdown-text.ts'

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
export type ExhibitName = (sha256: string) => string | undefined

/** What answers a field, as Markdown: people's entry, what they decided on awareness, and adopted findings, each with its cites. */
export function fieldAnswers(options: {
  readonly key: FormKey
  readonly facts: Facts
  readonly findings: readonly Finding[]
  readonly exhibitName?: ExhibitName
}): string[] {
  const { key, facts, exhibitName } = options
  const entry = facts.entries[key]
  const said = entry === undefined ? [] : [`${md(entry.text)}${citesOf(entry.cites, exhibitName)}`]
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

/** Findings that can answer a field, of one standing, in order of id; withdrawn ones are none. */
export function findingsFor(key: FormKey, findings: readonly Finding[], status: 'adopted' | 'proposed'): Finding[] {
  const kinds = answeredBy[key] ?? []
  return findings
    .filter((one) => one.status === status && one.withdrawn !== true && kinds.includes(one.kind))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

/** ` (E3 row 12; E4; and 3 more)`, or nothing. */
export function citesOf(cites: readonly Cite[], exhibitName: ExhibitName | undefined): string {
  if (cites.length === 0) return ''
  const shown = cites.slice(0, 5).map((one) => md(citeText(one, exhibitName)))
  return ` (${shown.join('; ')}${cites.length > 5 ? `; and ${cites.length - 5} more` : ''})`
}
