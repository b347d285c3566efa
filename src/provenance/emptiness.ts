import type { Copy } from './copy.ts'
import type { Linkage } from './linkage.ts'
import { model } from './model.ts'
import { tokenTag } from './tokenise.ts'

/** A weighed field that a source holds: its bit in the linkage, and how often the source leaves it empty. */
export interface Held {
  readonly bit: number
  readonly empty: number
  /** An identifier or a date: damaged, it often cannot be read as one any more. */
  readonly formed: boolean
}

/** How often the copies that hold a field leave it empty: the middle one. */
export function usualEmpty(linkages: readonly Linkage[], tag: string): number {
  const shares = linkages.filter(({ tags }) => tags.includes(tag)).map(({ copy }) => heldOf(copy, tag).empty)
  return Math.min(mostEmpty, shares.toSorted((a, b) => a - b)[shares.length >> 1] ?? 0)
}

/** Share of the rows of a copy in which a field is empty, and whether its values have a form. */
export function heldOf(copy: Copy, tag: string): Pick<Held, 'empty' | 'formed'> {
  const column = copy.columns.find(
    ({ meaning }) => (meaning.kind === 'identifier' || meaning.kind === 'field') && tokenTag(meaning) === tag,
  )
  return {
    empty: copy.profile?.columns.find(({ name }) => name === column?.name)?.empty ?? model.empty.usual,
    formed: column?.meaning.kind === 'identifier' || (column?.meaning.kind === 'field' && column.meaning.form === 'date'),
  }
}

/** What empty and filled cells of a source's fields say at a noise: all filled, and by bit what another state adds to that. */
export interface Emptiness {
  readonly filled: number
  readonly blank: Float64Array
  readonly added: Float64Array
}

/** A field that a copy never fills may still hold a value in the sample. */
const mostEmpty = 0.995

/** What a source's fields say by being empty or not, under a share of damaged cells (rule P5). */
export function emptiness(held: readonly Held[], noise: number): Emptiness {
  const { lost: least, perNoise } = model.empty
  const blank = new Float64Array(32)
  const added = new Float64Array(32)
  let filled = 0
  for (const { bit, empty, formed } of held) {
    const lost = least + noise * (formed ? perNoise.formed : perNoise.other)
    const share = Math.min(mostEmpty, empty + (1 - empty) * lost)
    filled += Math.log(1 - share)
    blank[bit] = Math.log(share) - Math.log(1 - share)
    added[bit] = Math.log(lost) - Math.log(1 - share)
  }
  return { filled, blank, added }
}

/** The sum of the values of the bits that are set. */
export function ofBits(mask: number, values: Float64Array): number {
  let sum = 0
  for (let rest = mask >>> 0; rest !== 0; rest = (rest & (rest - 1)) >>> 0) sum += values[31 - Math.clz32(rest & -rest)] ?? 0
  return sum
}
