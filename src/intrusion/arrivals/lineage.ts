import { epochMs, isoMicros } from '../../base/index.ts'
import type { Cite } from '../../evidence/index.ts'
import { citeOf, isoOf, type CitedRow } from '../cited.ts'
import { basename } from '../names.ts'
import type { Sighting } from '../sighting.ts'
import { beforeMs, skewMs, type ArrivalSearch } from './arrival-search.ts'

/** A process that was seen starting. */
export interface Start {
  readonly node: string
  readonly parent: string
  /** Fixed-width UTC, corrected. */
  readonly time: string
  readonly image: string
  readonly commandLine: string
  readonly parentImage: string
  readonly account: string
  readonly cite: Cite
}

interface StartRow extends CitedRow {
  readonly node: string
  readonly parent: string
  readonly began: string
  readonly process: string
  readonly command_line: string
  readonly parent_process: string
  readonly account: string
}

const startsSql = `
SELECT e.dst AS node, e.src AS parent, toString(e.t0) AS began, v.process AS process, left(v.command_line, 4000) AS command_line,
  v.parent_process AS parent_process, v.account AS account, v.exhibit AS exhibit, v.member AS member, v.unit AS unit, toUInt32(v.n) AS at_n, toString(v.time) AS at_time
FROM (
  SELECT src, dst, t0, exhibit, member, n FROM edges_into
  WHERE load_id = {edges:UInt64} AND kind = 'starts' AND startsWith(dst, {prefix:String})
    AND t0 BETWEEN parseDateTime64BestEffort({from:String}, 6, 'UTC') AND parseDateTime64BestEffort({to:String}, 6, 'UTC')
  ORDER BY t0 DESC, dst LIMIT 20000) AS e
INNER JOIN (
  SELECT exhibit, member, unit, n, time, process, command_line, parent_process, account FROM events
  WHERE load_id IN ({loads:Array(UInt64)}) AND host = {host:String} AND class = 'process' AND timed
    AND time BETWEEN parseDateTime64BestEffort({from:String}, 6, 'UTC') - toIntervalHour(1) AND parseDateTime64BestEffort({to:String}, 6, 'UTC') + toIntervalHour(1)) AS v
ON e.exhibit = v.exhibit AND e.member = v.member AND e.n = v.n
ORDER BY began, node`

/** Processes seen starting on a host within a day before a moment, in order of time; at most the last 20,000. */
export async function startsOn(search: ArrivalSearch, host: string, until: string): Promise<readonly Start[]> {
  const { engine, loads, edges, fileOf } = search
  const end = epochMs(until) + skewMs
  const rows = await engine.rows<StartRow>(startsSql, {
    loads,
    edges,
    host,
    prefix: `proc:${host}|`,
    from: isoMicros(end - beforeMs),
    to: isoMicros(end),
  })
  return rows.map((row) => ({
    node: row.node,
    parent: row.parent,
    time: isoOf(row.began),
    image: row.process,
    commandLine: row.command_line,
    parentImage: row.parent_process,
    account: row.account,
    cite: citeOf(row, fileOf),
  }))
}

/** Programs that start whatever anybody wants: who is behind them is not told by what stands behind them. */
const everybodys =
  /^(?:explorer|services|svchost|wmiprvse|wininit|winlogon|userinit|smss|taskeng|taskhostw|sihost|runtimebroker)\.exe$/i
const deepest = 16

/** The process that a sighting is about, as seen starting: the latest of its program by then. */
export function startOf(starts: readonly Start[], one: Pick<Sighting, 'process' | 'time'>): Start | undefined {
  const image = one.process.toLowerCase()
  const by = epochMs(one.time) + skewMs
  return image === '' ? undefined : starts.findLast((each) => each.image.toLowerCase() === image && epochMs(each.time) <= by)
}

/** A process and those it descends from, the nearest first, up to what starts programs for everybody. */
export function lineOf(starts: readonly Start[], from: Start): readonly Start[] {
  const byNode = new Map(starts.map((one) => [one.node, one]))
  const line: Start[] = []
  for (
    let at: Start | undefined = from;
    at !== undefined && line.length < deepest && !line.includes(at) && !everybodys.test(basename(at.image));
    at = byNode.get(at.parent)
  )
    line.push(at)
  return line
}
