import type { Cite } from '../evidence/index.ts'
import type { Engine } from '../store/index.ts'

/** A stretch of time, on one host or on all. Times are ISO 8601 UTC; `to` is not part of it. */
export interface EventsAsked {
  readonly from: string
  readonly to: string
  readonly host?: string
}

/** Records of a stretch of time: who and what, never their content; the cite opens that. */
export interface StoryEvents {
  readonly events: readonly {
    /** Fixed-width UTC. */
    readonly time: string
    readonly host: string
    /** The Windows channel, else service, category, product, or class. */
    readonly source: string
    readonly eventId: string
    readonly account: string
    readonly process: string
    readonly cite: Cite
  }[]
  /** True when the stretch holds more than are given. */
  readonly more: boolean
}

const most = 50

interface Row {
  readonly at: string
  readonly host: string
  readonly source: string
  readonly event_id: string
  readonly account: string
  readonly process: string
  readonly exhibit: string
  readonly member: string
  readonly unit: 'record' | 'row' | 'line'
  readonly n: string
}

/** The first records of a stretch of time, in order of time. `fileOf` names an exhibit by its hash. */
export async function firstEvents(
  { engine, loads, fileOf }: { readonly engine: Engine; readonly loads: readonly string[]; fileOf(sha256: string): string },
  { from, to, host }: EventsAsked,
): Promise<StoryEvents> {
  const rows = await engine.rows<Row>(
    `SELECT toString(time) AS at, host,
       multiIf(channel != '', channel, service != '', service, category != '', category, product != '', product, class) AS source,
       event_id, account, process, exhibit, member, unit, n
     FROM events
     WHERE load_id IN ({loads:Array(UInt64)}) AND timed
       AND time >= parseDateTime64BestEffort({from:String}, 6, 'UTC') AND time < parseDateTime64BestEffort({to:String}, 6, 'UTC')
       ${host === undefined ? '' : 'AND host = {host:String}'}
     ORDER BY time, host, exhibit, member, n LIMIT ${most + 1}`,
    { loads, from, to, ...(host === undefined ? {} : { host }) },
  )
  return {
    events: rows.slice(0, most).map((row) => ({
      time: `${row.at.slice(0, 10)}T${row.at.slice(11)}Z`,
      host: row.host,
      source: row.source,
      eventId: row.event_id,
      account: row.account,
      process: row.process,
      cite: {
        kind: 'exhibit',
        sha256: row.exhibit,
        file: fileOf(row.exhibit),
        ...(row.member === '' ? {} : { member: row.member }),
        at: { kind: row.unit, n: Number(row.n) },
      },
    })),
    more: rows.length > most,
  }
}
