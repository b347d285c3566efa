import { csvCell, printable } from '../base/index.ts'
import type { Finding } from '../casefile/index.ts'
import { fieldAnswers, type ExhibitName } from './field-answers.ts'
import type { DueAnswer } from './duty.ts'
import type { Facts } from './facts.ts'
import { personsNow, personsText } from './threshold.ts'

/** What the register is made from, one per case. */
export interface RegisterCase {
  readonly id: string
  readonly title: string
  readonly opened: string
  readonly facts: Facts
  readonly due: DueAnswer
  readonly findings: readonly Finding[]
  readonly exhibitName?: ExhibitName
  /** Containment and other measures that people decided on. */
  readonly measures: readonly string[]
  readonly notNotified: readonly {
    readonly number: string
    readonly duty: string
    readonly by: string
    readonly at: string
    readonly reason: string
  }[]
}

/** One line of the breach register: facts, effects, remedial action (GDPR article 33(5); PECR log), and what was notified or not. */
export interface RegisterLine {
  readonly case: string
  readonly title: string
  readonly opened: string
  readonly aware: string
  readonly facts: string
  readonly data: string
  readonly persons: string
  readonly effects: string
  readonly remedial: string
  readonly notified: string
  readonly notNotified: string
}

const missing = '[MISSING]'

/** The register, one line per case in order of opening. What may not leave the house is no part of it; what nobody entered says so. */
export function breachRegister(cases: readonly RegisterCase[]): RegisterLine[] {
  return cases
    .toSorted((a, b) => (a.opened < b.opened ? -1 : a.opened > b.opened ? 1 : a.id < b.id ? -1 : 1))
    .map((one) => {
      const said = (keys: readonly Parameters<typeof fieldAnswers>[0]['key'][]): string => {
        const all = keys.flatMap((key) => fieldAnswers({ ...one, key }))
        return all.length === 0 ? missing : [...new Set(all)].join(' | ')
      }
      const open = one.due.duties.filter((duty) => duty.confidential !== true)
      const hidden = new Set(one.due.duties.filter((duty) => duty.confidential === true).map((duty) => duty.id))
      const aware = one.facts.decisions.findLast((decision) => decision.kind === 'awareness')
      const remedial = [...fieldAnswers({ ...one, key: 'mitigation' }), ...one.measures]
      return {
        case: one.id,
        title: one.title,
        opened: one.opened,
        aware: aware === undefined ? 'not decided' : `${aware.at.at} (${aware.by})`,
        facts: said(['summary', 'circumstances', 'incident-time']),
        data: said(['data-nature']),
        persons: personsText(personsNow(one.facts)),
        effects: said(['consequences', 'impact']),
        remedial: remedial.length === 0 ? missing : remedial.join(' | '),
        notified:
          open.map((duty) => `${duty.id}: ${duty.status === 'done' ? duty.dueText : duty.status}`).join(' | ') ||
          'no duty on the facts known',
        notNotified: one.notNotified
          .filter((decision) => !hidden.has(decision.duty))
          .map((decision) => `${decision.number} ${decision.duty}, by ${decision.by}, ${decision.at}: ${decision.reason}`)
          .join(' | '),
      }
    })
}

/** The register as CSV for a spreadsheet (RFC 4180), with a head line; no cell can run as a formula. */
export function registerCsv(lines: readonly RegisterLine[]): string {
  const columns = [
    'case',
    'title',
    'opened',
    'aware',
    'facts',
    'data',
    'persons',
    'effects',
    'remedial',
    'notified',
    'notNotified',
  ] as const
  const rows = [columns, ...lines.map((line) => columns.map((name) => line[name]))]
  return `${rows.map((row) => row.map((cell) => csvCell(printable(cell))).join(',')).join('\r\n')}\r\n`
}
