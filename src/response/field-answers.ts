import { minuteText } from '../base/index.ts'
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

/** What answers a field, with what it rests on: an entry or a decision of a named person, an adopted finding, the case, or what was filed. */
export interface FieldAnswer {
  readonly text: string
  readonly rests: 'entry' | 'decision' | 'finding' | 'case' | 'filing'
  /** Id of the finding. */
  readonly id?: string
  /** Who adopted the finding or decided, and when (ISO 8601 UTC). */
  readonly by?: string
  readonly at?: string
  readonly cites: readonly Cite[]
}

/** What answers a field: people's entry, what they decided on awareness, and adopted findings, each with its cites. */
export function answersTo(options: {
  readonly key: FormKey
  readonly facts: Facts
  readonly findings: readonly Finding[]
}): FieldAnswer[] {
  const { key, facts } = options
  const entry = facts.entries[key]
  const said: FieldAnswer[] = entry === undefined ? [] : [{ text: entry.text, rests: 'entry', cites: entry.cites }]
  const found = findingsFor(key, options.findings, 'adopted').map((one): FieldAnswer => ({
    text: one.text,
    rests: 'finding',
    id: one.id,
    ...(one.ruling === undefined ? {} : { by: one.ruling.by, at: one.ruling.at }),
    cites: one.cites,
  }))
  const decided =
    key === 'detection-time'
      ? facts.decisions
          .filter((one) => one.kind === 'awareness' || one.kind === 'detection')
          .slice(-1)
          .map((one): FieldAnswer => ({
            text: `${minuteText(one.at.at)} UTC, as decided by ${one.by}: ${one.reason}`,
            rests: 'decision',
            by: one.by,
            cites: one.cites,
          }))
      : []
  return [...said, ...decided, ...found]
}

/** The same as Markdown. */
export function fieldAnswers(options: Parameters<typeof answersTo>[0] & { readonly exhibitName?: ExhibitName }): string[] {
  return answersTo(options).map((one) => answerMarkdown(one, options.exhibitName))
}

/** An answer as Markdown with its cites in brackets. */
export function answerMarkdown(answer: FieldAnswer, exhibitName: ExhibitName | undefined): string {
  return `${md(answer.text)}${citesOf(answer.cites, exhibitName)}`
}

/** Findings that can answer a field, of one standing, in order of id; withdrawn ones are none. */
export function findingsFor(key: FormKey, findings: readonly Finding[], status: 'adopted' | 'proposed'): Finding[] {
  const kinds = answeredBy[key] ?? []
  return findings
    .filter((one) => one.status === status && one.withdrawn !== true && kinds.includes(one.kind) && speaksTo(key, one))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

/** A group is named after its release only, by an entry; what was padded from an old leak tells nothing of other providers. */
function speaksTo(key: FormKey, { subject }: Finding): boolean {
  return !subject.startsWith('attribution:') && !(key === 'other-providers' && subject.endsWith(':padding'))
}

/** ` (E3 row 12; E4; and 3 more)`, or nothing. */
export function citesOf(cites: readonly Cite[], exhibitName: ExhibitName | undefined): string {
  if (cites.length === 0) return ''
  const shown = cites.slice(0, 5).map((one) => md(citeText(one, exhibitName)))
  return ` (${shown.join('; ')}${cites.length > 5 ? `; and ${cites.length - 5} more` : ''})`
}
