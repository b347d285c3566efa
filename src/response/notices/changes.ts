import type { FiledNotice } from './filed.ts'

/** What a later notice says differently from the one filed before: a field answered now, changed, or no longer answered. */
export interface Change {
  readonly label: string
  readonly kind: 'new' | 'changed' | 'no-longer'
  readonly before: readonly string[]
  readonly now: readonly string[]
}

/** Fields that differ by their nature between two notices. */
const ofEachNotice = new Set(['notice-kind', 'notice-date', 'signature', 'delay-reasons'])

/** Field by field, in the order of the form; forms that differ are compared by what their fields mean. */
export function changesSince(
  before: Pick<FiledNotice, 'fields'>,
  fields: readonly { readonly key: string; readonly label: string; readonly answers: readonly { readonly text: string }[] }[],
): Change[] {
  return fields.flatMap((field): Change[] => {
    if (ofEachNotice.has(field.key)) return []
    const was = before.fields.filter((one) => one.key === field.key).flatMap((one) => one.answers.map((answer) => answer.text))
    const now = field.answers.map((one) => one.text)
    const gone = was.filter((one) => !now.includes(one))
    const come = now.filter((one) => !was.includes(one))
    if (gone.length === 0 && come.length === 0) return []
    const kind = was.length === 0 ? 'new' : now.length === 0 ? 'no-longer' : 'changed'
    return [{ label: field.label, kind, before: gone, now: come }]
  })
}
