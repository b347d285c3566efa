import type { Excerpt, Exhibit } from '../evidence/index.ts'
import { namesAccounts, type ShownPart } from './account-masking.ts'
import type { OpenedCite } from './desk.ts'
import { maskedRow, maskedText } from './masking.ts'

/** Does this exhibit's text stand in rows? */
export function isTable(one: Exhibit): boolean {
  return (
    one.kind === 'csv' ||
    one.kind === 'sql-dump' ||
    one.role === 'sample' ||
    one.role === 'leak' ||
    one.role === 'copy' ||
    (namesAccounts(one.role) && one.kind !== 'pgaudit')
  )
}

/** How a text is shown: masked or as it is, with pseudonyms where `parts` finds accounts. */
export function shownBy(how: {
  readonly masked: boolean
  readonly table: boolean
  readonly parts?: (text: string) => readonly ShownPart[]
}): (text: string) => string {
  const { masked, table, parts } = how
  if (parts === undefined) return (text) => (masked ? maskedText(text, table) : text)
  return (text) =>
    parts(text)
      .map((part) => (part.isAccount || !masked ? part.text : maskedRow(part.text, table)))
      .join('')
}

/** The lines of an excerpt, each shown by `show`. */
export function linesOf(excerpt: Excerpt | undefined, show: (text: string) => string): OpenedCite['lines'] {
  if (excerpt === undefined || excerpt.kind === 'picture') return []
  if (excerpt.kind === 'bytes') {
    const parts = [
      { text: excerpt.before, cited: false },
      { text: excerpt.at, cited: true },
      { text: excerpt.after, cited: false },
    ]
    return parts
      .filter((part) => part.text !== '')
      .map((part) => ({
        label: part.cited ? `bytes ${excerpt.from}-${excerpt.to}` : '',
        text: show(part.text),
        cited: part.cited,
      }))
  }
  const { before, at, after, unit } = excerpt
  const all = [
    ...(before === undefined ? [] : [{ piece: before, cited: false }]),
    ...at.map((piece) => ({ piece, cited: true })),
    ...(after === undefined ? [] : [{ piece: after, cited: false }]),
  ]
  return all.map(({ piece, cited }) => ({ label: `${unit} ${piece.n}`, text: show(piece.text), cited }))
}
