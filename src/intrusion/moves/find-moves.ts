import type { Engine } from '../../store/index.ts'
import { fuseMoves, type Move } from './fuse.ts'
import { tracesOf } from './traces.ts'
import { tracesSql, type TraceRow } from './traces-sql.ts'

/** Records read at most: beyond, a period holds more than can be told at once. */
const mostTraces = 500_000

/** The moves and attempts in a period of the case's events. `nameOf` gives the host that uses an address. */
export async function findMoves(options: {
  readonly engine: Engine
  readonly loads: readonly string[]
  readonly from: string
  readonly to: string
  readonly nameOf: (address: string) => string
  readonly timeOf: (host: string, text: string) => string
  readonly fileOf: (sha256: string) => string
}): Promise<{
  readonly moves: readonly Move[]
  readonly attempts: readonly Move[]
  readonly cut: boolean
  /** Hosts that issue tickets: everybody's computer calls them. */
  readonly controllers: ReadonlySet<string>
}> {
  const { engine, loads, from, to } = options
  const period = { loads, from, to }
  const rows = await engine.rows<TraceRow>(tracesSql, { ...period, most: mostTraces })
  const roles = await engine.rows<{ host: string; controller: number; recording: number }>(
    `SELECT host, max(event_id IN ('4768', '4769')) AS controller, max(event_id = '4624') AS recording FROM events
     WHERE load_id IN ({loads:Array(UInt64)}) AND event_id IN ('4768', '4769', '4624') AND lower(channel) = 'security' GROUP BY host`,
    { loads },
  )
  const named = (of: 'controller' | 'recording'): ReadonlySet<string> =>
    new Set(roles.filter((one) => one[of] > 0).map((one) => one.host))
  const traces = rows.flatMap((row) => tracesOf(row, options))
  const controllers = named('controller')
  return {
    ...fuseMoves(traces, { controllers, recording: named('recording') }),
    cut: rows.length === mostTraces,
    controllers,
  }
}
