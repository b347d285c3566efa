import { drafts } from './draft-rows.ts'
import { sql } from './fragments.ts'

/** Sessions of accounts with their ends: the logoff, else a day. */
export const sessions = sql`(
  SELECT u.host AS host, u.dst AS session, u.src AS actor, u.account AS account, u.t0 AS since,
    if(e.t0 > u.t0, e.t0, u.t0 + toIntervalDay(1)) AS until, u.link AS mode, u.exhibit AS exhibit, u.member AS member, u.unit AS unit, u.n AS n
  FROM ${drafts("'logon', 'session'", " AND kind = 'uses'")} AS u
  ASOF LEFT JOIN ${drafts("'session-end'")} AS e ON u.dst = e.dst AND u.t0 <= e.t0)`

/** Whose sessions were alive when another began, or began within its first hour: each account's stretches on a host, those that touch as one. */
const stretches = `
  SELECT host, min(s) AS begins, max(e) AS ends FROM (
    SELECT host, actor, s, e, sum(fresh) OVER (PARTITION BY host, actor ORDER BY s, e ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS stretch FROM (
      SELECT host, actor, since - toIntervalHour(1) AS s, until AS e,
        s > max(e) OVER (PARTITION BY host, actor ORDER BY s, e ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS fresh
      FROM ${sessions}))
  GROUP BY host, actor, stretch`

/** Sessions with the number of accounts of such stretches: counted by going over each host's time once. */
export const crowded = `
  SELECT * EXCEPT (alive), greatest(1, alive) AS alive FROM (
    SELECT *, sum(change) OVER (PARTITION BY host ORDER BY at, place ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS alive FROM (
      SELECT host, begins AS at, 0 AS place, 1 AS change, '' AS session, '' AS account, begins AS since, begins AS until, '' AS exhibit, '' AS member, '' AS unit, 0 AS n FROM (${stretches})
      UNION ALL
      SELECT host, ends, 2, -1, '', '', ends, ends, '', '', '', 0 FROM (${stretches})
      UNION ALL
      SELECT host, since, 1, 0, session, account, since, until, exhibit, member, unit, n FROM ${sessions}))
  WHERE place = 1`
