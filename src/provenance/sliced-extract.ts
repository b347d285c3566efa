import type { Known } from './hypothesis.ts'
import type { Examined } from './examined.ts'
import { logSum } from './model.ts'
import type { Pool } from './pool.ts'
import { refreshed } from './refreshed.ts'
import { mostNew, sliceWithin } from './unknown-copy.ts'

/** Extracts of which slices are weighed: those that explain the sample best. */
const mostExtracts = 3

/**
 * log of the sample as a slice of registered extracts that lies mostly among the people of a smaller one: filtered in the same way, or a block that lies there by chance
 * (rule P12). Without this an extract handed out again with those people, which is the smaller source, would win over the extract whose rows they are. By
 * the extract; those with nothing to add are left out.
 */
export function slicedExtracts(options: {
  readonly known: readonly Known[]
  readonly pool: Pool
  readonly examined: Examined
}): ReadonlyMap<Known, number> {
  const { pool, examined } = options
  const extracts = options.known
    .filter((one) => one.kind === 'copy' && one.linkage.copy.kind === 'extract' && one.linkage.links.size > 0)
    .toSorted((a, b) => b.log - a.log || (a.linkage.copy.id < b.linkage.copy.id ? -1 : 1))
  return new Map(
    extracts.slice(0, mostExtracts).flatMap((one): (readonly [Known, number])[] => {
      const within = extracts.filter(
        (other) => other !== one && other.fit.size < one.fit.size && other.linkage.links.size * 2 >= one.linkage.links.size,
      )
      const logs = within.flatMap((other): number[] => {
        const fit = refreshed({
          examined,
          own: one.fit,
          ownLinkage: one.linkage,
          copy: other.fit,
          copyLinkage: other.linkage,
          fields: 'own',
        })
        const mixture = pool.answer(
          [
            { of: 'source', copy: one.linkage.copy.id, fit },
            { of: 'source', copy: one.linkage.copy.id, fit: one.fit },
          ],
          { split: pool.split() },
        )
        const [inside = 0, outside = 0] = mixture.shares
        return outside <= mostNew * (inside + outside)
          ? [mixture.log + Math.log(sliceWithin(other.fit, one.fit) / within.length)]
          : []
      })
      return logs.length === 0 ? [] : [[one, logSum(logs)]]
    }),
  )
}
