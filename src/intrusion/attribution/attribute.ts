import type { AttackGroups } from './attack-groups.ts'
import type { Attribution, AuthorityStatement, Candidate } from './attribution.ts'
import { circularGroups, type Circular } from './circular.ts'
import { gatherObserved, type ObservedIndicator, type ObservedSoftware, type ObservedTechnique } from './observed.ts'
import { profilesOf, reportsNamed } from './profile.ts'
import { inseparable, mostNamed, sharesOf, verdictOf } from './shares.ts'
import { isSpecific, weigh, type Weighed } from './weigh.ts'
import { groupCite, tellAttribution } from './words.ts'

const decidingShown = 10
const citesOfItem = 5

/**
 * Weighs what was observed against the groups of ATT&CK. Profiles never rest on `report`, the name or address of the report that
 * the matter is known from: groups whose profile does are named, with what they would have got. `seeable` are the techniques that
 * the logs at hand could have shown; only those cost something when absent. `statements` are set beside the answer and change nothing in it.
 */
export function attribute(given: {
  readonly techniques: readonly ObservedTechnique[]
  readonly software: readonly ObservedSoftware[]
  readonly indicators?: readonly ObservedIndicator[]
  readonly seeable?: ReadonlySet<string>
  readonly groups: AttackGroups
  readonly report?: string
  readonly statements?: readonly AuthorityStatement[]
}): Attribution {
  const { groups: table, seeable, statements = [] } = given
  const { observed, unread } = gatherObserved(given)
  const weighing = { observed, fit: table.fit, ...(seeable === undefined ? {} : { seeable }) }
  const places = reportsNamed(table, given.report === undefined ? [] : [given.report])
  const weighed = weigh({ ...weighing, profiles: profilesOf(table, { reports: places }) })
  const { byGroup: shares, unknown } = shared(weighed, table)
  const withReport = places.size === 0 ? weighed : weigh({ ...weighing, profiles: profilesOf(table) })
  const sharesWith = shared(withReport, table).byGroup
  const circular = circularGroups({ table, report: places, withReport, sharesWith, sharesWithout: shares })
  const fitting = inseparable(weighed, table.fit)
  const judged = verdictOf(fitting)
  const { verdict } = judged
  const said = verdict === 'insufficient' ? 0 : mostNamed
  const candidates = weighed
    .filter((one, at) => (at < said && one.agreements.length > 0) || circular.has(one.group))
    .map((one) =>
      candidateOf({
        one,
        table,
        posterior: shares.get(one.group) ?? 0,
        fits: verdict !== 'insufficient' && fitting.includes(one),
        circular: circular.get(one.group),
      }),
    )
  const answer = { verdict, candidates, fitting: fitting.length, unknown, unread, attackVersion: table.attack.version }
  return {
    ...answer,
    text: tellAttribution({
      ...answer,
      table,
      ...(judged.verdict === 'insufficient' ? { why: judged.why } : {}),
      ...(given.report === undefined ? {} : { report: { name: given.report, known: places.size > 0 } }),
    }),
    statements: statements.map((one) => ({ text: `${one.authority}: ${one.text}`, cites: one.cites })),
  }
}

function shared(weighed: readonly Weighed[], table: AttackGroups): { byGroup: ReadonlyMap<string, number>; unknown: number } {
  const { shares, unknown } = sharesOf(weighed, table.fit)
  return { byGroup: new Map(weighed.map((one, at) => [one.group, rounded(shares[at] ?? 0, 4)])), unknown }
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}

function candidateOf(given: {
  readonly one: Weighed
  readonly table: AttackGroups
  readonly posterior: number
  readonly fits: boolean
  readonly circular: Circular | undefined
}): Candidate {
  const { one, table, posterior, fits, circular } = given
  const group = table.groups.find((each) => each.id === one.group)
  return {
    group: group?.name ?? one.group,
    id: one.group,
    aliases: group?.aliases ?? [],
    posterior,
    fits,
    decidedBy: one.agreements.slice(0, decidingShown).map((each) => ({
      item: each.item.id,
      name: each.item.name,
      bits: rounded(each.micro / 1e6, 2),
      sharedBy: each.sharedBy,
      specific: isSpecific(each),
      cites: [
        ...each.item.cites.slice(0, citesOfItem),
        ...(each.item.kind === 'indicator' ? [] : [groupCite(table, `${one.group}/${each.item.id}`)]),
      ],
    })),
    agreeing: one.agreements.length,
    absent: { techniques: one.absent.techniques.length, bits: rounded(-one.absent.micro / 1e6, 2) },
    ...(circular === undefined ? {} : { circular }),
  }
}
