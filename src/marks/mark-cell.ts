import { formOf, siteKinds } from './site-kinds.ts'
import type { Bit, TextForm } from './site.ts'

/** A marked cell: its text, and the sites set in it (bit i = `siteKinds[i]`). */
export interface MarkedCell {
  readonly text: string
  readonly mask: number
}

/**
 * Writes the marks of one cell. Which sites a cell has is decided on its neutral spelling (every site 0), never by the bits: a site
 * that is there only for one bit would make innocent copies agree. A cell whose canonical form would change, or whose sites would
 * disturb each other, keeps its text.
 */
export function markCell(cell: {
  readonly text: string
  readonly form: TextForm
  /** Bits of `siteKinds` that may be used. */
  readonly allowed: number
  /** The bit of a kind, by its place in `siteKinds`. */
  readonly bitOf: (index: number) => Bit
}): MarkedCell {
  const { text, form, allowed, bitOf } = cell
  const unmarked = { text, mask: 0 }
  if (text.length > longestCell || text.trim() === '') return unmarked
  const before = formOf(form, text)
  if (before === undefined) return unmarked
  const { neutral, mask } = sitesOf(text, allowed)
  if (mask === 0) return unmarked
  let marked = neutral
  for (const [at, kind] of siteKinds.entries()) if ((mask & (1 << at)) !== 0) marked = kind.write(marked, bitOf(at))
  const whole = siteKinds.every((kind, at) => (mask & (1 << at)) === 0 || kind.read(marked) === bitOf(at))
  return whole && formOf(form, marked) === before ? { text: marked, mask } : unmarked
}

/** The kinds that may be used in a column of this form, as a mask. */
export function allowedMask(form: TextForm, names: readonly string[]): number {
  return siteKinds.reduce(
    (mask, kind, at) => (kind.forms.includes(form) && names.includes(kind.name) ? mask | (1 << at) : mask),
    0,
  )
}

const longestCell = 500

/** The neutral spelling of a cell and the sites that can be set in it in both ways without touching one another. */
function sitesOf(text: string, allowed: number): { readonly neutral: string; readonly mask: number } {
  let neutral = text
  for (const [at, kind] of siteKinds.entries()) if ((allowed & (1 << at)) !== 0) neutral = kind.write(neutral, 0)
  let mask = 0
  for (const [at, kind] of siteKinds.entries()) {
    if ((allowed & (1 << at)) === 0 || kind.read(neutral) !== 0) continue
    const other = kind.write(neutral, 1)
    if (kind.read(other) !== 1 || kind.write(other, 0) !== neutral) continue
    const others = siteKinds.every((one, index) => (mask & (1 << index)) === 0 || one.read(other) === 0)
    if (others) mask |= 1 << at
  }
  return { neutral, mask }
}
