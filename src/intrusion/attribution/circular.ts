import type { AttackGroups } from './attack-groups.ts'
import type { Weighed } from './weigh.ts'

/** A profile that rests on the report from which the matter at hand is known: agreement with it shows nothing. */
export interface Circular {
  readonly report: { readonly name: string; readonly url: string; readonly date: string }
  /** Items that agree when the report counts, and those of them that rest on it alone. */
  readonly agreeing: number
  readonly onReportAlone: number
  /** Posterior with the report in the profiles, and without it. The answer rests on the one without. */
  readonly withReport: number
  readonly without: number
}

/** Shares of groups, by id. */
type ShareOf = ReadonlyMap<string, number>

/** By group, how far its agreement rests on the report; groups none of whose agreement does are not in it. */
export function circularGroups(given: {
  readonly table: AttackGroups
  /** Places of the report in the list; it may be there under several names. */
  readonly report: ReadonlySet<number>
  /** Groups weighed with the report in the profiles. */
  readonly withReport: readonly Weighed[]
  readonly sharesWith: ShareOf
  readonly sharesWithout: ShareOf
}): ReadonlyMap<string, Circular> {
  const { table, report: places, withReport, sharesWith, sharesWithout } = given
  const found = new Map<string, Circular>()
  for (const { group, agreements } of withReport) {
    const resting = agreements.filter((one) => one.reports.some((at) => places.has(at)))
    const at = resting.flatMap((one) => one.reports.filter((each) => places.has(each)))[0]
    const report = at === undefined ? undefined : table.reports[at]
    if (report === undefined) continue
    found.set(group, {
      report,
      agreeing: agreements.length,
      onReportAlone: resting.filter((one) => one.reports.every((each) => places.has(each))).length,
      withReport: sharesWith.get(group) ?? 0,
      without: sharesWithout.get(group) ?? 0,
    })
  }
  return found
}
