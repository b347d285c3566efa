import { tokensOf, tokenText } from '../../src/lookups/token-sql.ts'
import type { Lake } from '../../src/store/index.ts'

/** Simpler ways of looking at the same log, and how many of the targets stand among their first twenty. */
const ways = {
  'most reads': 'sum(accesses)',
  'most days without a reason': 'uniqExactIf(day, grade < 2)',
  'most accounts without a reason': 'uniqExactIf(login, grade < 2)',
  'most reads by one account without a reason': 'arrayMax(mapValues(sumMapIf(map(toString(login), 1), grade < 2)))',
} as const

/** Targets among the twenty subscribers that each simple way puts first, and what a rule of three reads without a reason within 30 days names. */
export async function baselines(
  lake: Lake,
  options: { readonly days: readonly string[]; readonly targets: readonly string[] },
): Promise<Record<string, number>> {
  const found: Record<string, number> = {}
  for (const [name, sql] of Object.entries(ways)) {
    const rows = await lake.engine.rows<{ subscriber: string }>(
      `SELECT ${tokenText('number')} AS subscriber FROM (
         SELECT subscriber AS number FROM lookup_days WHERE load_id IN ({days:Array(UInt64)}) GROUP BY number ORDER BY ${sql} DESC, number LIMIT 20
       )`,
      { days: options.days },
    )
    found[`among the first twenty by ${name}`] = rows.filter((row) => options.targets.includes(row.subscriber)).length
  }
  const [rule] = await lake.engine.rows<{ named: string; right: string }>(
    `SELECT toString(count()) AS named, toString(countIf(subscriber IN ${tokensOf('targets')})) AS right FROM (
       SELECT subscriber, arraySort(groupUniqArrayIf(toInt32(day), grade < 2)) AS days FROM lookup_days WHERE load_id IN ({days:Array(UInt64)}) GROUP BY subscriber
       HAVING arrayExists((a, b) -> b - a <= 30, arraySlice(days, 1, length(days) - 2), arraySlice(days, 3))
     )`,
    { days: options.days, targets: [...options.targets] },
  )
  found['named by a rule of three days within 30'] = Number(rule?.named ?? 0)
  found['targets named by that rule'] = Number(rule?.right ?? 0)
  return found
}
