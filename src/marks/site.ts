/** One of the two spellings of a site. */
export type Bit = 0 | 1

/** What a column of text is compared as: the form that no mark may change. `text` is free text that nothing is compared with. */
export type TextForm = 'name' | 'place' | 'code' | 'text'

/** Groups of marks that a recipient's manifest allows or not. Dates and codes have one spelling for a whole extract. */
export const markGroups = ['spacing', 'punctuation', 'case', 'abbreviation', 'dates', 'codes'] as const

export type MarkGroup = (typeof markGroups)[number]

/**
 * A place in a cell with two natural spellings. `write` sets one of them; `read` tells which one stands there, undefined when
 * the cell has no such place (or a third spelling). Both look at the text alone.
 */
export interface SiteKind {
  readonly name: string
  readonly group: MarkGroup
  readonly forms: readonly TextForm[]
  /** Is the spelling still there after lower-casing, after joining and trimming white space? */
  readonly survives: { readonly lowerCasing: boolean; readonly spaceNormaliser: boolean }
  readonly read: (text: string) => Bit | undefined
  readonly write: (text: string, bit: Bit) => string
}
