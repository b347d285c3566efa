import type { Watch } from '../base/index.ts'
import { citeText, type Cite } from '../evidence/index.ts'
import { blankEvent, type EventClass, type LogEvent } from '../events/index.ts'
import type { SqlValues } from '../sigma/index.ts'
import type { Engine } from '../store/index.ts'
import type { HuntScope } from './hunt-scope.ts'

/** An event as the lake holds it, with the cite that opens its record. */
export interface LakeEvent {
  readonly event: LogEvent
  readonly cite: Extract<Cite, { kind: 'exhibit' }>
  /** The cite as `case show CASE --cite` takes it, and that case. */
  readonly place: string
  readonly caseId: string
}

/** What is asked of the lake. Times are ISO 8601 UTC, both ends included; events without a time are in no period. */
export interface LakeQuestion {
  readonly engine: Engine
  readonly scope: HuntScope
  readonly from?: string
  readonly to?: string
  /** Condition over the columns of the events table and those of `values`; our own text. */
  readonly where: string
  readonly values: SqlValues
  readonly watch: Watch
}

const pageRows = 4_000
const order = 'host, time, load_id, member, n'

interface Row {
  readonly load_id: string
  readonly exhibit: string
  readonly member: string
  readonly unit: string
  readonly n: string
  readonly time: string
  readonly timed: boolean
  readonly zone: LogEvent['zone']
  readonly host: string
  readonly class: EventClass
  readonly product: string
  readonly category: string
  readonly service: string
  readonly channel: string
  readonly provider: string
  readonly event_id: string
  readonly account: string
  readonly fields: Readonly<Record<string, string>>
}

/** The events that satisfy a condition, in order of host and time, a page at a time; stops between pages when asked to. */
export async function* lakeEvents(question: LakeQuestion): AsyncGenerator<readonly LakeEvent[]> {
  const { engine, values, watch, scope } = question
  let after: Row | undefined
  for (;;) {
    watch.signal?.throwIfAborted()
    const where = [
      inScope(question),
      ...(after === undefined
        ? []
        : [
            'host >= {after_host:String}',
            "(host, time, load_id, member, n) > ({after_host:String}, toDateTime64({after_time:String}, 6, 'UTC'), {after_load:UInt64}, {after_member:String}, {after_n:UInt64})",
          ]),
    ].join(' AND ')
    const rows: Row[] = await engine.rows<Row>(
      `SELECT load_id, exhibit, member, unit, n, time, timed, zone, host, class, product, category, service, channel, provider, event_id, account, fields
       FROM ${values.source('events', where)} WHERE ${question.where} ORDER BY ${order} LIMIT ${pageRows}`,
      {
        ...values.params,
        ...scopeParams(question),
        ...(after === undefined
          ? {}
          : {
              after_host: after.host,
              after_time: after.time,
              after_load: after.load_id,
              after_member: after.member,
              after_n: after.n,
            }),
      },
    )
    if (rows.length > 0) yield rows.map((row) => lakeEvent(row, scope))
    after = rows.at(-1)
    if (after === undefined || rows.length < pageRows) return
  }
}

/** What one log source of one host covers in the lake, within the period asked about. */
export interface SearchedSource {
  readonly host: string
  /** The Windows channel, else service, category, product, or `other`. */
  readonly source: string
  readonly events: number
  /** Fixed-width UTC; '' when no event has a time. */
  readonly from: string
  readonly to: string
}

/** The sources searched; `flags` are conditions counted for each: whether any event satisfies them. */
export async function searchedSources<Flag extends string>(
  question: Pick<LakeQuestion, 'engine' | 'scope' | 'from' | 'to'>,
  flags: Readonly<Record<Flag, string>>,
): Promise<(SearchedSource & { readonly flags: Readonly<Record<Flag, boolean>> })[]> {
  const names = Object.keys(flags) as Flag[]
  const told = names.map((name, at) => `, countIf(${flags[name]}) > 0 AS flag_${at}`).join('')
  const rows = await question.engine.rows<Record<string, unknown>>(
    `SELECT host, multiIf(channel != '', channel, service != '', service, category != '', category, product != '', product, 'other') AS source,
       toString(count()) AS events, toString(countIf(timed)) AS timed_events, minIf(time, timed) AS first, maxIf(time, timed) AS last${told}
     FROM events WHERE ${inScope(question)} GROUP BY host, source ORDER BY host, source`,
    scopeParams(question),
  )
  return rows.map((row) => ({
    host: String(row['host']),
    source: String(row['source']),
    events: Number(row['events']),
    from: row['timed_events'] === '0' ? '' : iso(String(row['first'])),
    to: row['timed_events'] === '0' ? '' : iso(String(row['last'])),
    flags: Object.fromEntries(names.map((name, at) => [name, row[`flag_${at}`] === 1 || row[`flag_${at}`] === true])) as Record<
      Flag,
      boolean
    >,
  }))
}

function inScope({ from, to }: Pick<LakeQuestion, 'from' | 'to'>): string {
  return [
    'load_id IN {loads:Array(UInt64)}',
    ...(from === undefined ? [] : ["timed AND time >= toDateTime64({from:String}, 6, 'UTC')"]),
    ...(to === undefined ? [] : ["timed AND time <= toDateTime64({to:String}, 6, 'UTC')"]),
  ].join(' AND ')
}

function scopeParams({ scope, from, to }: Pick<LakeQuestion, 'scope' | 'from' | 'to'>): Record<string, unknown> {
  return {
    loads: scope.loads,
    ...(from === undefined ? {} : { from: engineTime(from) }),
    ...(to === undefined ? {} : { to: engineTime(to) }),
  }
}

function lakeEvent(row: Row, scope: HuntScope): LakeEvent {
  const at = { kind: row.unit as 'record', n: Number(row.n) }
  const known = scope.exhibits.get(row.exhibit)
  const cite = {
    kind: 'exhibit',
    sha256: row.exhibit,
    file: known?.file ?? row.exhibit,
    ...(row.member === '' ? {} : { member: row.member }),
    at,
  } as const
  return {
    cite,
    place: citeText(cite, () => known?.number),
    caseId: known?.caseId ?? '',
    event: {
      ...blankEvent,
      time: row.timed ? iso(row.time) : '',
      zone: row.zone,
      host: row.host,
      class: row.class,
      product: row.product,
      category: row.category,
      service: row.service,
      channel: row.channel,
      provider: row.provider,
      eventId: row.event_id,
      account: row.account,
      fields: row.fields,
      at,
    },
  }
}

function iso(time: string): string {
  return `${time.slice(0, 10)}T${time.slice(11)}Z`
}

function engineTime(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11).replace('Z', '')}`
}
