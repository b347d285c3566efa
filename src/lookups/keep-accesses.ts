import type { Lake } from '../store/index.ts'
import { locationFields } from './location.ts'
import { accessNumber, hostNumber, numbered, ordinalOf, ordinals } from './names.ts'
import { secondsOf, tokenBound, tokenNumber } from './token-sql.ts'
import { bulkRows } from './wide-reads.ts'

/** Accesses that one pass over the sorted table collapses: more are taken in ranges of tokens, so that memory stays bounded (rule L17). */
const accessesPerPass = 3_000_000

/** Numbers in a run of `lookup_numbered`. */
export const numbersInRun = 4_096

/**
 * Keeps what reviews read of a load of `lookup_accesses` in its stead: days, logins, extents, wide reads, machines, runs of numbers (`kept-tables.ts`).
 * Part of the load: it commits with these rows or not at all.
 */
export async function keepAccesses({ engine }: Pick<Lake, 'engine'>, load: string, perPass = accessesPerPass): Promise<void> {
  await engine.run(extentsSql, { load })
  const extents = await engine.rows<{ exhibit: string; accesses: string }>(
    'SELECT toString(exhibit) AS exhibit, toString(accesses) AS accesses FROM lookup_extents WHERE load_id = {load:UInt64} ORDER BY exhibit',
    { load },
  )
  if (extents.length === 0) return
  const rows = extents.reduce((sum, one) => sum + Number(one.accesses), 0)
  const passes = Math.min(256, 2 ** Math.ceil(Math.log2(Math.max(1, rows / perPass))))
  const sources = extents.map((one) => one.exhibit)
  for (let pass = 0; pass < passes; pass += 1)
    await engine.run(seenSql, { load, sources, from: tokenBound(pass / passes), below: tokenBound((pass + 1) / passes) })
  for (const sql of [loginsSql, wideSql, machinesSql, numberedSql]) await engine.run(sql, { load })
}

const extentsSql = `
  INSERT INTO lookup_extents (load_id, exhibit, accesses, records, since, until, first, last, held, located)
  SELECT {load:UInt64}, source, count(), groupBitmap(n), min(time), max(time), min(day), max(day),
    arraySort(arrayMap(one -> toString(one), groupUniqArrayArrayIf(tables, notEmpty(tables) AND subscriber != ''))),
    countIf(match(fields, '${locationFields}'))
  FROM lookup_accesses WHERE load_id = {load:UInt64} GROUP BY source`

/** Reads of one subscriber by one account on one day. */
const seenSql = `
  INSERT INTO lookup_seen (load_id, week, subscriber, login, day, accesses, repeated, first, last, exhibit, n, machines, windows)
  SELECT {load:UInt64}, intDiv(toUInt16(on_day), 7), ${tokenNumber('token')}, who, on_day, many, many - distinct, ${secondsOf('begun')}, ${secondsOf('ended')},
    {sources:Array(String)}[bitShiftRight(cite, 48)], ${ordinalOf('cite')}, arraySlice(arraySort(used), 1, 8),
    arraySlice(arraySort(arrayDistinct(arrayZip(arrayMap(one -> intDiv(one, 1000000), asked), asked_from, asked_to))), 1, 20)
  FROM (
    SELECT subscriber AS token, account AS who, day AS on_day, toUInt32(count()) AS many,
      arrayUniq(groupArray(${accessNumber})) AS distinct,
      min(toUnixTimestamp64Micro(time)) AS begun, max(toUnixTimestamp64Micro(time)) AS ended,
      min(bitOr(bitShiftLeft(toUInt64(${numbered('source', 'sources')}), 48), n)) AS cite,
      groupUniqArrayIf(${hostNumber('host')}, host != '') AS used,
      groupArrayIf(toUnixTimestamp64Micro(time), window_to > 0) AS asked, groupArrayIf(window_from, window_to > 0) AS asked_from,
      groupArrayIf(window_to, window_to > 0) AS asked_to
    FROM lookup_accesses
    WHERE load_id = {load:UInt64} AND subscriber != '' AND subscriber >= {from:String} AND subscriber < {below:String}
    GROUP BY subscriber, account, day
  ) SETTINGS max_threads = 2, max_insert_threads = 2`

const loginsSql = `
  INSERT INTO lookup_logins (load_id, week, login, days)
  SELECT {load:UInt64}, week, who, sum(days) FROM (
    SELECT week, login AS who, count() AS days FROM lookup_seen WHERE load_id = {load:UInt64} GROUP BY week, who
    UNION ALL
    SELECT DISTINCT toUInt16(0) AS week, account AS who, toUInt64(0) AS days FROM lookup_accesses WHERE load_id = {load:UInt64} AND subscriber = ''
  ) GROUP BY week, who`

const wideSql = `
  INSERT INTO lookup_wide (load_id, exhibit, n, time, day, login, operation, rows, counted, window_from, window_to, names, unbounded, tables)
  SELECT load_id, source, n, time, day, account, operation, rows, counted, window_from, window_to, subscriber != '', unbounded, tables
  FROM lookup_accesses WHERE load_id = {load:UInt64} AND (rows >= ${bulkRows} OR unbounded = 1)`

const machinesSql = `
  INSERT INTO lookup_machines (load_id, machine, name)
  SELECT DISTINCT load_id, ${hostNumber('host')}, toString(host) FROM lookup_accesses WHERE load_id = {load:UInt64} AND host != ''`

/** Least and greatest number of a run, each with the first record that carries it. */
const numberedSql = `
  INSERT INTO lookup_numbered (load_id, exhibit, run, low, high, many, n_low, n_high, at_low, at_high)
  SELECT {load:UInt64}, source, run, toInt64(bitShiftRight(least, 48)), toInt64(bitShiftRight(greatest, 48)), many,
    toUInt64(${ordinalOf('least')}), toUInt64(bitXor(${ordinalOf('greatest')}, ${ordinals})), at_least, at_greatest
  FROM (
    SELECT source, intDiv(seq, ${numbersInRun}) AS run, groupBitmap(toUInt64(seq)) AS many,
      argMin(toUnixTimestamp64Micro(time), (seq, n)) AS at_least, argMax(toUnixTimestamp64Micro(time), (seq, -toInt64(n))) AS at_greatest,
      min(bitOr(bitShiftLeft(toUInt128(seq), 48), toUInt128(n))) AS least,
      max(bitOr(bitShiftLeft(toUInt128(seq), 48), toUInt128(bitXor(n, ${ordinals})))) AS greatest
    FROM lookup_accesses WHERE load_id = {load:UInt64} AND seq >= 0 GROUP BY source, run
  )`
