import { epochMs } from '../base/index.ts'
import { isTelling, keysOf, type SharedHosts } from './cluster.ts'
import { bareAccount, isInside } from './names.ts'
import type { Sighting } from './sighting.ts'

/** Bits from which on a sighting carries a story over a pause. */
const carryingBits = 4
/** No pause is bridged that is longer. */
const longestMs = 400 * 86_400_000

/**
 * Joins groups of one campaign over pauses: what is not the estate's own work, on a host nobody shares, under an account that came from a strange place, from the
 * same address outside, or by the same client of the same database, belongs together however long nothing was seen in between. `weigh` gives 0 or little to usual work.
 */
export function joinWaves(
  groups: readonly (readonly Sighting[])[],
  { weigh, shared }: { readonly weigh: (one: Sighting) => number; readonly shared: SharedHosts },
): Sighting[][] {
  const strange = new Set(
    groups.flat().flatMap((one) => (one.entry === undefined || one.account === '' ? [] : [bareAccount(one.account)])),
  )
  const parents = groups.map((_, index) => index)
  const find = (index: number): number => {
    let at = index
    while (parents[at] !== at) at = parents[at] as number
    return at
  }
  const last = new Map<string, { readonly group: number; readonly at: number }>()
  for (const [index, group] of groups.entries())
    for (const one of group) {
      if (weigh(one) < carryingBits) continue
      for (const key of carryingKeys(one, strange, shared)) {
        const before = last.get(key)
        const at = epochMs(one.time)
        if (before !== undefined && Math.abs(at - before.at) <= longestMs) {
          const [low, high] = [find(before.group), find(index)].sort((a, b) => a - b) as [number, number]
          parents[high] = low
        }
        last.set(key, { group: index, at })
      }
    }
  const joined = new Map<number, Sighting[]>()
  for (const [index, group] of groups.entries()) joined.set(find(index), [...(joined.get(find(index)) ?? []), ...group])
  return [...joined.values()]
}

function carryingKeys(one: Sighting, strange: ReadonlySet<string>, shared: SharedHosts): string[] {
  const own = one.from !== undefined || !shared(one.host) || isTelling(one.account)
  const keys = own ? keysOf(one, new Set(), shared).filter((key) => key.startsWith('host ') || key.startsWith('client ')) : []
  if (isTelling(one.account) && strange.has(bareAccount(one.account))) keys.push(`account ${bareAccount(one.account)}`)
  if (one.sourceIp !== '' && !isInside(one.sourceIp)) keys.push(`address ${one.sourceIp}`)
  return keys
}
