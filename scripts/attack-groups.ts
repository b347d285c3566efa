// Writes data/attack-groups.json from a STIX bundle of Enterprise ATT&CK: node scripts/attack-groups.ts BUNDLE.json.gz VERSION
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { attackBundle } from './attack-bundle.ts'

interface Reference {
  readonly source_name: string
  readonly external_id?: string
  readonly url?: string
  readonly description?: string
}

interface StixObject {
  readonly type: string
  readonly id: string
  readonly name?: string
  readonly aliases?: readonly string[]
  readonly x_mitre_aliases?: readonly string[]
  readonly revoked?: boolean
  readonly x_mitre_deprecated?: boolean
  readonly external_references?: readonly Reference[]
  readonly relationship_type?: string
  readonly source_ref?: string
  readonly target_ref?: string
}

type Links = Record<string, readonly number[]>

const { standing, version } = attackBundle<StixObject>('attack-groups.ts')
const byId = new Map(standing.map((one) => [one.id, one]))
const uses = standing.filter((one) => one.type === 'relationship' && one.relationship_type === 'uses')
const attributions = standing.filter((one) => one.type === 'relationship' && one.relationship_type === 'attributed-to')
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const idOf = (one: StixObject | undefined): string =>
  one?.external_references?.find((reference) => reference.source_name === 'mitre-attack')?.external_id ?? ''

const months = 'January February March April May June July August September October November December'.split(' ')

/** Day of a report from its bibliography line, as far as it is given there: `2019-06-25`, `2019-06`, `2019` or ''. */
function dayOf(line: string): string {
  const [, year, word, day] = /\((\d{4})(?:, ([A-Z][a-z]{2,8})\.?(?: (\d{1,2}))?)?/.exec(line) ?? []
  if (year === undefined) return ''
  const month = word === undefined ? 0 : months.findIndex((name) => name.startsWith(word)) + 1
  const parts = month === 0 ? [] : [String(month), day].filter((part) => part !== undefined)
  return [year, ...parts.map((part) => part.padStart(2, '0'))].join('-')
}

const reports = new Map<string, { readonly name: string; readonly url: string; readonly date: string }>()

/** Names of the reports that a STIX object cites. */
function reportsOf(one: StixObject): string[] {
  const cited = (one.external_references ?? []).filter(
    (reference) => reference.url !== undefined && !reference.source_name.startsWith('mitre'),
  )
  for (const { source_name: name, url = '', description = '' } of cited)
    if (!reports.has(name)) reports.set(name, { name, url, date: dayOf(description) })
  return cited.map((reference) => reference.source_name)
}

let unsourced = 0
interface Drawn {
  readonly techniques: ReadonlyMap<string, readonly string[]>
  readonly software: ReadonlyMap<string, readonly string[]>
}
/** What a group or campaign is linked to, each link with its reports; links that name no report are left out. */
function linksOf(from: StixObject): Drawn {
  const [techniques, software] = [new Map<string, readonly string[]>(), new Map<string, readonly string[]>()]
  for (const link of uses.filter((one) => one.source_ref === from.id)) {
    const target = byId.get(link.target_ref ?? '')
    if (idOf(target) === '') continue
    const cited = reportsOf(link)
    if (cited.length === 0) unsourced += 1
    else {
      const into = target?.type === 'attack-pattern' ? techniques : software
      into.set(idOf(target), [...(into.get(idOf(target)) ?? []), ...cited])
    }
  }
  return { techniques, software }
}

const ofType = (...types: readonly string[]): StixObject[] =>
  standing.filter((one) => types.includes(one.type) && idOf(one) !== '').sort((a, b) => compare(idOf(a), idOf(b)))
const groups = ofType('intrusion-set').map((one) => ({ one, links: linksOf(one) }))
const campaigns = ofType('campaign').map((one) => {
  const attributed = attributions.filter((link) => link.source_ref === one.id)
  return {
    one,
    links: linksOf(one),
    groups: attributed
      .map((link) => idOf(byId.get(link.target_ref ?? '')))
      .filter((id) => id !== '')
      .sort(),
    cited: [one, ...attributed].flatMap(reportsOf),
  }
})

const order = new Map([...reports.keys()].sort(compare).map((name, at) => [name, at]))
const places = (names: readonly string[]): number[] =>
  [...new Set(names.map((name) => order.get(name) ?? -1))].sort((a, b) => a - b)
const written = (links: ReadonlyMap<string, readonly string[]>): Links =>
  Object.fromEntries([...links].sort(([a], [b]) => compare(a, b)).map(([id, names]) => [id, places(names)]))
const otherNames = (names: readonly string[] = [], name = ''): string[] =>
  [...new Set(names)].filter((one) => one !== name).sort(compare)

/** By how many groups each technique or software is used, by themselves or in a campaign attributed to them. */
function users(kind: keyof Drawn): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  const add = (id: string, group: string): void => void found.set(id, (found.get(id) ?? new Set()).add(group))
  for (const { one, links } of groups) for (const id of links[kind].keys()) add(id, idOf(one))
  for (const { links, groups: by } of campaigns)
    for (const id of links[kind].keys()) {
      if (by.length === 0) found.set(id, found.get(id) ?? new Set())
      for (const group of by) add(id, group)
    }
  return found
}

const usersOfTechniques = users('techniques')
const usersOfSoftware = users('software')
const lines = (rows: readonly object[]): string => rows.map((row) => JSON.stringify(row)).join(',\n')
const text = `{
"attack": ${JSON.stringify({
  domain: 'enterprise-attack',
  version,
  notice: '© 2025 The MITRE Corporation. This work is reproduced and distributed with the permission of The MITRE Corporation.',
  terms: 'https://attack.mitre.org/resources/legal-and-branding/terms-of-use/',
})},
"reports": [
${lines([...order.keys()].map((name) => reports.get(name) ?? {}))}
],
"techniques": [
${lines(
  ofType('attack-pattern')
    .filter((one) => usersOfTechniques.has(idOf(one)))
    .map((one) => ({ id: idOf(one), name: one.name, groups: usersOfTechniques.get(idOf(one))?.size })),
)}
],
"software": [
${lines(
  ofType('malware', 'tool').map((one) => ({
    id: idOf(one),
    name: one.name,
    aliases: otherNames(one.x_mitre_aliases, one.name),
    groups: usersOfSoftware.get(idOf(one))?.size ?? 0,
  })),
)}
],
"groups": [
${lines(
  groups.map(({ one, links }) => ({
    id: idOf(one),
    name: one.name,
    aliases: otherNames(one.aliases, one.name),
    techniques: written(links.techniques),
    software: written(links.software),
  })),
)}
],
"campaigns": [
${lines(
  campaigns.map(({ one, links, groups: by, cited }) => ({
    id: idOf(one),
    name: one.name,
    groups: by,
    reports: places(cited),
    techniques: written(links.techniques),
    software: written(links.software),
  })),
)}
]
}
`
writeFileSync(join(import.meta.dirname, '..', 'data', 'attack-groups.json'), text)
process.stdout.write(
  `${groups.length} groups, ${campaigns.length} campaigns, ${order.size} reports; ${unsourced} links without a report left out\n`,
)
