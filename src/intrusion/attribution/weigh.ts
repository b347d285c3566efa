import type { AttributionFit } from './attack-groups.ts'
import type { Observed } from './observed.ts'
import { parentOf, type Profile, type Profiles } from './profile.ts'

/** An item used by at most so many groups says something about one of them. */
export const specificAt = 5

/** What one observed item adds to a group's score. */
export interface Agreement {
  readonly item: Observed
  /** Micro-bits, so that sums do not depend on their order. */
  readonly micro: number
  /** Groups that use it, this one among them. */
  readonly sharedBy: number
  /** Reports that say this group uses it, by their place in the list. */
  readonly reports: readonly number[]
}

/** A group with what speaks for it. */
export interface Weighed {
  readonly group: string
  /** Micro-bits. */
  readonly score: number
  /** Strongest first. */
  readonly agreements: readonly Agreement[]
  /** Techniques of its profile that could have been seen and were not, and what they cost together, in micro-bits. */
  readonly absent: { readonly techniques: readonly string[]; readonly micro: number }
}

/** True for what few groups use and no operating system brings along. */
export function isSpecific({ item, sharedBy }: Pick<Agreement, 'item' | 'sharedBy'>): boolean {
  return sharedBy <= specificAt && item.kind !== 'system software'
}

/** All groups with their scores, best first; equal ones by id. */
export function weigh(options: {
  readonly observed: readonly Observed[]
  readonly profiles: Profiles
  /** Techniques the logs could have shown; what is missing elsewhere costs nothing. */
  readonly seeable?: ReadonlySet<string>
  readonly fit: Pick<AttributionFit, 'shown'>
}): Weighed[] {
  const { observed, profiles, seeable = new Set<string>(), fit } = options
  const seen = new Set(observed.map((one) => one.id))
  const families = new Set([...seen].map(parentOf))
  const cost = Math.round(-Math.log2(1 - fit.shown) * 1e6)
  return [...profiles.of]
    .map(([group, profile]): Weighed => {
      const agreements = observed
        .flatMap((item) => agreement({ item, group, profile, profiles }))
        .sort((a, b) => b.micro - a.micro || (a.item.id < b.item.id ? -1 : 1))
      const techniques = [...profile.keys()].filter(
        (id) => seeable.has(id) && !seen.has(id) && !seen.has(parentOf(id)) && (id.includes('.') || !families.has(id)),
      )
      const absent = { techniques: techniques.sort(), micro: -cost * techniques.length }
      return { group, score: agreements.reduce((sum, one) => sum + one.micro, absent.micro), agreements, absent }
    })
    .sort((a, b) => b.score - a.score || (a.group < b.group ? -1 : 1))
}

/** What an item says for a group; a technique seen without its sub-technique agrees with each of its sub-techniques. */
function agreement(given: { item: Observed; group: string; profile: Profile; profiles: Profiles }): Agreement[] {
  const { item, group, profile, profiles } = given
  const found = (sharedBy: number, reports: readonly number[]): Agreement[] => [
    { item, micro: Math.round(item.weight * Math.log2(profiles.groups / sharedBy) * 1e6), sharedBy, reports },
  ]
  if (item.groups !== undefined) return item.groups.includes(group) ? found(item.groups.length, []) : []
  if (item.kind === 'technique' && !item.id.includes('.')) {
    const members = [...profile].filter(([id]) => parentOf(id) === item.id)
    const reports = [...new Set(members.flatMap(([, cited]) => cited))].sort((a, b) => a - b)
    return members.length === 0 ? [] : found(profiles.family.get(item.id) ?? 1, reports)
  }
  const reports = profile.get(item.id)
  return reports === undefined ? [] : found(profiles.users.get(item.id) ?? 1, reports)
}
