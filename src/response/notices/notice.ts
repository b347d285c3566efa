import { UserError } from '../../base/index.ts'
import type { Cite } from '../../evidence/index.ts'
import { localText } from '../calendar.ts'
import type { Duty } from '../duty.ts'
import { answersTo, findingsFor, type FieldAnswer } from '../field-answers.ts'
import type { FormKey } from '../form-key.ts'
import { changesSince, type Change } from './changes.ts'
import { completeness, type CheckedPoint } from './completeness.ts'
import { contradictions, type Contradiction } from './contradictions.ts'
import { chainOf, type FiledNotice, type Phase } from './filed.ts'
import { knownAnswers } from './known-answers.ts'
import type { Filing, NoticeInput } from './notice-input.ts'
import type { NoticeTexts } from './texts.ts'

/** A field of the form: what answers it, or what would. */
export interface NoticeField {
  readonly key: FormKey
  readonly label: string
  readonly answers: readonly FieldAnswer[]
  /** What would answer it; absent when something does. */
  readonly open?: string
  /** Why nothing has to stand here. */
  readonly notNeeded?: string
}

/** A notice to an authority (or another recipient of a form) as it stands now: fields in the law's order, what changed, what is missing. */
export interface Notice {
  readonly duty: Pick<Duty, 'id' | 'law' | 'recipient' | 'step' | 'lawStatus' | 'source' | 'thresholds' | 'exemptions'> & {
    readonly due?: string
  }
  /** `eu-611-2013/annex-1`. */
  readonly form: string
  readonly chain: string
  readonly phase: Phase
  readonly caseTitle: string
  readonly caseId: string
  readonly operator: string
  readonly zone: string
  /** Time of the last thing it rests on, ISO 8601 UTC: not the time of printing. */
  readonly asOf: string
  readonly fields: readonly NoticeField[]
  /** The notice filed before in this chain. */
  readonly follows?: FiledNotice
  readonly changes: readonly Change[]
  readonly points: readonly CheckedPoint[]
  /** Where the points come from, and how that was read. */
  readonly pointsFrom?: string
  readonly contradictions: readonly Contradiction[]
  /** Findings that could answer a field once adopted, and a start that nobody decided on: no part of the notice. */
  readonly apart: readonly { readonly text: string; readonly cites: readonly Cite[] }[]
  /** Set when it is filed. */
  readonly filing?: Filing
}

/** The notice of a duty. Proposed findings never answer a field. Throws a `UserError` for a phase that does not fit what was filed. */
export function noticeOf(input: NoticeInput): Notice {
  const { duty, facts, findings, texts, filed, filing } = input
  const chain = chainOf(duty)
  const before = filed.findLast((one) => one.chain === chain)
  const phase = phaseOf(input.phase, before)
  const fields = duty.fields.map((field): NoticeField => {
    const key = field.key as FormKey
    const question = texts.fields[key]
    const answers = [
      ...answersTo({ key, facts, findings }),
      // One field of the form asks for both times.
      ...(key === 'incident-time' && !duty.fields.some((one) => one.key === 'detection-time')
        ? answersTo({ key: 'detection-time', facts, findings }).filter((one) => one.rests === 'decision')
        : []),
      ...knownAnswers({ key, input, phase, ...(before === undefined ? {} : { before }) }),
    ]
    if (answers.length > 0) return { key, label: field.label, answers }
    if (question.late === true && !isLate(duty, filing))
      return { key, label: field.label, answers, notNeeded: inTime(duty, input.zone) }
    if (question.filing === true && filing === undefined)
      return { key, label: field.label, answers, notNeeded: 'Filled in when the notice is filed.' }
    return { key, label: field.label, answers, open: questionText(texts, key) }
  })
  const points = texts.forms[input.form]
  const proposed = new Map(
    duty.fields.flatMap((one) => findingsFor(one.key as FormKey, findings, 'proposed').map((found) => [found.id, found])),
  )
  const { id, law, recipient, step, lawStatus, source, thresholds, exemptions, due } = duty
  return {
    duty: { id, law, recipient, step, lawStatus, source, thresholds, exemptions, ...(due === undefined ? {} : { due }) },
    form: input.form,
    chain,
    phase,
    caseTitle: input.caseTitle,
    caseId: input.caseId,
    operator: input.operator,
    zone: input.zone,
    asOf: input.asOf,
    fields,
    ...(before === undefined ? {} : { follows: before }),
    changes: before === undefined ? [] : changesSince(before, fields),
    points: completeness({
      fields: fields.map((one) =>
        texts.fields[one.key].late === true && one.notNeeded === undefined ? { ...one, late: true } : one,
      ),
      form: points,
      phase,
      question: (key) => questionText(texts, key),
    }),
    ...(points === undefined ? {} : { pointsFrom: `${points.source.text} (${points.source.basis}, read ${points.source.read})` }),
    contradictions: contradictions({ fields, chain, filed }),
    apart: [
      ...[...proposed.values()].map(({ text, cites }) => ({ text, cites })),
      ...(duty.start?.provisional === true
        ? [{ text: `Start of the clock: ${duty.start.at} (${duty.start.event}); no person has decided on it.`, cites: [] }]
        : []),
    ],
    ...(filing === undefined ? {} : { filing }),
  }
}

/** What would answer a field: the question, and the findings that do once adopted. */
export function questionText(texts: NoticeTexts, key: FormKey): string {
  const { ask, adopt } = texts.fields[key]
  return adopt === undefined ? ask : `${ask}; or adopt a finding on ${adopt}`
}

function phaseOf(asked: Phase | undefined, before: FiledNotice | undefined): Phase {
  if (before === undefined) {
    if (asked === 'intermediate')
      throw new UserError({
        code: 'phase-wrong',
        message: 'nothing was filed to this recipient under this law, so the notice is no intermediate one',
        hint: 'leave --phase out for the first notice, or write --phase final when nothing is left open',
      })
    return asked ?? 'initial'
  }
  if (asked === 'initial')
    throw new UserError({
      code: 'phase-wrong',
      message: `${before.number} was filed to this recipient under this law already`,
      hint: 'write --phase intermediate or --phase final; the notice then says what changed',
    })
  return asked ?? 'intermediate'
}

function isLate(duty: Duty, filing: Filing | undefined): boolean {
  if (duty.due === undefined) return duty.status === 'overdue'
  return filing === undefined ? duty.status === 'overdue' : Date.parse(filing.at) > Date.parse(duty.due)
}

function inTime({ due }: Duty, zone: string): string {
  return due === undefined
    ? 'Not needed while the notice is not late.'
    : `Not needed up to the date of the law, ${localText(due, zone)}.`
}
