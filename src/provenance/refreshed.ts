import type { Examined } from './examined.ts'
import type { Linkage } from './linkage.ts'
import { foreignOf, type RowFit, type SourceFit } from './row-fit.ts'

/**
 * A copy that was handed out again on another day: the people of `copy`, their values by the history of `own` (rule P12). `fields: 'own'`: a slice of
 * `own` itself, which gains no field by being one.
 */
export function refreshed(options: {
  readonly examined: Examined
  readonly own: SourceFit
  readonly ownLinkage: Linkage
  readonly copy: SourceFit
  readonly copyLinkage: Linkage
  readonly fields?: 'own' | 'both'
}): SourceFit {
  const { examined, own, ownLinkage, copy, copyLinkage, fields = 'both' } = options
  const ownBits = new Set(ownLinkage.tags)
  const copyBits = new Map(fields === 'own' ? [] : copyLinkage.tags.map((tag, bit) => [tag, bit]))
  const filled = Uint8Array.from(own.foreign.filled)
  const rows = own.rows.map((fit, position): RowFit | undefined => {
    if (fit === undefined) return undefined
    const there = copy.rows[position]
    if (there === undefined) return undefined
    let base = fit.base + own.cost - copy.cost
    let { equal, different } = fit
    for (const [tag, logs] of examined.cells) {
      const u = logs[position] ?? Number.NaN
      const bit = copyBits.get(tag)
      if (Number.isNaN(u) || bit === undefined || ownBits.has(tag) || ((there.link.compared >>> bit) & 1) === 0) continue
      // A field the history does not hold: as in the copy that was handed out before.
      filled[position] = Math.max(0, (filled[position] ?? 1) - 1)
      if (((there.link.equal >>> bit) & 1) === 1) {
        equal += 1
        base -= u
      } else different += 1
    }
    return { ...fit, base, equal, different }
  })
  // An identifier swapped within the extract is one of its own.
  const anybody = own.anybody.map((log, position) => Math.max(log, copy.anybody[position] ?? log))
  return { ...own, anybody, size: copy.size, cost: copy.cost, rows, foreign: foreignOf(own.foreign.blank, filled) }
}
