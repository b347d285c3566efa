import type { Lake, LoadWriter } from '../store/index.ts'
import { askedOfDaysSql, gradeParams, gradeSql, nearSql, reachOf, routedTeams, type Shape } from './grade-sql.ts'
import { loadKey } from './load.ts'
import { accessNumber, namedFrom, numbered, ordinalOf, type LoadIds, type Names } from './names.ts'
import { lookupCounts, lookupDays, lookupRests } from './review-tables.ts'
import { keepRests } from './superseded.ts'
import { inRange, tokenNumber, tokenRanges, tokenText } from './token-sql.ts'
import { weeksOf, type Week } from './weeks.ts'

/** Days that one statement grades: more are taken in ranges of weeks and of tokens, so that memory stays bounded (rule L17). */
const daysPerPass = 2_000_000

/**
 * Days of subscribers and accounts with their best reasons, and how many they are, inside the engine (rules L5 to L8). Each week of days is a load of
 * its own, known by all that its rows depend on: a week that nothing new reaches is not graded again. Gives the load ids of `lookup_days` and `lookup_counts`.
 */
export async function loadDays(
  lake: Lake,
  loads: LoadIds & { readonly names: Names },
  perPass = daysPerPass,
): Promise<readonly string[]> {
  const weeks = await weeksOf(lake, loads)
  const keyOf = (week: Week): string => loadKey('week', week.rests)
  const missing = weeks.filter((week) => lake.committed(keyOf(week)) === undefined)
  for (const group of grouped(missing, perPass))
    await loadedTogether(lake, group.map(keyOf), (writers) => gradeWeeks(lake, { ...loads, weeks: group, writers, perPass }))
  return weeks.map((week) => lake.committed(keyOf(week)) ?? '').filter((id) => id !== '')
}

/** Weeks in a row with so many days at most, from one log or from several; a week with more stands alone. */
function grouped(weeks: readonly Week[], perPass: number): Week[][] {
  const groups: Week[][] = []
  let many = 0
  for (const week of weeks) {
    const group = groups.at(-1)
    const before = group?.at(-1)
    const alike = before?.week === week.week - 1 && before.logs > 1 === week.logs > 1
    if (group !== undefined && alike && many + week.days <= perPass) {
      group.push(week)
      many += week.days
    } else {
      groups.push([week])
      many = week.days
    }
  }
  return groups
}

/** Fills several loads by one work: all commit, or none does. */
async function loadedTogether(
  lake: Lake,
  keys: readonly string[],
  fill: (writers: readonly LoadWriter[]) => Promise<void>,
  open: readonly LoadWriter[] = [],
): Promise<void> {
  const [key] = keys
  if (key === undefined) return fill(open)
  await lake.load({ key, tables: [lookupDays, lookupCounts, lookupRests] }, (writer) =>
    loadedTogether(lake, keys.slice(1), fill, [...open, writer]),
  )
}

async function gradeWeeks(
  lake: Lake,
  given: LoadIds & {
    readonly names: Names
    readonly weeks: readonly Week[]
    readonly writers: readonly LoadWriter[]
    readonly perPass: number
  },
): Promise<void> {
  const { weeks, writers, names } = given
  const [first, last] = [weeks[0]?.week ?? 0, weeks.at(-1)?.week ?? 0]
  const ids = writers.map((writer) => writer.loadId)
  await keepRests(
    lake,
    weeks.map(({ week, on }, at) => ({ load: ids[at] ?? '', week, on })),
  )
  const params = {
    ...gradeParams(given),
    accounts: namedFrom(names.accounts),
    ...reachOf(first, last),
    accesses: given.accesses,
    sources: namedFrom(names.sources),
    first,
    last,
    weeks: weeks.map((week) => week.week),
    ids,
  }
  const days = weeks.reduce((sum, week) => sum + week.days, 0)
  const shape = { teams: routedTeams(names), assignments: weeks.some((week) => week.assignments) }
  for (const range of tokenRanges(Math.min(256, Math.max(1, Math.ceil(days / given.perPass))))) {
    const bound = { ...params, ...range }
    if (weeks.every((week) => week.logs === 1)) await lake.engine.run(daysSql({ ...shape, seen: oneLogSql }), bound)
    else {
      const shared = (await lake.engine.rows<{ token: string }>(sharedSql, bound)).map((row) => row.token)
      const seen = severalLogsSql(shared.length === 0 ? 'none' : shared.length <= sharedBound ? 'few' : 'many')
      await lake.engine.run(daysSql({ ...shape, seen }), { ...bound, shared: shared.slice(0, sharedBound) })
    }
  }
  await lake.engine.run(
    `INSERT INTO lookup_counts (load_id, login, exhibit, day, reads, lacking, own, late, repeated)
     SELECT transform(intDiv(toUInt16(day), 7), {weeks:Array(UInt16)}, {ids:Array(UInt64)}, toUInt64(0)), {accounts:Array(String)}[account], {sources:Array(String)}[source],
       day, count(), countIf(grade < 2), countIf(grade = 1), sum(late), sum(d.repeated)
     FROM (
       SELECT ${numbered('login', 'accounts')} AS account, ${numbered('exhibit', 'sources')} AS source, day, grade, late, repeated
       FROM lookup_days WHERE load_id IN ({ids:Array(UInt64)})
     ) AS d GROUP BY account, source, day SETTINGS max_threads = 2`,
    { weeks: params.weeks, ids, accounts: params.accounts, sources: params.sources },
  )
}

