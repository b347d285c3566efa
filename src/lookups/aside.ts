import type { Sentence } from '../evidence/index.ts'
import type { Lake } from '../store/index.ts'
import type { AccountName } from './account-name.ts'
import { toldAside, type Aside } from './aside-told.ts'
import { recordOf, type RecordOf } from './cites-of-days.ts'
import type { CiteOf } from './exhibit-cite.ts'
import { networkAccounts } from './location.ts'
import { teamOfSql } from './names.ts'
import { countsRead, daysRead, ofDays, type DaysOf } from './read-days.ts'
import type { TestedRows } from './tested.ts'

/** Least reads without a reason for a day to count as one on which reasons are missing, and how far above the usual share it must lie. */
const [leastMissing, timesUsual, deviations] = [30, 3, 8]

/** An account reads everybody when it reads this share of all subscribers read (and as many at least), most of them without a reason. */
const [everybodyShare, everybodyLeast] = [0.05, 500]

const groups = [
  { kind: 'day', of: '0' },
  { kind: 'team-day', of: 'team' },
  { kind: 'source-day', of: 'source' },
] as const

/**
 * Days (of all, of a team, of a source) whose reasons are missing, and accounts that read everybody (rules A1 and A2); gives the rows
 * without them, the numbers of accounts that have such rows, and what is to be told about what is set aside.
 */
export async function setAside(
  lake: Lake,
  options: DaysOf & {
    readonly first: number
    readonly period: number
    readonly cite: CiteOf
    readonly fileOf: (source: string) => string
    readonly shown: AccountName
  },
): Promise<{
  readonly tested: TestedRows
  readonly accounts: readonly TestedAccount[]
  readonly notes: readonly Sentence[]
}> {
  const found: Found[] = []
  for (const group of groups) found.push(...(await missingDays(lake, { ...group, ...options })))
  const asides = [...narrowed(found), ...(await readersOfEverybody(lake, options))]
  const { sql, params } = keptSql(asides, networkAccounts(options.names))
  const accounts = await lake.engine.rows<{ account: number; team: number; reads: string; lacking: string }>(
    `SELECT account, any(team) AS team, toString(sum(c.reads)) AS reads, toString(sum(c.lacking)) AS lacking FROM ${countsRead} AS c
     WHERE ${sql({ team: 'team', source: 'source' })} GROUP BY account ORDER BY account`,
    { ...params, ...ofDays(options) },
  )
  const notes: Sentence[] = []
  for (const one of asides) notes.push(toldAside({ ...one, cites: await citesOf(lake, one, options) }, options))
  return {
    tested: {
      key: JSON.stringify({
        days: options.days,
        ...Object.fromEntries(Object.entries(params).map(([name, list]) => [name, list.map(String)])),
      }),
      sql: `SELECT subscriber, account, day, grade < 2 AS unexplained, cite AS place, ${sql({ team: teamOfSql, source: 'bitShiftRight(cite, 48)' })} AS kept
        FROM ${daysRead}`,
      params: { ...params, ...ofDays(options) },
      rows: accounts.reduce((sum, row) => sum + Number(row.reads), 0),
      days: options.days,
      first: options.first,
      period: options.period,
    },
    accounts: accounts.map((row) => ({ ...row, reads: Number(row.reads), lacking: Number(row.lacking) })),
    notes,
  }
}

/** An account with tested days: its team by number, its days, and those without a reason. */
export interface TestedAccount {
  readonly account: number
  readonly team: number
  readonly reads: number
  readonly lacking: number
}

/** Whether a row is kept, by its day, account, team and source. */
function keptSql(
  asides: readonly Found[],
  network: readonly number[],
): {
  readonly sql: (columns: { readonly team: string; readonly source: string }) => string
  readonly params: Readonly<Record<string, readonly (number | bigint)[]>>
} {
  const of = (kind: Aside['kind']): readonly Found[] => asides.filter((one) => one.kind === kind)
  const pairs = (kind: Aside['kind']): bigint[] => of(kind).map((one) => (BigInt(one.date) << 32n) | BigInt(one.of))
  const accounts = [...of('account').map((one) => one.of), ...network]
  const params = {
    ...(of('day').length === 0 ? {} : { asideDays: of('day').map((one) => one.date) }),
    ...(of('team-day').length === 0 ? {} : { asideTeams: pairs('team-day') }),
    ...(of('source-day').length === 0 ? {} : { asideSources: pairs('source-day') }),
    ...(accounts.length === 0 ? {} : { asideAccounts: accounts }),
  }
  const pair = (column: string): string => `bitOr(bitShiftLeft(toUInt64(toUInt16(day)), 32), toUInt64(${column}))`
  return {
    params,
    sql: ({ team, source }) =>
      [
        '1',
        ...('asideDays' in params ? ['NOT has({asideDays:Array(UInt16)}, toUInt16(day))'] : []),
        ...('asideTeams' in params ? [`NOT has({asideTeams:Array(UInt64)}, ${pair(team)})`] : []),
        ...('asideSources' in params ? [`NOT has({asideSources:Array(UInt64)}, ${pair(source)})`] : []),
        ...('asideAccounts' in params ? ['NOT has({asideAccounts:Array(UInt32)}, account)'] : []),
      ].join(' AND '),
  }
}

