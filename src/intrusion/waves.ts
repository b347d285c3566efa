import { epochMs } from '../base/index.ts'
import { compare, isTelling, keysOf, type SharedHosts } from './cluster.ts'
import { bareAccount, isInside } from './names.ts'
import type { Sighting } from './sighting.ts'

/** Bits from which on a sighting carries a story over a pause. */
const carryingBits = 4
/** No pause is bridged that is longer: where the logs tell what is usual, and where they do not. */
const longestMs = { usualKnown: 400 * 86_400_000, usualUnknown: 24 * 3_600_000 } as const

/**
 * Joins groups of one campaign over pauses: what is not the estate's own work, on a host nobody shares, under an account that came from a strange place, from the
 * same address outside, or by the same client of the same database, belongs together however long nothing was seen in between. `weigh` gives 0 or little to usual work.
 */
export function joinWaves(
  groups: readonly (readonly Sighting[])[],
  {
    weigh,
    shared,
    usualKnown,
  }: { readonly weigh: (one: Sighting) => number; readonly shared: SharedHosts; readonly usualKnown: boolean },
): Sighting[][] {
  const longest = usualKnown ? longestMs.usualKnown : longestMs.usualUnknown
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
  const inTime = groups
    .flatMap((group, index) => group.filter((one) => weigh(one) >= carryingBits).map((one) => ({ one, index })))
    .toSorted((a, b) => compare(a.one.time, b.one.time) || a.index - b.index)
  for (const { one, index } of inTime)
    for (const key of carryingKeys(one, strange, shared)) {
      const before = last.get(key)
      const at = epochMs(one.time)
      if (before !== undefined && at - before.at <= longest) {
        const [low, high] = [find(before.group), find(index)].sort((a, b) => a - b) as [number, number]
        parents[high] = low
      }
      last.set(key, { group: index, at })
    }
  const joined = new Map<number, Sighting[]>()
  for (const [index, group] of groups.entries()) joined.set(find(index), [...(joined.get(find(index)) ?? []), ...group])
  return [...joined.values()]
}

function carryingKeys(one: Sighting, strange: ReadonlySet<string>, shared: SharedHosts): string[] {
  const own = one.from !== undefined || !shared(one.host) || isTelling(one.account)
  const keys = own ? keysOf(one, new Set(), shared).filter((key) => key.startsWith('host ') || key.startsWith('client ')) : []
  if (one.controlledFrom !== undefined && !shared(one.controlledFrom)) keys.push(`host ${one.controlledFrom}`)
  if (isTelling(one.account) && strange.has(bareAccount(one.account))) keys.push(`account ${bareAccount(one.account)}`)
  if (one.sourceIp !== '' && !isInside(one.sourceIp)) keys.push(`address ${one.sourceIp}`)
  return keys
}
