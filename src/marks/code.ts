import type { MarksKey } from './marks-key.ts'
import type { Bit } from './site.ts'

/**
 * Cutoff of the bias density: biases lie between 0.01 and 0.99. Small enough for up to five pooling recipients at some thousand
 * sites, large enough that one site cannot decide.
 */
const cutoff = 0.01

/** What the bits of an extract are drawn from. */
export interface CodeOf {
  readonly holder: string
  readonly extract: string
  /** Recipients of one group share the biases of a site (Tardos); without a group every site is a fair coin. */
  readonly pool?: string
}

/** The bit of a site and the chance that a fresh recipient would have a 1 there. */
export interface CodeBit {
  readonly bit: Bit
  readonly bias: number
}

/**
 * What is drawn for (recipient, extract, row, site): the same whatever the order of rows or columns. `use` (0 to 1) tells whether
 * the site is set at all, as it is below the density of the extract: a table in which every cell is odd is noticed. Recipients of
 * one pool share biases and uses.
 */
export function codeBit(
  key: MarksKey,
  code: CodeOf,
  position: { readonly row: string; readonly site: string },
): CodeBit & { readonly use: number } {
  const at = `${position.row}\u001e${position.site}`
  const [drawn, own] = key.draw('mark:bit', `${code.holder}\u001e${code.extract}\u001e${at}`)
  if (code.pool === undefined) return { bit: drawn < 0.5 ? 1 : 0, bias: 0.5, use: own }
  const [uniform, use] = key.draw('mark:bias', `${code.pool}\u001e${at}`)
  const bias = biasOf(uniform)
  return { bit: drawn < bias ? 1 : 0, bias, use }
}

/** Tardos' density by its inverse: p = sin²(r), r even between the cutoffs. */
export function biasOf(uniform: number): number {
  const from = Math.asin(Math.sqrt(cutoff))
  return Math.sin(from + uniform * (Math.PI / 2 - 2 * from)) ** 2
}

/**
 * What one read site adds to the accusing score of a code word: the symmetric score of Škorić, Katzenbeisser and Celik
 * (2008). Mean 0 and variance 1 for a code word that was drawn apart from what was read.
 */
export function siteScore(code: CodeBit, read: Bit): number {
  const { bit, bias } = code
  const gain = Math.sqrt(bit === 1 ? (1 - bias) / bias : bias / (1 - bias))
  return bit === read ? gain : -gain
}
