import { firstTeams, namedFrom, numbered, type LoadIds, type Names } from './names.ts'
import { inRange } from './token-sql.ts'

const day = 86_400

/** Seconds before 1970 from which spans are counted, so that dividing rounds every time of the engine down. */
const spansFrom = 8_000_000_000

/** Days for which a reason counts after it arose, and a standing assignment. */
const [near, assigned] = [3, 90]

/**
 * Reasons meet reads in spans of time: a reason counts from one day before it to three days after it (an assignment for 90), and the reads of one
 * subscriber, account and day lie within one day. A span is so wide that a reason stands in two, and a day's reads look into the one they begin in.
 * Tokens are random numbers of 128 bits: a token and the number of a span are added to one key, and no two of them meet.
 */
const [span, assignedSpan] = [7 * day, (assigned + 2) * day]

/** Weeks of reasons that can reach reads of a week: before and after it. */
export const weeksReached = { near: [1, 1], assigned: [14, 1] } as const

/** Last week of the engine's calendar; the first and this one also hold all times beyond it. */
const lastWeek = 9_362

/** Bounds of the reasons that can reach reads of the weeks `from` to `to`, for the statements of `nearSql`. */
export function reachOf(from: number, to: number): Readonly<Record<string, unknown>> {
  const seconds = (week: number, days: number): number => (7 * week + days) * day
  const open = 1e10
  return {
    nearFrom: Math.max(0, from - weeksReached.near[0]),
    assignedFrom: Math.max(0, from - weeksReached.assigned[0]),
    reachTo: to + weeksReached.near[1],
    // A day lies within a day of the same one in any other zone.
    nearSince: from <= 1 ? -open : seconds(from, -1 - near),
    assignedSince: from <= 1 ? -open : seconds(from, -1 - assigned),
    reachUntil: to >= lastWeek - 1 ? open : seconds(to + 1, 2),
  }
}

/** Routes of accounts that belong to one team at most take no list of teams. */
export function routedTeams(names: Names): 'one' | 'several' {
  return names.teamsOf.some((own) => own.length > 1) ? 'several' : 'one'
}

/** What kinds of teams and reasons there are: what does not occur is not joined. */
export interface Shape {
  readonly teams: 'one' | 'several'
  readonly assignments: boolean
}

/** What the expressions here want bound, beside a range of tokens and what `reachOf` gives. */
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
  const reaches = (days: number): string => `s.first <= at + ${days * day} AND s.last + ${day} >= at`
  const best = `arrayMax((at, route) -> if(${reaches(near)},
      multiIf(${grade} = 4, 8, ${grade} = 1, 2 + (s.last >= at), ${routed}, 2 * ${grade}, 0), 0), e.times, e.routes)`
  if (!given.assignments) return best
  return `greatest(${best}, arrayMax((at, route) -> if(${reaches(assigned)} AND ${routed}, 4, 0), h.times, h.routes))`
}

/** Columns of `s` that `gradeSql` and `nearSql` read beside its own, from `login` and `first`. */
export function askedOfDaysSql(given: Shape): string {
  return `${numbered('login', 'accounts')} AS account, {teamOf:Array(UInt32)}[account + 1] AS own${given.teams === 'one' ? '' : ', {teamsOf:Array(Array(UInt32))}[account + 1] AS others'},
    ${keyed(`intDiv(first + ${spansFrom}, ${span})`)} AS span_key${given.assignments ? `, ${keyed(`intDiv(first + ${spansFrom}, ${assignedSpan})`)} AS assigned_key` : ''}`
}

/** The joins that `gradeSql` reads: reasons of a subscriber by span, as lists of seconds and of routes (grade, account, team). */
export function nearSql(given: Shape): string {
  const held = given.assignments
    ? `ANY LEFT JOIN (${reasonsSql('assigned', { width: assignedSpan, after: assigned })}) AS h ON h.span_key = s.assigned_key`
    : ''
  return `ANY LEFT JOIN (${reasonsSql('near', { width: span, after: near })}) AS e ON e.span_key = s.span_key ${held}`
}

function reasonsSql(which: 'near' | 'assigned', { width, after }: { readonly width: number; readonly after: number }): string {
  return `
    SELECT span_key, groupArray(at) AS times, groupArray(route) AS routes FROM (
      SELECT at, ${keyed(`arrayJoin(range(intDiv(at + ${spansFrom - 2 * day}, ${width}), intDiv(at + ${spansFrom + after * day}, ${width}) + 1))`)} AS span_key,
        bitOr(bitOr(bitShiftLeft(toUInt64(if(grade = 5, 2, grade)), 56), bitShiftLeft(toUInt64(${numbered('login', 'accounts')}), 28)), toUInt64(${numbered('team', 'teams')})) AS route
      FROM lookup_recorded WHERE load_id IN ({reasons:Array(UInt64)}) AND week BETWEEN {${which}From:Int64} AND {reachTo:Int64}
        AND at BETWEEN {${which}Since:Int64} AND {reachUntil:Int64} AND ${inRange} AND ${which === 'near' ? 'grade != 5' : 'grade = 5'}
    ) GROUP BY span_key`
}

function keyed(number: string): string {
  return `subscriber + toUInt128(${number})`
}
