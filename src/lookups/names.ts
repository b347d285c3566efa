import type { Lake } from '../store/index.ts'

/** Names of one review by number; 0 is the empty name, all others stand in the order of the engine's text, so that numbers sort as names do. */
export interface Names {
  readonly accounts: readonly string[]
  readonly teams: readonly string[]
  readonly sources: readonly string[]
  /** Teams that reasons state beside an account, by number, ascending; by account. */
  readonly teamsOf: readonly (readonly number[])[]
}

/** Loads whose rows are joined: accesses and reasons. */
export interface LoadIds {
  readonly accesses: readonly string[]
  readonly reasons: readonly string[]
}

/** Numbers the logins, teams, machines and sources of some loads. */
export async function namesOf(lake: Lake, loads: LoadIds): Promise<Names> {
  const { accesses, reasons } = loads
  const distinct = async (sql: string): Promise<string[]> => {
    const rows = await lake.engine.rows<{ one: string }>(`SELECT DISTINCT toString(one) AS one FROM (${sql}) ORDER BY one`, {
      accesses,
      reasons,
    })
    return ['', ...rows.map((row) => row.one).filter((one) => one !== '')]
  }
  const of = (column: string): string =>
    `SELECT DISTINCT ${column} AS one FROM lookup_accesses WHERE load_id IN ({accesses:Array(UInt64)})`
  const stated = (column: string): string =>
    `SELECT DISTINCT ${column} AS one FROM lookup_reasons WHERE load_id IN ({reasons:Array(UInt64)})`
  const [accounts, teams] = [await distinct(`${of('account')} UNION ALL ${stated('account')}`), await distinct(stated('team'))]
  const pairs = await lake.engine.rows<{ account: string; own: string[] }>(
    `SELECT toString(account) AS account, arraySort(groupUniqArray(toString(team))) AS own FROM (
       SELECT DISTINCT account, team FROM lookup_reasons WHERE load_id IN ({reasons:Array(UInt64)}) AND account != '' AND team != ''
     ) GROUP BY account`,
    { reasons },
  )
  const numberOfTeam = new Map(teams.map((team, at) => [team, at]))
  const own = new Map(pairs.map((row) => [row.account, row.own.map((team) => numberOfTeam.get(team) ?? 0)]))
  return {
    accounts,
    teams,
    sources: await distinct(of('source')),
    teamsOf: accounts.map((account) => own.get(account) ?? []),
  }
}

/** The number of a name as an expression of the engine: `column` is text, `names` the parameter that holds the list from number 1 on. */
export function numbered(column: string, names: string): string {
  return `transform(${column}, {${names}:Array(String)}, arrayMap(one -> toUInt32(one), range(1, length({${names}:Array(String)}) + 1)), toUInt32(0))`
}

/** The number of a machine as an expression of the engine: a hash, for logs that write ports beside addresses name millions of machines. */
export function hostNumber(column: string): string {
  return `cityHash64(${column})`
}

/** Lists of names as `numbered` wants them bound. */
export function namedFrom(names: readonly string[]): readonly string[] {
  return names.slice(1)
}

/** The team of an account (the first of those stated), as an expression over its number; `teamOf` is bound to `firstTeams`. */
export const teamOfSql = '{teamOf:Array(UInt32)}[account + 1]'

/** First team of each account by number. */
export function firstTeams(names: Names): readonly number[] {
  return names.teamsOf.map(([first]) => first ?? 0)
}