/** Columns of `lookup_seen` that are stored as they are. */
const kept = ['week', 'subscriber', 'login', 'day', 'accesses', 'repeated', 'exhibit', 'n', 'machines', 'windows'] as const

const seenHere = `load_id IN ({accesses:Array(UInt64)}) AND week BETWEEN {first:UInt16} AND {last:UInt16} AND ${inRange}`

const oneLogSql = `SELECT ${kept.join(', ')}, first, last FROM lookup_seen WHERE ${seenHere}`

/** Subscribers with days in several logs whose tokens are bound, so that their accesses are found by the order of the table. */
const sharedBound = 10_000

const sharedKeys = `SELECT subscriber, login, day FROM lookup_seen WHERE ${seenHere} GROUP BY subscriber, login, day HAVING count() > 1`

const sharedSql = `SELECT DISTINCT ${tokenText('subscriber')} AS token FROM (${sharedKeys}) ORDER BY token LIMIT ${sharedBound + 1}`

/** Days that several loads hold are one; of those that more than one holds, accesses are looked at for what stands in both. */
function severalLogsSql(shared: 'none' | 'few' | 'many'): string {
  return `
  SELECT m.week AS week, m.subscriber AS subscriber, m.login AS login, m.day AS day, m.accesses AS accesses,
    ${shared === 'none' ? 'm.twice' : 'if(m.loads = 1, m.twice, toUInt32(r.twice))'} AS repeated, {sources:Array(String)}[bitShiftRight(m.cite, 48)] AS exhibit, ${ordinalOf('m.cite')} AS n,
    m.machines AS machines, m.windows AS windows, m.first AS first, m.last AS last
  FROM (
    SELECT week, subscriber, login, day, count() AS loads, toUInt32(sum(s.accesses)) AS accesses, toUInt32(sum(s.repeated)) AS twice,
      min(s.first) AS first, max(s.last) AS last, min(bitOr(bitShiftLeft(toUInt64(${numbered('s.exhibit', 'sources')}), 48), s.n)) AS cite,
      arraySlice(arraySort(groupUniqArrayArray(s.machines)), 1, 8) AS machines,
      arraySlice(arraySort(groupUniqArrayArray(s.windows)), 1, 20) AS windows
    FROM lookup_seen AS s WHERE ${seenHere} GROUP BY week, subscriber, login, day
  ) AS m ${shared === 'none' ? '' : repeatedSql(shared)}`
}

function repeatedSql(shared: 'few' | 'many'): string {
  return `LEFT JOIN (
    SELECT ${tokenNumber('token')} AS subscriber, account AS login, day, count() - uniqExact(one) AS twice FROM (
      SELECT subscriber AS token, account, day, ${accessNumber} AS one FROM lookup_accesses
      WHERE load_id IN ({accesses:Array(UInt64)}) ${shared === 'few' ? 'AND subscriber IN ({shared:Array(String)})' : ''}
        AND (subscriber, account, day) IN (SELECT ${tokenText('subscriber')}, login, day FROM (${sharedKeys}))
    ) GROUP BY token, account, day
  ) AS r ON r.subscriber = m.subscriber AND r.login = m.login AND r.day = m.day`
}

function daysSql(given: Shape & { readonly seen: string }): string {
  return `
    INSERT INTO lookup_days (load_id, ${kept.join(', ')}, grade, late)
    SELECT transform(week, {weeks:Array(UInt16)}, {ids:Array(UInt64)}, toUInt64(0)), ${kept.join(', ')}, toUInt8(intDiv(code, 2)), code = 2 FROM (
      SELECT ${kept.map((one) => `s.${one} AS ${one}`).join(', ')}, ${gradeSql(given)} AS code
      FROM (SELECT *, ${askedOfDaysSql(given)} FROM (${given.seen})) AS s ${nearSql(given)}
    ) SETTINGS max_threads = 2, max_insert_threads = 2`
}
