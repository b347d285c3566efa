import type { AttackGroups, AttributionFit } from '../../src/intrusion/attribution/attack-groups.ts'
import { gatherObserved } from '../../src/intrusion/attribution/observed.ts'
import { profilesOf, reportsNamed } from '../../src/intrusion/attribution/profile.ts'
import { leastUnknown, sharesOf } from '../../src/intrusion/attribution/shares.ts'
import { weigh, type Weighed } from '../../src/intrusion/attribution/weigh.ts'
import { mean } from '../provenance/intervals.ts'

/** Campaigns with fewer techniques are left out. */
const leastTechniques = 5

/** A campaign weighed against profiles that rest on nothing of it: neither its own links nor any report it is known from. */
export interface LeftOut {
  readonly id: string
  /** Groups that ATT&CK attributes it to; empty when none. */
  readonly groups: readonly string[]
  readonly weighed: readonly Weighed[]
  /** Share of the techniques left in the profile of its group that it shows; undefined where nothing is left or known. */
  readonly shown?: number
}

/** The table without its constants. */
export type GroupsTable = Omit<AttackGroups, 'fit'>

/**
 * Every campaign with enough techniques, each left out in turn. `seen`: 'reported' lets nothing that is absent count,
 * 'everything' counts every technique as one that could have been seen.
 */
export function leaveOneOut(table: GroupsTable, shown: number, seen: 'reported' | 'everything' = 'reported'): LeftOut[] {
  const groups: AttackGroups = {
    ...table,
    fit: { fitted: '', version: '', campaigns: 0, temperature: 1, unknown: leastUnknown, shown },
  }
  const seeable = new Set(seen === 'everything' ? table.techniques.map((one) => one.id) : [])
  return table.campaigns
    .filter((one) => Object.keys(one.techniques).length >= leastTechniques)
    .map((campaign): LeftOut => {
      const cited = [campaign.reports, ...Object.values(campaign.techniques), ...Object.values(campaign.software)].flat()
      const names = [...new Set(cited)].flatMap((at) => table.reports[at]?.name ?? [])
      const profiles = profilesOf(groups, { campaign: campaign.id, reports: reportsNamed(groups, names) })
      const cites = [] as const
      const { observed } = gatherObserved({
        techniques: Object.keys(campaign.techniques).map((id) => ({ id, observed: 1, cites })),
        software: Object.keys(campaign.software).map((name) => ({ name, cites })),
        groups,
      })
      const rest = campaign.groups.flatMap((id) => [...(profiles.of.get(id)?.keys() ?? [])]).filter((id) => id.startsWith('T'))
      const met = rest.filter((id) => Object.hasOwn(campaign.techniques, id)).length
      return {
        id: campaign.id,
        groups: campaign.groups,
        weighed: weigh({ observed, profiles, seeable, fit: { shown } }),
        ...(rest.length === 0 ? {} : { shown: met / rest.length }),
      }
    })
}

/** The attributed ones among them: the right answer is known. */
export function attributed(cases: readonly LeftOut[]): LeftOut[] {
  return cases.filter((one) => one.groups.length > 0)
}

/** Natural logarithm of the share given to the campaign's group (the best of them), negated; for an unattributed one to the unknown group. */
export function logLoss(one: LeftOut, fit: Pick<AttributionFit, 'temperature' | 'unknown'>): number {
  const { shares, unknown } = sharesOf(one.weighed, fit)
  const right = one.weighed.flatMap(({ group }, at) => (one.groups.includes(group) ? [shares[at] ?? 0] : []))
  return -Math.log(one.groups.length === 0 ? unknown : Math.max(...right))
}

const temperatures = Array.from({ length: 291 }, (_, at) => (at + 10) / 10)
const curves = new WeakMap<LeftOut, readonly number[]>()

/** Log-loss of a campaign at each temperature, at the least share of the unknown group; worked out once. */
function curveOf(one: LeftOut): readonly number[] {
  const known = curves.get(one) ?? temperatures.map((temperature) => logLoss(one, { temperature, unknown: leastUnknown }))
  curves.set(one, known)
  return known
}

/**
 * Temperature (in tenths) and share of the unknown group (in hundredths, never below the least) with the smallest mean log-loss
 * over attributed campaigns.
 */
export function fitted(
  cases: readonly LeftOut[],
): Pick<AttributionFit, 'temperature' | 'unknown'> & { readonly logLoss: number } {
  let best = { temperature: 1, unknown: leastUnknown, logLoss: Number.POSITIVE_INFINITY }
  for (const [at, temperature] of temperatures.entries()) {
    const least = mean(cases.map((one) => curveOf(one)[at] ?? Number.NaN))
    for (let hundredths = leastUnknown * 100; hundredths <= 50; hundredths += 1) {
      const unknown = hundredths / 100
      const loss = least + Math.log((1 - leastUnknown) / (1 - unknown))
      if (loss < best.logLoss) best = { temperature, unknown, logLoss: loss }
    }
  }
  return best
}

/** Mean share of a group's remaining techniques that its campaigns show, in thousandths. */
export function shownShare(cases: readonly LeftOut[]): number {
  return Math.round(mean(cases.flatMap((one) => one.shown ?? [])) * 1000) / 1000
}
