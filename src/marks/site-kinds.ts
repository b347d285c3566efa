import { canonical } from '../persons/index.ts'
import { punctuation } from './punctuation.ts'
import type { SiteKind, TextForm } from './site.ts'
import { spacing } from './spacing.ts'
import { abbreviation, casing, writtenOut } from './wording.ts'

/**
 * Every kind of site, in the order in which they are written: words, case, punctuation, spaces.
 * The position in this list is the kind's bit in the masks of an index: only ever append.
 */
export const siteKinds: readonly SiteKind[] = [abbreviation, ...casing, ...punctuation, ...spacing]

/** What a text is compared by; undefined when it stands for no value. */
export function formOf(form: TextForm, text: string): string | undefined {
  return form === 'text' ? canonical('place', writtenOut(text)) : canonical(form, text)
}
