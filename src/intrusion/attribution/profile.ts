import type { AttackGroups, Links } from './attack-groups.ts'

/** What is left out of every profile: a campaign with its own links, and reports by their place in the list. */
export interface Without {
  readonly campaign?: string
  readonly reports: ReadonlySet<number>
}

/** What a group is said to have used: technique or software id to the places of the reports that say so. */
export type Profile = ReadonlyMap<string, readonly number[]>

/** Profiles of all groups, and by how many of them each item is used. */
export interface Profiles {
  readonly groups: number
  readonly of: ReadonlyMap<string, Profile>
  /** Groups that use exactly this technique or software. */
  readonly users: ReadonlyMap<string, number>
  /** Groups that use this technique or any sub-technique of it, by the technique's id without its sub-technique. */
  readonly family: ReadonlyMap<string, number>
}

/** A technique's id without its sub-technique: `T1003.001` gives `T1003`. */
export function parentOf(id: string): string {
  return id.split('.')[0] ?? id
}

/**
 * Profiles out of a group's own links and those of the campaigns attributed to it. A link all of whose reports are left out
 * is left out.
 */
export function profilesOf(table: AttackGroups, without: Without = { reports: new Set() }): Profiles {
  const of = new Map<string, Map<string, readonly number[]>>(table.groups.map((group) => [group.id, new Map()]))
  const add = (group: string, links: Links): void => {
    const profile = of.get(group)
    for (const [id, cited] of Object.entries(links)) {
      const reports = cited.filter((at) => !without.reports.has(at))
      if (reports.length > 0)
        profile?.set(
          id,
          [...new Set([...(profile.get(id) ?? []), ...reports])].sort((a, b) => a - b),
        )
    }
  }
  for (const group of table.groups) for (const links of [group.techniques, group.software]) add(group.id, links)
  for (const campaign of table.campaigns)
    if (campaign.id !== without.campaign)
      for (const group of campaign.groups) for (const links of [campaign.techniques, campaign.software]) add(group, links)
  const users = new Map<string, number>()
  const family = new Map<string, number>()
  const count = (into: Map<string, number>, id: string): void => void into.set(id, (into.get(id) ?? 0) + 1)
  for (const profile of of.values()) {
    for (const id of profile.keys()) count(users, id)
    for (const id of new Set([...profile.keys()].map(parentOf))) count(family, id)
  }
  return { groups: table.groups.length, of, users, family }
}

/** Places of the reports that are these: by name, or by address however it is written. One report may be there under several names. */
export function reportsNamed(table: AttackGroups, names: readonly string[]): ReadonlySet<number> {
  const wanted = new Set(names.map((name) => name.trim().toLowerCase()))
  const addresses = new Set(names.map((name) => addressOf(name.trim())))
  const isNamed = (name: string): boolean => wanted.has(name.trim().toLowerCase())
  for (const report of table.reports) if (isNamed(report.name)) addresses.add(addressOf(report.url))
  return new Set(
    table.reports.flatMap((report, at) => (isNamed(report.name) || addresses.has(addressOf(report.url)) ? [at] : [])),
  )
}

/** An address without scheme, `www.`, a web archive's prefix, query and closing slash. */
function addressOf(url: string): string {
  return url
    .toLowerCase()
    .replace(/^https?:\/\/web\.archive\.org\/web\/[0-9a-z_*]{1,20}\//, '')
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
    .replace(/[?#].*$/, '')
    .replace(/\/{1,9}$/, '')
}
