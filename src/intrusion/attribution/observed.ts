import type { Cite } from '../../evidence/index.ts'
import type { AttackGroups } from './attack-groups.ts'
import { parentOf } from './profile.ts'

/** A technique that was seen, how sure that is (0 to 1), and where. */
export interface ObservedTechnique {
  readonly id: string
  readonly observed: number
  readonly cites: readonly Cite[]
}

/** Software by its name, another name of it, or its id in ATT&CK, and where it was seen. */
export interface ObservedSoftware {
  readonly name: string
  readonly cites: readonly Cite[]
}

/** An indicator found in the evidence that somebody's list holds for certain groups (ids as `G0093`). */
export interface ObservedIndicator {
  readonly name: string
  readonly groups: readonly string[]
  readonly cites: readonly Cite[]
}

/** What was observed, each thing once. */
export interface Observed {
  readonly kind: 'technique' | 'software' | 'system software' | 'indicator'
  /** Id in ATT&CK; of an indicator its name. */
  readonly id: string
  readonly name: string
  /** What its bits are multiplied with: the weight of its kind times how sure it is. */
  readonly weight: number
  /** Groups that are said to use it, where the evidence itself says so (indicators). */
  readonly groups?: readonly string[]
  readonly cites: readonly Cite[]
}

const weights = { technique: 1, software: 4, 'system software': 1, indicator: 3 } as const

/**
 * Joins what was observed more than once, and drops a technique where one of its sub-techniques was seen. `unread` are names of
 * software and ids of techniques that ATT&CK's groups do not know.
 */
export function gatherObserved(given: {
  readonly techniques: readonly ObservedTechnique[]
  readonly software: readonly ObservedSoftware[]
  readonly indicators?: readonly ObservedIndicator[]
  readonly groups: AttackGroups
}): { readonly observed: readonly Observed[]; readonly unread: readonly string[] } {
  const { groups: table } = given
  const found = new Map<string, Observed>()
  const unread = new Set<string>()
  const add = (one: Observed): void => {
    const known = found.get(one.id)
    const weight = Math.max(one.weight, known?.weight ?? 0)
    found.set(one.id, { ...one, weight, cites: [...(known?.cites ?? []), ...one.cites] })
  }
  const techniques = new Map(table.techniques.map((one) => [one.id, one.name]))
  const families = new Set(table.techniques.map((one) => parentOf(one.id)))
  const subs = new Set(given.techniques.filter((one) => one.id.includes('.')).map((one) => parentOf(one.id)))
  for (const { id, observed, cites } of given.techniques) {
    if (subs.has(id)) continue
    if (!techniques.has(id) && !families.has(id)) unread.add(id)
    else if (observed > 0)
      add({ kind: 'technique', id, name: techniques.get(id) ?? id, weight: weights.technique * Math.min(1, observed), cites })
  }
  const names = softwareNames(table)
  const system = new Set(table.system)
  for (const { name, cites } of given.software) {
    const software = names.get(name.toLowerCase())
    if (software === undefined) unread.add(name)
    else {
      const kind = system.has(software.id) ? 'system software' : 'software'
      add({ kind, id: software.id, name: software.name, weight: weights[kind], cites })
    }
  }
  const known = new Set(table.groups.map((one) => one.id))
  for (const { name, groups, cites } of given.indicators ?? []) {
    const of = [...new Set(groups)].filter((id) => known.has(id)).sort()
    if (of.length > 0) add({ kind: 'indicator', id: name, name, weight: weights.indicator, groups: of, cites })
  }
  const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
  return {
    observed: [...found.values()].sort((a, b) => compare(a.kind, b.kind) || compare(a.id, b.id)),
    unread: [...unread].sort(compare),
  }
}

/** Software by everything it is called, in lower case; a name that two go by means neither. */
function softwareNames(table: AttackGroups): ReadonlyMap<string, { readonly id: string; readonly name: string }> {
  const found = new Map<string, { readonly id: string; readonly name: string }>()
  const twice = new Set<string>()
  const add = (name: string, one: AttackGroups['software'][number]): void => {
    const other = found.get(name)
    if (other !== undefined && other.id !== one.id) twice.add(name)
    found.set(name, one)
  }
  for (const one of table.software) for (const name of one.aliases) add(name.toLowerCase(), one)
  for (const name of twice) found.delete(name)
  for (const one of table.software) for (const name of [one.name, one.id]) found.set(name.toLowerCase(), one)
  return found
}