/** A whole day where that says it; its sources or teams where the rest of the day is as on other days. */
function narrowed(found: readonly Found[]): Found[] {
  const at = (kind: Aside['kind'], day: string): Found[] => found.filter((one) => one.kind === kind && one.day === day)
  return [...new Set(found.map((one) => one.day))].sort().flatMap((day) => {
    const [whole] = at('day', day)
    const parts = [at('source-day', day), at('team-day', day)]
    const [sources = [], teams = []] = parts
    if (whole === undefined) return sources.length > 0 ? sources : teams
    return parts.find((some) => some.length > 0 && leavesUsual(whole, some)) ?? [whole]
  })
}

function leavesUsual(whole: Found, parts: readonly Found[]): boolean {
  const reads = whole.reads - parts.reduce((sum, one) => sum + one.reads, 0)
  const unexplained = whole.unexplained - parts.reduce((sum, one) => sum + one.unexplained, 0)
  return reads > 0 && unexplained / reads < whole.unexplained / whole.reads / timesUsual
}

type Found = Omit<Aside, 'cites'>

async function missingDays(lake: Lake, options: (typeof groups)[number] & DaysOf): Promise<Found[]> {
  const network = networkAccounts(options.names)
  const rows = await lake.engine.rows<{ of: number; day: string; date: number; reads: string; lacking: string }>(
    `WITH
       counted AS (
         SELECT toUInt32(${options.of}) AS of, day, sum(c.reads) AS reads, sum(c.lacking) AS lacking
         FROM ${countsRead} AS c ${network.length === 0 ? '' : 'WHERE NOT has({network:Array(UInt32)}, account)'} GROUP BY of, day
       ),
       usual AS (SELECT of, quantileExact(0.5)(lacking / reads) AS share FROM counted GROUP BY of)
     SELECT c.of AS of, toString(c.day) AS day, toUInt16(c.day) AS date, toString(c.reads) AS reads, toString(c.lacking) AS lacking
     FROM counted AS c INNER JOIN usual AS u ON u.of = c.of
     WHERE c.lacking >= {least:UInt32} AND c.lacking > {times:UInt32} * u.share * c.reads
       AND c.lacking - u.share * c.reads > {far:UInt32} * sqrt(c.reads * greatest(u.share, 0.01) * (1 - u.share))
       AND ${options.kind === 'day' ? '1' : `c.of != 0 AND u.share < 0.5`}
     ORDER BY day, of`,
    { ...ofDays(options), least: leastMissing, times: timesUsual, far: deviations, ...(network.length === 0 ? {} : { network }) },
  )
  return rows.map(({ of, day, date, reads, lacking }) => ({
    kind: options.kind,
    of,
    day,
    date,
    reads: Number(reads),
    unexplained: Number(lacking),
  }))
}

async function readersOfEverybody(lake: Lake, options: DaysOf): Promise<Found[]> {
  const network = networkAccounts(options.names)
  // Few accounts read so many without a reason: only their subscribers are counted one by one.
  const likely = await lake.engine.rows<{ account: number; reads: string; lacking: string }>(
    `SELECT account, toString(sum(c.reads)) AS reads, toString(sum(c.lacking)) AS lacking FROM ${countsRead} AS c
     ${network.length === 0 ? '' : 'WHERE NOT has({network:Array(UInt32)}, account)'} GROUP BY account HAVING sum(c.lacking) >= {least:UInt32} AND sum(c.lacking) * 2 > sum(c.reads) ORDER BY account`,
    { ...ofDays(options), least: everybodyLeast, ...(network.length === 0 ? {} : { network }) },
  )
  if (likely.length === 0) return []
  const many = await lake.engine.rows<{ account: number }>(
    `WITH (SELECT uniqExact(subscriber) FROM lookup_days WHERE load_id IN ({days:Array(UInt64)})) AS everybody
     SELECT account FROM ${daysRead} WHERE grade < 2 AND account IN ({likely:Array(UInt32)}) GROUP BY account
     HAVING uniqExact(subscriber) >= greatest({least:UInt32}, {share:Float64} * everybody)`,
    { ...ofDays(options), likely: likely.map((row) => row.account), least: everybodyLeast, share: everybodyShare },
  )
  return likely
    .filter((row) => many.some((one) => one.account === row.account))
    .map(({ account, reads, lacking }) => ({
      kind: 'account',
      of: account,
      day: '',
      date: 0,
      reads: Number(reads),
      unexplained: Number(lacking),
    }))
}

/** The first records of what is set aside. */
async function citesOf(lake: Lake, one: Found, options: DaysOf): Promise<RecordOf[]> {
  const where = {
    day: '1',
    'team-day': `${teamOfSql} = {of:UInt32}`,
    'source-day': 'bitShiftRight(cite, 48) = {of:UInt32}',
    account: 'account = {of:UInt32}',
  }[one.kind]
  const rows = await lake.engine.rows<{ cite: string }>(
    `SELECT cite FROM ${daysRead} WHERE grade < 2 ${one.kind === 'account' ? '' : 'AND toUInt16(day) = {date:UInt16}'} AND ${where}
     ORDER BY cite LIMIT 5`,
    { ...ofDays(options), of: one.of, date: one.date },
  )
  return rows.map((row) => recordOf(options.names, row.cite))
}
