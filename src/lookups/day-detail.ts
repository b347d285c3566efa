/** A reason counts for accesses from one day before it to three days after it; a standing assignment for 90 days. */
const gradeSql = `
  multiIf(
    e.kind = 'legal' AND near, 4,
    e.kind = 'customer' AND near AND routed, 3,
    e.kind = 'system' AND near AND routed, 2,
    e.kind = 'assignment' AND routed AND seconds BETWEEN -86400 AND 90 * 86400, 2,
    e.kind = 'agent' AND near, 1,
    0)`

/** Teams of the accounts by the reasons that state one beside them. */
const teamsSql = `
  SELECT account, arraySort(groupUniqArray(team)) AS own FROM lookup_reasons
  WHERE load_id IN ({reasons:Array(UInt64)}) AND account != '' AND team != '' GROUP BY account`

/**
 * Days of the subscribers bound to `subscribers`, read by read from the accesses of `accesses` and the reasons of `reasons`: what `lookup_days` holds, and
 * what is told of few only. Subscriber, account, day, grade, accesses, first, last, cites (three at most), late, source, hosts, windows, fields.
 */
export const dayDetailSql = `
  WITH
    teams AS (${teamsSql}),
    looked AS (
      SELECT a.source AS source, a.n AS n, a.subscriber AS subscriber, a.account AS account, a.day AS day, a.time AS time, t.own AS own, toString(a.host) AS host,
        a.window_from AS window_from, a.window_to AS window_to, toString(a.fields) AS named
      FROM lookup_accesses AS a LEFT JOIN teams AS t ON t.account = a.account
      WHERE a.load_id IN ({accesses:Array(UInt64)}) AND a.subscriber IN ({subscribers:Array(String)})
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
        WHERE load_id IN ({reasons:Array(UInt64)}) AND subscriber IN ({subscribers:Array(String)})
      ) AS e ON e.subscriber = l.subscriber
    ),
    single AS (
      SELECT source, n, subscriber, account, day, any(time) AS at, max(grade) AS best, max(before) AS ticketed,
        any(host) AS machine, any((window_from, window_to)) AS period, any(named) AS names
      FROM graded GROUP BY source, n, subscriber, account, day
    )
  SELECT subscriber, account, day, max(best) AS grade, toUInt32(count()) AS accesses, min(at) AS first, max(at) AS last,
    arraySlice(arraySort(groupArray((source, n))), 1, 3) AS cites, max(best) = 1 AND NOT max(ticketed) AS late,
    arraySlice(arraySort(groupUniqArrayIf(machine, machine != '')), 1, 8) AS hosts,
    arraySlice(arraySort(groupUniqArrayIf((toInt64(toUnixTimestamp64Micro(at) / 1000000), period.1, period.2), period.2 > 0)), 1, 20) AS windows,
    arraySlice(arraySort(groupUniqArrayIf(names, names != '')), 1, 20) AS fields
  FROM single GROUP BY subscriber, account, day`
