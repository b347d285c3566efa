import type { Lake } from '../store/index.ts'
import { loadKey } from './load.ts'
import { lookupDays } from './tables.ts'

/** Loads whose rows are joined: accesses and reasons. */
interface LoadIds {
  readonly accesses: readonly string[]
  readonly reasons: readonly string[]
}

/** A reason counts for accesses from one day before it to three days after it; a standing assignment for 90 days. */
const gradeSql = `
  multiIf(
    e.kind = 'legal' AND near, 4,
    e.kind = 'customer' AND near AND routed, 3,
    e.kind = 'system' AND near AND routed, 2,
    e.kind = 'assignment' AND routed AND seconds BETWEEN -86400 AND 90 * 86400, 2,
    e.kind = 'agent' AND near, 1,
    0)`

/** Accesses that one pass over the sorted tables grades: more are taken in ranges of tokens, so that memory stays bounded (rule L17). */
const accessesPerPass = 3_000_000

/**
 * Collapses accesses to subscriber, account and day with the best reason of the day, inside the engine (rules L5 to L8).
 * Gives the load id of `lookup_days`; nothing is computed twice for the same loads.
 */
export async function loadDays(lake: Lake, loads: LoadIds, perPass = accessesPerPass): Promise<string> {
  const sorted = (ids: readonly string[]): string[] => [...ids].sort()
  const key = loadKey('days', { accesses: sorted(loads.accesses), reasons: sorted(loads.reasons) })
  const { id } = await lake.load({ key, tables: [lookupDays] }, async (writer) => {
    const [counted] = await lake.engine.rows<{ c: string }>(
      `SELECT toString(count()) AS c FROM lookup_accesses WHERE load_id IN ({accesses:Array(UInt64)}) AND subscriber != ''`,
      { accesses: loads.accesses },
    )
    const passes = Math.min(256, 2 ** Math.ceil(Math.log2(Math.max(1, Number(counted?.c ?? 0) / perPass))))
    for (let pass = 0; pass < passes; pass += 1) {
      const [from, below] = [tokenBound(pass / passes), tokenBound((pass + 1) / passes)]
      await lake.engine.run(daysSql, {
        load: writer.loadId,
        accesses: loads.accesses,
        reasons: loads.reasons,
        from,
        below,
      })
    }
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

/** Teams of the accounts by the reasons that state one beside them. */
export const teamsSql = `
  SELECT account, arraySort(groupUniqArray(team)) AS own FROM lookup_reasons
  WHERE load_id IN ({reasons:Array(UInt64)}) AND account != '' AND team != '' GROUP BY account`

const daysSql = `
  INSERT INTO lookup_days (load_id, subscriber, account, day, grade, accesses, first, last, cites, late, source, hosts, windows, fields)
  WITH
    teams AS (${teamsSql}),
    looked AS (
      SELECT a.source AS source, a.n AS n, a.subscriber AS subscriber, a.account AS account, a.day AS day, a.time AS time, t.own AS own, toString(a.host) AS host,
        a.window_from AS window_from, a.window_to AS window_to, toString(a.fields) AS named
      FROM lookup_accesses AS a LEFT JOIN teams AS t ON t.account = a.account
      WHERE a.load_id IN ({accesses:Array(UInt64)}) AND a.subscriber != '' AND a.subscriber >= {from:String} AND a.subscriber < {below:String}
    ),
    graded AS (
      SELECT l.source AS source, l.n AS n, l.subscriber AS subscriber, l.account AS account, l.day AS day, l.time AS time,
        l.host AS host, l.window_from AS window_from, l.window_to AS window_to, l.named AS named,
        dateDiff('second', e.time, l.time) AS seconds,
        seconds BETWEEN -86400 AND 3 * 86400 AS near,
        (e.account = '' AND (e.team = '' OR has(l.own, e.team) OR empty(l.own))) OR e.account = l.account OR (e.team != '' AND has(l.own, e.team)) AS routed,
        ${gradeSql} AS grade,
        e.kind = 'agent' AND near AND seconds >= 0 AS before
      FROM looked AS l
      LEFT JOIN (
        SELECT subscriber, kind, account, team, time FROM lookup_reasons
        WHERE load_id IN ({reasons:Array(UInt64)}) AND subscriber >= {from:String} AND subscriber < {below:String}
      ) AS e ON e.subscriber = l.subscriber
    ),
    single AS (
      SELECT source, n, subscriber, account, day, any(time) AS at, max(grade) AS best, max(before) AS ticketed,
        any(host) AS machine, any((window_from, window_to)) AS period, any(named) AS names
      FROM graded GROUP BY source, n, subscriber, account, day
    )
  SELECT {load:UInt64}, subscriber, account, day, max(best), count(), min(at), max(at),
    arraySlice(arraySort(groupArray((source, n))), 1, 3), max(best) = 1 AND NOT max(ticketed), min(source),
    arraySlice(arraySort(groupUniqArrayIf(machine, machine != '')), 1, 8),
    arraySlice(arraySort(groupUniqArrayIf((toInt64(toUnixTimestamp64Micro(at) / 1000000), period.1, period.2), period.2 > 0)), 1, 20),
    arraySlice(arraySort(groupUniqArrayIf(names, names != '')), 1, 20)
  FROM single GROUP BY subscriber, account, day`
