import { epochMs, isoMicros } from '../../base/index.ts'
import type { Move } from './control.ts'
import type { MoveSearch } from './move-search.ts'
import { MoveFuser } from './fuse.ts'
import { tracesOf } from './traces.ts'
import { narrowTraces, type ReadTraces, type TracePeriod } from './narrow-traces.ts'
import { tracesSql, type TraceRow } from './traces-sql.ts'

/** Records held at once; a stretch that has more is read in halves. */
const mostTraces = 300_000
/** Events of one stretch, about. */
const eventsAtOnce = 5_000_000
/** Sessions are looked for so long before a stretch; shorter stretches than the least are not halved. */
const [sessionMs, leastMs] = [86_400_000, 60_000]
const hourMs = 3_600_000
/** Below so many events one statement is had sooner than several. */
const narrowFrom = 1_000_000

/** Moves, what was refused, and hosts that issue tickets: everybody's computer calls them. */
export interface FoundMoves {
  readonly moves: readonly Move[]
  readonly attempts: readonly Move[]
  readonly controllers: ReadonlySet<string>
}

/** The moves and attempts in a period of the case's events, read a stretch at a time: what is held does not grow with the logs. */
export async function findMoves(search: MoveSearch): Promise<FoundMoves> {
  const { engine, loads, watch } = search
  const roles = await engine.rows<{ host: string; controller: number; recording: number }>(
    `SELECT host, max(event_id IN ('4768', '4769')) AS controller, max(event_id = '4624') AS recording FROM events
     WHERE load_id IN ({loads:Array(UInt64)}) AND event_id IN ('4768', '4769', '4624') AND lower(channel) = 'security' GROUP BY host`,
    { loads },
  )
  const named = (of: 'controller' | 'recording'): ReadonlySet<string> =>
    new Set(roles.filter((one) => one[of] > 0).map((one) => one.host))
  const controllers = named('controller')
  const fuser = new MoveFuser({ controllers, recording: named('recording') })
  const { all, events } = await stretches(search)
  const narrow = events >= (search.narrowFrom ?? narrowFrom)
  for (const [done, stretch] of all.entries()) {
    watch.signal?.throwIfAborted()
    watch.report?.({ step: 'looking for moves between hosts', done, total: all.length, unit: 'steps' })
    await readStretch(search, fuser, { ...stretch, narrow })
  }
  return { ...fuser.finish(), controllers }
}

interface Stretch {
  readonly from: string
  readonly to: string
}

async function readStretch(search: MoveSearch, fuser: MoveFuser, stretch: Stretch & { readonly narrow: boolean }): Promise<void> {
  const { from, to, narrow } = stretch
  const opened = isoMicros(epochMs(from) - sessionMs)
  const period = { loads: search.loads, from, to, opened, most: mostTraces }
  const read = narrow ? await narrowTraces(search, period) : await allTraces(search, period)
  const length = epochMs(to) - epochMs(from)
  if (!read.cutOff || length < leastMs) {
    fuser.remember(read.opened)
    fuser.add(read.traces)
    return
  }
  const middle = epochMs(from) + Math.floor(length / 2)
  await readStretch(search, fuser, { from, to: isoMicros(middle - 1, '999'), narrow })
  await readStretch(search, fuser, { from: isoMicros(middle), to, narrow })
}

async function allTraces(search: MoveSearch, period: TracePeriod): Promise<ReadTraces> {
  const rows = await search.engine.rows<TraceRow>(tracesSql, { ...period })
  return { traces: rows.flatMap((row) => tracesOf(row, search)), opened: [], cutOff: rows.length >= period.most }
}

/** The period in stretches of whole hours that hold about `eventsAtOnce` events each. */
async function stretches({
  engine,
  loads,
  from,
  to,
}: MoveSearch): Promise<{ readonly all: readonly Stretch[]; readonly events: number }> {
  const hours = await engine.rows<{ hour: string; c: string }>(
    `SELECT intDiv(toUnixTimestamp64Milli(time), ${hourMs}) AS hour, count() AS c FROM events WHERE load_id IN ({loads:Array(UInt64)}) AND timed GROUP BY hour ORDER BY hour`,
    { loads },
  )
  const begins: string[] = [from]
  let held = 0
  for (const { hour, c } of hours) {
    if (held > 0 && held + Number(c) > eventsAtOnce) {
      begins.push(isoMicros(Number(hour) * hourMs))
      held = 0
    }
    held += Number(c)
  }
  const all = begins.map((begin, index) => {
    const next = begins[index + 1]
    return { from: begin, to: next === undefined ? to : isoMicros(epochMs(next) - 1, '999') }
  })
  return { all, events: hours.reduce((sum, one) => sum + Number(one.c), 0) }
}
