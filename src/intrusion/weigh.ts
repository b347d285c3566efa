import { habitualBits } from './habits.ts'
import type { Sighting } from './sighting.ts'

/** Share of its bits that a sighting keeps when it is the estate's usual administration. */
const usualShare = 0.25

/** Bits of each sighting on this estate: counted where the estate's own days tell, by level and habit where not, a quarter where it is usual administration. */
export function weighing(
  sightings: readonly Sighting[],
  { span, usual }: { readonly span: { readonly from: string; readonly to: string }; readonly usual: (one: Sighting) => boolean },
): (one: Sighting) => number {
  const habitual = habitualBits(sightings, span)
  const known = new Map<Sighting, number>()
  return (one) => {
    const before = known.get(one)
    if (before !== undefined) return before
    const bits = (one.bits ?? habitual(one)) * (usual(one) ? usualShare : 1)
    known.set(one, bits)
    return bits
  }
}
