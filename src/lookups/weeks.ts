import { sha256, type Canonical } from '../base/index.ts'
import type { Lake } from '../store/index.ts'
import { weeksReached } from './grade-sql.ts'
import type { LoadIds, Names } from './names.ts'

/** A week of days, and all that its graded rows rest on. */
export interface Week {
  readonly week: number
  /** Rows of `lookup_seen`, and of how many loads. */
  readonly days: number
  readonly logs: number
  readonly assignments: boolean
  readonly rests: Readonly<Record<string, Canonical>>
  /** The loads among these. */
  readonly on: readonly string[]
}

/**
 * The weeks with days, ascending. A week rests on the loads that have days in it, on those whose reasons can reach it, and on the teams of the accounts that read in
 * it: loads never change, so that the same of these give the same rows.
 */
export async function weeksOf(lake: Lake, loads: LoadIds & { readonly names: Names }): Promise<readonly Week[]> {
  const { accesses, reasons, names } = loads
  const seen = await lake.engine.rows<{ week: number; logs: string[]; logins: string[]; days: string }>(
    `SELECT week, arrayMap(one -> toString(one), arraySort(groupUniqArray(load_id))) AS logs, arraySort(groupUniqArray(toString(login))) AS logins,
       toString(sum(l.days)) AS days
     FROM lookup_logins AS l WHERE load_id IN ({accesses:Array(UInt64)}) AND l.days > 0 GROUP BY week ORDER BY week`,
    { accesses },
  )
  const told = await lake.engine.rows<{ load: string; assigned: number; weeks: number[] }>(
    `SELECT toString(load_id) AS load, assigned, arraySort(groupUniqArray(week)) AS weeks FROM lookup_routes
     WHERE load_id IN ({reasons:Array(UInt64)}) GROUP BY load_id, assigned ORDER BY load_id`,
    { reasons },
  )
  const teamsOf = new Map(
    names.accounts.flatMap((account, at) => {
      const teams = (names.teamsOf[at] ?? []).map((team) => names.teams[team] ?? '')
      return teams.length === 0 ? [] : [[account, teams] as const]
    }),
  )
  return seen.map(({ week, logs, logins, days }) => {
    const reaching = (which: 'near' | 'assigned'): string[] => {
      const [before, after] = weeksReached[which]
      return told
        .filter((one) => (one.assigned === 1) === (which === 'assigned'))
        .filter((one) => one.weeks.some((other) => other >= week - before && other <= week + after))
        .map((one) => one.load)
    }
    const [near, assigned] = [reaching('near'), reaching('assigned')]
    const teams = sha256(
      JSON.stringify(
        logins.flatMap((login) => {
          const own = teamsOf.get(login)
          return own === undefined ? [] : [[login, ...own]]
        }),
      ),
    )
    return {
      week,
      days: Number(days),
      logs: logs.length,
      assignments: assigned.length > 0,
      rests: { week, logs, near, assigned, teams },
      on: [...new Set([...logs, ...near, ...assigned])],
    }
  })
}
