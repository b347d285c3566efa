import type { Lake } from '../store/index.ts'
import { dayNumber } from './day.ts'
import { ones } from './bits.ts'
import type { Examined } from './examined.ts'
import { historySpan, type Linkage } from './linkage.ts'
import { subscriberLinks } from './subscriber-links.ts'

/** The copy whose history dates a sample, and the span of its days. */
export interface Clock {
  readonly linkage: Linkage
  readonly span: { readonly first: number; readonly last: number }
}

/** The largest copy with history, an own one first. */
export async function clockOf(lake: Lake, linkages: readonly Linkage[]): Promise<Clock | undefined> {
  const own = (linkage: Linkage): number => (linkage.copy.kind === 'own' ? 0 : 1)
  const [linkage] = linkages
    .filter((one) => one.copy.history)
    .toSorted((a, b) => own(a) - own(b) || b.size - a.size || (a.copy.id < b.copy.id ? -1 : 1))
  if (linkage === undefined) return undefined
  const span = await historySpan(lake, linkage.loadId)
  if (span === undefined) return undefined
  return { linkage, span: { first: span.first, last: Math.max(span.first, dayNumber(linkage.copy.asOf)) } }
}

/**
 * Share of the cells that agree with no version of the row's subscriber, of all cells that the history knows: the noise for dating.
 * Between 0.5 % and 25 %.
 */
export function historyNoise(examined: Examined, linkage: Linkage): number {
  let known = 0
  let never = 0
  for (const links of subscriberLinks(examined, linkage)) {
    const compared = links.reduce((mask, link) => mask | link.compared, 0)
    const equal = links.reduce((mask, link) => mask | link.equal, 0)
    known += ones(compared)
    never += ones(compared & ~equal)
  }
  return Math.min(0.25, Math.max(0.005, known === 0 ? 0.03 : never / known))
}
