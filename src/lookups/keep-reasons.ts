import type { Lake } from '../store/index.ts'
import { secondsOf, tokenNumber } from './token-sql.ts'

/** Keeps what reviews read of a load of `lookup_reasons` in its stead: reasons on numbers, and where they were routed to. Part of the load. */
export async function keepReasons({ engine }: Pick<Lake, 'engine'>, load: string): Promise<void> {
  for (const sql of [recordedSql, routesSql]) await engine.run(sql, { load })
}

const recordedSql = `
  INSERT INTO lookup_recorded (load_id, week, subscriber, at, grade, login, team)
  SELECT load_id, intDiv(toUInt16(toDate(time)), 7), ${tokenNumber('token')}, ${secondsOf('toUnixTimestamp64Micro(time)')},
    transform(kind, ['legal', 'customer', 'system', 'assignment', 'agent'], [toUInt8(4), 3, 2, 5, 1], toUInt8(0)), account, team
  FROM (SELECT load_id, subscriber AS token, time, kind, account, team FROM lookup_reasons WHERE load_id = {load:UInt64})
  SETTINGS max_insert_threads = 2`

const routesSql = `
  INSERT INTO lookup_routes (load_id, week, assigned, login, team, many)
  SELECT load_id, week, grade = 5 AS assigned, login, team, count() FROM lookup_recorded WHERE load_id = {load:UInt64}
  GROUP BY load_id, week, assigned, login, team`
