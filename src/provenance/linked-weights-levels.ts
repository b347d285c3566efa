import type { CanonicalKind } from '../persons/index.ts'
import type { Copy } from './copy.ts'
import type { Level } from './fellegi-sunter.ts'
import type { Sample } from './sample.ts'
import { tokenColumns, tokenTag } from './tokenise.ts'

/** A field that the sample and the copy both have. */
export interface Comparison {
  readonly tag: string
  readonly kind: CanonicalKind
  readonly array: 'ids' | 'fields'
  /** Positions, from 1, in the sample's and in the copy's array. */
  readonly here: number
  readonly there: number
}

/** Comparisons whose levels fit one 64-bit number. */
const mostComparisons = 20
const bitsPerLevel = 3

/** What can be compared: identifiers first, each tag once. */
export function comparisonsOf(sample: Sample, copy: Copy): readonly Comparison[] {
  const held = tokenColumns(copy.columns)
  const ids = held.ids.map(({ meaning }) => ({ tag: tokenTag(meaning), kind: meaning.identifier }))
  const fields = held.fields.map(({ meaning }) => ({ tag: tokenTag(meaning), kind: meaning.form }))
  const shared = (
    here: readonly string[],
    there: readonly { readonly tag: string; readonly kind: CanonicalKind }[],
    array: Comparison['array'],
  ): Comparison[] =>
    here.flatMap((tag, at) => {
      const position = there.findIndex((one) => one.tag === tag)
      const kind = there[position]?.kind
      return kind === undefined || here.indexOf(tag) !== at ? [] : [{ tag, kind, array, here: at + 1, there: position + 1 }]
    })
  return [...shared(sample.idTags, ids, 'ids'), ...shared(sample.fieldTags, fields, 'fields')].slice(0, mostComparisons)
}

/** The levels of a pair of rows `s` (sample) and `h` (copy) as one UInt64 in SQL: three bits a comparison, the first lowest. */
export function levelsSql(comparisons: readonly Comparison[]): string {
  if (comparisons.length === 0) return 'toUInt64(0)'
  return comparisons.map((one, at) => `bitShiftLeft(toUInt64(${levelSql(one)}), ${at * bitsPerLevel})`).join(' + ')
}

function levelSql({ kind, array, here, there }: Comparison): string {
  const [mine, theirs] = [`s.${array}[${here}]`, `h.${array}[${there}]`]
  const [parts, others] = [`s.parts[${here}]`, `h.parts[${there}]`]
  const known = `${mine} = ${noToken} OR ${theirs} = ${noToken}, 0, ${mine} = ${theirs}, 4`
  switch (kind) {
    case 'name':
    case 'place': {
      const common = `length(arrayIntersect(${parts}, ${others}))`
      const most = `greatest(length(${parts}), length(${others}))`
      // Most pairs have nothing in common: that is cheap to see.
      return `multiIf(${known}, NOT hasAny(${parts}, ${others}), 1, ${common} >= 2 AND ${common} * 2 >= ${most}, 3, 2)`
    }
    case 'date':
      return `multiIf(${known}, length(${parts}) < 2 OR length(${others}) < 2, 1, ${parts}[2] = ${others}[2], 3, ${parts}[1] = ${others}[1], 2, 1)`
    default:
      return `multiIf(${known}, 1)`
  }
}

/** The empty token in SQL. */
export const noToken = "toFixedString('', 16)"

/** The levels of a number made by `levelsSql`, which arrives as text. */
export function levelsOf(vector: string, count: number): readonly Level[] {
  const bits = BigInt(vector)
  return Array.from({ length: count }, (_, at) => Number((bits >> BigInt(at * bitsPerLevel)) & 7n) as Level)
}
