import type { FormKey } from '../form-key.ts'
import type { Phase } from './filed.ts'
import type { FormPoints } from './texts.ts'

/** A point that the law asks for: answered, open, or one that may follow in a later notice. */
export interface CheckedPoint {
  readonly point: string
  readonly state: 'answered' | 'open' | 'may-follow'
  /** What would answer it; absent when answered. */
  readonly todo?: string
}

interface CheckedField {
  readonly key: FormKey
  readonly label: string
  readonly answers: readonly unknown[]
  readonly open?: string
  readonly notNeeded?: string
  /** The notice is late and says why at once, whatever else may follow. */
  readonly late?: true
}

/** Who reports, whom to ask, what happened: ours, where a form lets the rest follow and names nothing for the first notice. */
const whatEveryNoticeSays: readonly FormKey[] = ['operator-name', 'contact-name', 'summary', 'circumstances']

/**
 * Every point of the form and whether the notice answers it. Where the law's points are not listed, every field of its form is one.
 * Before the last notice, fields that the first one need not answer may follow.
 */
export function completeness(options: {
  readonly fields: readonly CheckedField[]
  readonly form: FormPoints | undefined
  readonly phase: Phase
  readonly question: (key: FormKey) => string
}): CheckedPoint[] {
  const { fields, form, phase, question } = options
  const answered = (key: FormKey): boolean =>
    fields.some((one) => one.key === key && (one.answers.length > 0 || one.notNeeded !== undefined))
  const first = form?.first ?? (form?.phased === true ? whatEveryNoticeSays : undefined)
  const later = phase !== 'final' && first !== undefined
  const delay = fields
    .filter((one) => one.late === true && !answered(one.key))
    .map((one): CheckedPoint => ({ point: one.label, state: 'open', todo: one.open ?? question(one.key) }))
  if (form?.points !== undefined)
    return [
      ...form.points.map(({ point, any }): CheckedPoint => {
        if (any.some(answered)) return { point, state: 'answered' }
        const may = later && !any.some((key) => first.includes(key))
        return { point, state: may ? 'may-follow' : 'open', todo: any.map(question).join(', or ') }
      }),
      ...delay,
    ]
  return [
    ...fields
      .filter((one) => one.notNeeded === undefined && one.late !== true)
      .map((one): CheckedPoint => {
        if (answered(one.key)) return { point: one.label, state: 'answered' }
        const may = later && !first.includes(one.key)
        return { point: one.label, state: may ? 'may-follow' : 'open', todo: one.open ?? question(one.key) }
      }),
    ...delay,
  ]
}
