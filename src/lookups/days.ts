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

/**
 * Collapses accesses to subscriber, account and day with the best reason of the day, inside the engine (rules L5 to L8).
 * Gives the load id of `lookup_days`; nothing is computed twice for the same loads.
 */
export async function loadDays(lake: Lake, loads: LoadIds): Promise<string> {
  const sorted = (ids: readonly string[]): string[] => [...ids].sort()
  const key = loadKey('days', { accesses: sorted(loads.accesses), reasons: sorted(loads.reasons) })
  const { id } = await lake.load({ key, tables: [lookupDays] }, (writer) =>
    lake.engine.run(
      `INSERT INTO lookup_days (load_id, subscriber, account, day, grade, accesses, first, last, cites)
       WITH
         teams AS (
           SELECT account, groupUniqArray(team) AS own FROM lookup_reasons
           WHERE load_id IN ({reasons:Array(UInt64)}) AND account != '' AND team != '' GROUP BY account
         ),
         looked AS (
           SELECT a.source AS source, a.n AS n, a.subscriber AS subscriber, a.account AS account, a.day AS day, a.time AS time, t.own AS own
           FROM lookup_accesses AS a LEFT JOIN teams AS t ON t.account = a.account
           WHERE a.load_id IN ({accesses:Array(UInt64)}) AND a.subscriber != ''
         ),
         graded AS (
           SELECT l.source AS source, l.n AS n, l.subscriber AS subscriber, l.account AS account, l.day AS day, l.time AS time,
             dateDiff('second', e.time, l.time) AS seconds,
             seconds BETWEEN -86400 AND 3 * 86400 AS near,
             (e.account = '' AND (e.team = '' OR has(l.own, e.team) OR empty(l.own))) OR e.account = l.account OR (e.team != '' AND has(l.own, e.team)) AS routed,
             ${gradeSql} AS grade
           FROM looked AS l
           LEFT JOIN (SELECT subscriber, kind, account, team, time FROM lookup_reasons WHERE load_id IN ({reasons:Array(UInt64)})) AS e
             ON e.subscriber = l.subscriber
         ),
         single AS (
           SELECT source, n, subscriber, account, day, any(time) AS at, max(grade) AS best
           FROM graded GROUP BY source, n, subscriber, account, day
         )
       SELECT {load:UInt64}, subscriber, account, day, max(best), count(), min(at), max(at),
         arraySlice(arraySort(groupArray((source, n))), 1, 3)
       FROM single GROUP BY subscriber, account, day`,
      { load: writer.loadId, accesses: loads.accesses, reasons: loads.reasons },
    ),
  )
  return id
}
