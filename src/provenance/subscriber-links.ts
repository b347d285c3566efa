import type { Examined } from './examined.ts'
import type { Link } from './link.ts'
import type { Linkage } from './linkage.ts'

/**
 * By position of the examined row, the links to versions of the subscriber it agrees with best (rule P8). A damaged identifier may be
 * somebody else's: a link that agrees mostly where the best one does not is to another subscriber and says nothing of the day.
 */
export function subscriberLinks(examined: Examined, linkage: Linkage): readonly (readonly Link[])[] {
  const cells = linkage.tags.map((tag) => examined.cells.get(tag))
  return examined.rows.map((row, position) => {
    const links = linkage.links.get(row.n) ?? []
    if (links.length < 2) return links
    /** Nats of the cells in a mask: the rarer the values, the more. */
    const weight = (mask: number): number =>
      cells.reduce((sum, logs, bit) => {
        const u = (mask >>> bit) & 1 ? (logs?.[position] ?? Number.NaN) : Number.NaN
        return Number.isNaN(u) ? sum : sum - u
      }, 0)
    const weights = links.map((link) => weight(link.equal))
    const best = weights.reduce((at, one, other) => (one > (weights[at] as number) ? other : at), 0)
    const { equal } = links[best] as Link
    return links.filter((link, at) => weight(link.equal & equal) * 2 >= (weights[at] as number))
  })
}
