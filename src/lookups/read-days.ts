import { firstTeams, namedFrom, numbered, type Names } from './names.ts'

/** Weeks of days of one review, and its names by number. */
export interface DaysOf {
  /** Loads of `lookup_days` and `lookup_counts`. */
  readonly days: readonly string[]
  readonly names: Names
}

/** Days of a review with the numbers of its names; `cite` holds the number of the exhibit in the upper 16 bits, the ordinal in the others. */
export const daysRead = `(
  SELECT subscriber, ${numbered('login', 'accounts')} AS account, day, grade, late, accesses, machines, windows,
    bitOr(bitShiftLeft(toUInt64(${numbered('exhibit', 'sources')}), 48), n) AS cite
  FROM lookup_days WHERE load_id IN ({days:Array(UInt64)}))`

/** Days counted by account, its team, source and day, with the numbers of the names of a review. */
export const countsRead = `(
  SELECT ${numbered('login', 'accounts')} AS account, {teamOf:Array(UInt32)}[account + 1] AS team, ${numbered('exhibit', 'sources')} AS source,
    day, reads, lacking, own, late, repeated
  FROM lookup_counts WHERE load_id IN ({days:Array(UInt64)}))`

/** What `daysRead` and `countsRead` want bound. */
export function ofDays({ days, names }: DaysOf): Readonly<Record<string, unknown>> {
  return {
    days,
    accounts: namedFrom(names.accounts),
    sources: namedFrom(names.sources),
    teamOf: firstTeams(names),
  }
}
