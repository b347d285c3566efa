import { firstTeams, namedFrom, numbered, teamOfSql, type Names } from '../../src/lookups/names.ts'
import { tokenText } from '../../src/lookups/token-sql.ts'
import type { Lake } from '../../src/store/index.ts'

/** What a log says of a subscriber in numbers; the expressions are over the rows of `lookup_days`, a row a subscriber, account and day. */
const all = {
  reads: 'sum(accesses)',
  days: 'uniqExact(day)',
  weeks: 'uniqExact(week)',
  'days in one week at most': 'arrayMax(mapValues(sumMap(map(week, 1))))',
  accounts: 'uniqExact(login)',
  'days by one account at most': 'arrayMax(mapValues(sumMap(map(toString(login), 1))))',
  teams: 'uniqExact(team)',
  'days by other teams than the usual one': 'count() - arrayMax(mapValues(sumMap(map(team, 1))))',
  machines: 'length(groupUniqArrayArray(machines))',
  'periods asked for': 'sum(length(windows))',
} as const

const lacking = {
  'days without a reason': 'uniqExactIf(day, grade < 2)',
  'share of days without a reason': 'countIf(grade < 2) / count()',
  'weeks without a reason': 'uniqExactIf(week, grade < 2)',
  'accounts without a reason': 'uniqExactIf(login, grade < 2)',
  'teams without a reason': 'uniqExactIf(team, grade < 2)',
  'own tickets': 'countIf(grade = 1)',
} as const

/** Names of the features that are about reads without a reason alone. */
export const lackingFeatures: readonly string[] = Object.keys(lacking)

/** Subscribers of a log by their tokens, and what is known of each, a column a feature. */
export interface SubscriberFeatures {
  readonly subscribers: readonly string[]
  readonly columns: ReadonlyMap<string, Float64Array>
}

/** Features of every subscriber that a graded log names, in the order of their tokens. */
export async function subscriberFeatures(
  lake: Lake,
  { days, names }: { readonly days: readonly string[]; readonly names: Names },
): Promise<SubscriberFeatures> {
  const features = Object.entries({ ...all, ...lacking })
  const rows = await lake.engine.rows<{ subscriber: string; given: number[] }>(
    `SELECT ${tokenText('number')} AS subscriber, given FROM (
       SELECT number, [${features.map(([, sql]) => `toFloat64(${sql})`).join(', ')}] AS given FROM (
         SELECT subscriber AS number, login, day, toUInt32(week) AS week, grade, accesses, machines, windows, ${teamOfSql} AS team FROM (
           SELECT *, ${numbered('login', 'accounts')} AS account FROM lookup_days WHERE load_id IN ({days:Array(UInt64)})
         )
       ) GROUP BY number
     ) ORDER BY number`,
    { days, accounts: namedFrom(names.accounts), teamOf: firstTeams(names) },
  )
  const columns = features.map(([name], at) => [name, Float64Array.from(rows, (row) => row.given[at] ?? Number.NaN)] as const)
  return { subscribers: rows.map((row) => row.subscriber), columns: new Map(columns) }
}
