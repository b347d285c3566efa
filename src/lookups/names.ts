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
  const routed = (column: string): string =>
    `SELECT DISTINCT ${column} AS one FROM lookup_routes WHERE load_id IN ({reasons:Array(UInt64)})`
  const accounts = await distinct(
    `SELECT DISTINCT login AS one FROM lookup_logins WHERE load_id IN ({accesses:Array(UInt64)}) UNION ALL ${routed('login')}`,
  )
  const teams = await distinct(routed('team'))
  const pairs = await lake.engine.rows<{ account: string; own: string[] }>(
    `SELECT toString(login) AS account, arraySort(groupUniqArray(toString(team))) AS own FROM lookup_routes
     WHERE load_id IN ({reasons:Array(UInt64)}) AND login != '' AND team != '' GROUP BY login`,
    { reasons },
  )
  const numberOfTeam = new Map(teams.map((team, at) => [team, at]))
  const own = new Map(pairs.map((row) => [row.account, row.own.map((team) => numberOfTeam.get(team) ?? 0)]))
  return {
    accounts,
    teams,
    sources: await distinct(`SELECT exhibit AS one FROM lookup_extents WHERE load_id IN ({accesses:Array(UInt64)})`),
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

/** An access by what makes two of the same subscriber, account and day one and the same (rule L18), as an expression of the engine. */
export const accessNumber = `cityHash64(toUnixTimestamp64Micro(time), cityHash64(operation), ${hostNumber('host')})`

/** Ordinals stand in the lower 48 bits of a packed cite. */
export const ordinals = '281474976710655'

/** The ordinal of a packed cite. */
export function ordinalOf(cite: string): string {
  return `bitAnd(${cite}, ${ordinals})`
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
