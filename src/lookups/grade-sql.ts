import type { Lake } from '../store/index.ts'
import { firstTeams, namedFrom, numbered, type LoadIds, type Names } from './names.ts'
import { secondsFrom, tokenNumber } from './token-sql.ts'

const day = 86_400

/** Days for which a standing assignment counts after it was made. */
const assigned = 90

/**
 * Reasons meet reads in spans of time: a reason counts from one day before it to three days after it (an assignment for 90), and the reads of one
 * subscriber, account and day lie within one day. A span is so wide that a reason stands in two, and a day's reads look into the one they begin in.
 */
const [span, assignedSpan] = [5 * day, (assigned + 2) * day]

/** Routes of accounts that belong to one team at most take no list of teams. */
export function routedTeams(names: Names): 'one' | 'several' {
  return names.teamsOf.some((own) => own.length > 1) ? 'several' : 'one'
}

/** Whether any reason is a standing assignment. */
export async function hasAssignments(lake: Lake, reasons: readonly string[]): Promise<boolean> {
  const [row] = await lake.engine.rows<{ c: string }>(
    `SELECT toString(count()) AS c FROM lookup_reasons WHERE load_id IN ({reasons:Array(UInt64)}) AND kind = 'assignment'`,
    { reasons },
  )
  return Number(row?.c ?? 0) > 0
}

/** What kinds of teams and reasons there are: what does not occur is not joined. */
export interface Shape {
  readonly teams: 'one' | 'several'
  readonly assignments: boolean
}

/** What the expressions here want bound, beside the range of tokens `from` and `below`. */
export function gradeParams({ names, reasons }: LoadIds & { readonly names: Names }): Readonly<Record<string, unknown>> {
  return {
    reasons,
    accounts: namedFrom(names.accounts),
    teams: namedFrom(names.teams),
    teamOf: firstTeams(names),
    ...(routedTeams(names) === 'one' ? {} : { teamsOf: names.teamsOf.map((own) => own.slice(1)) }),
  }
}

/**
 * The best reason of a row of `s` (subscriber, account, its team `own` and further teams `others`, seconds `first` and `last`), twice its grade and
 * 1 more where an own ticket was opened before the read: 8 sealed order, 6 customer, 4 system or assignment, 3 and 2 own ticket, 0 none (rules L6, L7).
 */
export function gradeSql(given: Shape): string {
  const [grade, account, team] = [
    'bitShiftRight(route, 56)',
    'bitAnd(bitShiftRight(route, 28), 268435455)',
    'bitAnd(route, 268435455)',
  ]
  const own = given.teams === 'one' ? `${team} = s.own` : `(${team} = s.own OR has(s.others, toUInt32(${team})))`
  const routed = `(${account} = s.account OR (${team} != 0 AND ${own}) OR (${account} = 0 AND (${team} = 0 OR s.own = 0)))`
  const near = (days: number): string => `s.first <= at + ${days * day} AND s.last + ${day} >= at`
  const best = `arrayMax((at, route) -> if(${near(3)},
      multiIf(${grade} = 4, 8, ${grade} = 1, 2 + (s.last >= at), ${routed}, 2 * ${grade}, 0), 0), e.times, e.routes)`
  if (!given.assignments) return best
  return `greatest(${best}, arrayMax((at, route) -> if(${near(assigned)} AND ${routed}, 4, 0), h.times, h.routes))`
}

/** Columns of `s` that `gradeSql` reads beside its own, from `account`. */
export function ownTeamsSql(given: Shape): string {
  return `{teamOf:Array(UInt32)}[account + 1] AS own${given.teams === 'one' ? '' : ', {teamsOf:Array(Array(UInt32))}[account + 1] AS others'}`
}

/** The joins that `gradeSql` reads: reasons of a subscriber by span, as lists of seconds and of routes (grade, account, team). */
export function nearSql(given: Shape): string {
  const held = given.assignments
    ? `ANY LEFT JOIN (${reasonsSql("kind = 'assignment'", { width: assignedSpan, after: assigned })}) AS h ON h.subscriber = s.subscriber AND h.span = intDiv(s.first, ${assignedSpan})`
    : ''
  return `ANY LEFT JOIN (${reasonsSql("kind IN ('legal', 'customer', 'system', 'agent')", { width: span, after: 3 })}) AS e ON e.subscriber = s.subscriber AND e.span = intDiv(s.first, ${span}) ${held}`
}

function reasonsSql(which: string, { width, after }: { readonly width: number; readonly after: number }): string {
  return `
    SELECT subscriber, span, groupArray(at) AS times, groupArray(route) AS routes FROM (
      SELECT ${tokenNumber('token')} AS subscriber, intDiv(toUnixTimestamp64Micro(time) + ${secondsFrom}, 1000000) AS at,
        arrayJoin(range(intDiv(at - ${2 * day}, ${width}), intDiv(at + ${after * day}, ${width}) + 1)) AS span,
        bitOr(bitOr(bitShiftLeft(transform(kind, ['legal', 'customer', 'system', 'assignment', 'agent'], [toUInt64(4), 3, 2, 2, 1], toUInt64(0)), 56),
          bitShiftLeft(toUInt64(${numbered('account', 'accounts')}), 28)), toUInt64(${numbered('team', 'teams')})) AS route
      FROM (SELECT subscriber AS token, time, kind, account, team FROM lookup_reasons WHERE load_id IN ({reasons:Array(UInt64)}) AND subscriber >= {from:String} AND subscriber < {below:String} AND ${which})
    ) GROUP BY subscriber, span`
}
