import type { Examined } from './examined.ts'
import type { Linkage } from './linkage.ts'
import type { SourceFit } from './row-fit.ts'

/** Fields that must be there to be invented beside real identifiers, or beside real identifiers and names. */
const leastOthers = { identifiers: 2, named: 3 } as const

/**
 * Rows made up around real values (rule P19): real identifiers with invented values beside them; or real identifiers with their real names and
 * the rest invented; by the copy that meets most rows. Only where enough values beside them can be compared: else none.
 */
export function seededParts(options: {
  readonly examined: Examined
  readonly fits: ReadonlyMap<Linkage, SourceFit>
  readonly noise: number
}): readonly Float64Array[] {
  const { examined, fits, noise } = options
  const others = [...examined.cells.keys()].filter((tag) => tag.startsWith('field:') && tag !== 'field:name')
  const [base] = [...fits].toSorted(
    ([a], [b]) => b.links.size - a.links.size || b.size - a.size || (a.copy.id < b.copy.id ? -1 : 1),
  )
  if (others.length < leastOthers.identifiers || base === undefined) return []
  const [linkage, fit] = base
  const identifiers = new Float64Array(examined.rows.length).fill(-Infinity)
  const named = new Float64Array(examined.rows.length).fill(-Infinity)
  const kept = linkage.tags.flatMap((tag, bit) =>
    tag.startsWith('field:') && tag !== 'field:name' ? [] : [{ tag, bit, logs: examined.cells.get(tag) }],
  )
  for (const [position, row] of fit.rows.entries()) {
    if (row === undefined) continue
    let log = -fit.cost + (examined.invented[position] ?? 0)
    let withName = 0
    for (const { tag, bit, logs } of kept) {
      const u = logs?.[position] ?? Number.NaN
      if (Number.isNaN(u) || ((row.link.compared >>> bit) & 1) === 0) continue
      const gain = ((row.link.equal >>> bit) & 1) === 1 ? Math.log1p(-noise) - u : Math.log(noise)
      if (tag === 'field:name') withName = gain
      else log += gain
    }
    identifiers[position] = log
    named[position] = log + withName
  }
  return others.length < leastOthers.named ? [identifiers] : [identifiers, named]
}

/**
 * Rows recombined from a known leak or from the copy that meets most rows (rule P19): every identifier is one of its own, but each column is drawn for
 * itself. One density per leak that is met, and one for that copy.
 */
export function recombined(examined: Examined, fits: ReadonlyMap<Linkage, SourceFit>): readonly Float64Array[] {
  const met = [...fits.keys()].filter((linkage) => linkage.links.size > 0)
  const [base] = met.toSorted((a, b) => b.links.size - a.links.size || b.size - a.size || (a.copy.id < b.copy.id ? -1 : 1))
  return met
    .filter((linkage) => linkage === base || linkage.copy.kind === 'leak')
    .map((linkage) => {
      const tags = linkage.tags.flatMap((tag, bit) => (tag.startsWith('field:') ? [] : [{ bit, logs: examined.cells.get(tag) }]))
      const drawn = -(fits.get(linkage)?.cost ?? Math.log(linkage.size))
      return Float64Array.from(examined.rows, (row, position) => {
        const links = linkage.links.get(row.n) ?? []
        let log = examined.invented[position] ?? 0
        for (const { bit, logs } of tags) {
          const u = logs?.[position] ?? Number.NaN
          if (!Number.isNaN(u) && links.some((link) => ((link.equal >>> bit) & 1) === 1)) log += Math.max(0, drawn - u)
        }
        return log
      })
    })
}
