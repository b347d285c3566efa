import { citeText, type Cite } from '../../evidence/index.ts'
import type { ExhibitName } from '../field-answers.ts'
import { plain } from './plain.ts'

/** Cites named in a note; further ones are counted. */
const citesPerNote = 12

/** How exhibits and decisions are called in the case: `E3` by SHA-256, `D4` by id. */
export interface CiteNames {
  readonly exhibit?: ExhibitName
  readonly decision?: (id: string) => string | undefined
}

/** A cite in words: `E3 row 12`, `decision D4`. */
export function citeName(cite: Cite, { exhibit, decision }: CiteNames): string {
  const number = cite.kind === 'decision' ? decision?.(cite.id) : undefined
  return number === undefined ? citeText(cite, exhibit) : `decision ${number}`
}

/** `E3 row 12; E4; and 3 more`. */
export function citesText(cites: readonly Cite[], names: CiteNames): string {
  const all = [...new Set(cites.map((one) => plain(citeName(one, names))))]
  return `${all.slice(0, citesPerNote).join('; ')}${all.length > citesPerNote ? `; and ${all.length - citesPerNote} more` : ''}`
}
