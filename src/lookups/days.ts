import type { Lake } from '../store/index.ts'
import { gradeParams, gradeSql, hasAssignments, nearSql, ownTeamsSql, routedTeams, type Shape } from './grade-sql.ts'
import { loadKey } from './load.ts'
import { hostNumber, namedFrom, numbered, type LoadIds, type Names } from './names.ts'
import { lookupDays } from './tables.ts'
import { secondsFrom, tokenNumber } from './token-sql.ts'

/** Accesses that one pass over the sorted tables grades: more are taken in ranges of tokens, so that memory stays bounded (rule L17). */
const accessesPerPass = 3_000_000

/**
 * Collapses accesses to subscriber, account and day with the best reason of the day, inside the engine (rules L5 to L8).
 * Gives the load id of `lookup_days`; nothing is computed twice for the same loads.
 */
export async function loadDays(
  lake: Lake,
  loads: LoadIds & { readonly names: Names },
  perPass = accessesPerPass,
): Promise<string> {
  const sorted = (ids: readonly string[]): string[] => [...ids].sort()
  const key = loadKey('days', { accesses: sorted(loads.accesses), reasons: sorted(loads.reasons) })
  const { id } = await lake.load({ key, tables: [lookupDays] }, async (writer) => {
    const [counted] = await lake.engine.rows<{ c: string }>(
      `SELECT toString(count()) AS c FROM lookup_accesses WHERE load_id IN ({accesses:Array(UInt64)}) AND subscriber != ''`,
      { accesses: loads.accesses },
    )
    const passes = Math.min(256, 2 ** Math.ceil(Math.log2(Math.max(1, Number(counted?.c ?? 0) / perPass))))
    const sql = daysSql({ teams: routedTeams(loads.names), assignments: await hasAssignments(lake, loads.reasons) })
    const params = {
      load: writer.loadId,
      accesses: loads.accesses,
      sources: namedFrom(loads.names.sources),
      ...gradeParams(loads),
    }
    for (let pass = 0; pass < passes; pass += 1)
      await lake.engine.run(sql, { ...params, from: tokenBound(pass / passes), below: tokenBound((pass + 1) / passes) })
  })
  return id
}

/** The first two digits of the token that has `share` of all tokens below it; beyond all of them at 1. */
function tokenBound(share: number): string {
  return share === 0
    ? ''
    : share >= 1
      ? 'g'
      : Math.round(share * 256)
          .toString(16)
          .padStart(2, '0')
}

/** Reads of one subscriber by one account on one day, without their reasons. */
const seenSql = `
  SELECT ${tokenNumber('token')} AS subscriber, ${numbered('login', 'accounts')} AS account, on_day AS day, many, many - arrayUniq(records) AS twice,
    intDiv(begun + ${secondsFrom}, 1000000) AS first, intDiv(ended + ${secondsFrom}, 1000000) AS last, cite, arraySlice(arraySort(used), 1, 8) AS machines,
    arraySlice(arraySort(arrayDistinct(arrayZip(arrayMap(one -> intDiv(one, 1000000), asked), asked_from, asked_to))), 1, 20) AS periods
  FROM (
    SELECT subscriber AS token, account AS login, day AS on_day, toUInt32(count()) AS many, groupArray(cityHash64(toUnixTimestamp64Micro(time), cityHash64(operation), ${hostNumber('host')})) AS records,
      min(toUnixTimestamp64Micro(time)) AS begun, max(toUnixTimestamp64Micro(time)) AS ended,
      min(bitOr(bitShiftLeft(toUInt64(${numbered('source', 'sources')}), 48), n)) AS cite,
      groupUniqArrayIf(${hostNumber('host')}, host != '') AS used,
      groupArrayIf(toUnixTimestamp64Micro(time), window_to > 0) AS asked, groupArrayIf(window_from, window_to > 0) AS asked_from,
      groupArrayIf(window_to, window_to > 0) AS asked_to
    FROM lookup_accesses
    WHERE load_id IN ({accesses:Array(UInt64)}) AND subscriber != '' AND subscriber >= {from:String} AND subscriber < {below:String}
    GROUP BY subscriber, account, day
  )`

/** Columns of `seenSql` that are stored as they are. */
const kept = ['subscriber', 'account', 'day', 'many', 'twice', 'cite', 'machines', 'periods'] as const

function daysSql(given: Shape): string {
  return `
    INSERT INTO lookup_days (load_id, subscriber, account, day, accesses, repeated, cite, machines, windows, grade, late)
    SELECT {load:UInt64}, ${kept.join(', ')}, toUInt8(intDiv(code, 2)), code = 2 FROM (
      SELECT ${kept.map((one) => `s.${one} AS ${one}`).join(', ')}, ${gradeSql(given)} AS code FROM (SELECT *, ${ownTeamsSql(given)} FROM (${seenSql})) AS s ${nearSql(given)}
    ) SETTINGS max_threads = 2, max_insert_threads = 2`
}
