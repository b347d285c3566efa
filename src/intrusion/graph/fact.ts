import { edgeFactsTable } from './edge-tables.ts'
import { field, sql } from './fragments.ts'

/** Columns of facts that a kind of event fills; the rest stay empty. */
type FactColumn =
  | 'account'
  | 'other_account'
  | 'sid'
  | 'pid'
  | 'guid'
  | 'image'
  | 'other_pid'
  | 'other_guid'
  | 'other_image'
  | 'logon'
  | 'other_logon'
  | 'address'
  | 'port'
  | 'other_address'
  | 'other_port'
  | 'name'
  | 'path'
  | 'mode'
  | 'hash'
  | 'bytes'
  | 'text'

/** Events of one kind as facts: which they are, and what each column is, as SQL over the events table. */
export interface FactKind {
  readonly what: string
  /** Over hot columns alone: decides which rows are read whole. */
  readonly among: string
  /** Over any column; absent: all of them. */
  readonly when?: string
  readonly columns: Readonly<Partial<Record<FactColumn, string>>>
}

/** Columns that are the event's own unless a kind says otherwise. */
const own: Readonly<Partial<Record<FactColumn, string>>> = {
  account: 'account',
  image: 'lower(process)',
  other_image: 'lower(parent_process)',
  address: 'source_ip',
  other_address: 'target_ip',
  other_port: "if(target_port = 0, '', toString(target_port))",
  bytes: 'bytes_out',
}

/**
 * When an event happened by its host's own clock. Sysmon says it to the millisecond beside the time its record arrived (of connections
 * and look-ups it says it seconds or days off: there the record's time counts). Shippers that write the time of arrival into
 * `@timestamp` leave the host's local time in `EventTime`, whose zone is what brings both together.
 */
export const happened = sql`multiIf(
  service = 'sysmon' AND event_id NOT IN ('3', '22') AND ${field('UtcTime')} != '',
    if(abs(dateDiff('second', time, ifNull(parseDateTime64BestEffortOrNull(${field('UtcTime')}, 6, 'UTC'), toDateTime64(0, 6, 'UTC')) AS utc_inside)) <= 600, utc_inside, time),
  product = 'windows' AND ${field('EventTime')} != '' AND ${field('@timestamp')} != '' AND ${field('TimeCreated')} = '',
    if(abs(dateDiff('second', time, ifNull(parseDateTime64BestEffortOrNull(${field('EventTime')}, 6, 'UTC'), toDateTime64(0, 6, 'UTC')) AS local_time)) <= 86400,
      local_time + toIntervalSecond(toInt64(round(dateDiff('second', local_time, time) / 900) * 900)), time),
  time)`

/** The statement that says, kind by kind in the columns of one row, whether some loads hold events of it, as their hot columns tell. Parameter: `loads`. */
export function foundSql(kinds: readonly FactKind[]): string {
  const found = kinds.map(({ among }, index) => `max(${among}) AS k${index}`)
  return `SELECT ${found.join(', ')} FROM events WHERE load_id IN ({loads:Array(UInt64)}) AND timed`
}

/** The statement that keeps the facts of the events of some loads. Parameters: `loads`, `load`. */
export function factsSql(kinds: readonly FactKind[]): string {
  const columns = Object.keys(edgeFactsTable.columns)
  const named = kinds.map((kind, index) => ({ ...kind, k: index + 1 }))
  const among = [...new Set(named.map((kind) => `(${kind.among})`))].join(' OR ')
  const which = named
    .map(({ among: of, when, k }) => `${when === undefined ? of : `(${of}) AND (${when})`}, ${k}`)
    .join(',\n    ')
  const value = (column: string): string => {
    const empty = column === 'bytes' ? 'toInt64(-1)' : "''"
    const rest = own[column as FactColumn] ?? empty
    // Kinds that say it in the same words share a branch: the engine reads each once.
    const kindsBy = new Map<string, number[]>()
    for (const { columns: filled, k } of named) {
      const expression = filled[column as FactColumn]
      if (expression !== undefined) kindsBy.set(expression, [...(kindsBy.get(expression) ?? []), k])
    }
    const said = [...kindsBy].map(
      ([expression, of]) =>
        `k IN (${of.join(', ')}), ${column === 'bytes' ? `toInt64(${expression})` : `toString(${expression})`}`,
    )
    const otherwise = column === 'bytes' ? `toInt64(${rest})` : `toString(${rest})`
    const chosen = said.length === 0 ? otherwise : `multiIf(${said.join(', ')}, ${otherwise})`
    // One address is written in several ways.
    return column === 'address' || column === 'other_address'
      ? `if(position(${chosen}, ':') > 0, toString(toIPv6OrDefault(${chosen})), ${chosen})`
      : chosen
  }
  const selected = columns.map((column) => {
    switch (column) {
      case 't':
        return `${happened} AS t`
      case 'what':
        return `[${named.map((kind) => `'${kind.what}'`).join(', ')}][k] AS what_said`
      case 'host':
      case 'exhibit':
      case 'member':
      case 'unit':
      case 'n':
        return column
      default:
        return `${value(column)} AS ${column}_said`
    }
  })
  return `INSERT INTO kept_facts (load_id, of_load, ${columns.join(', ')})
SELECT {load:UInt64}, load_id, ${selected.join(',\n  ')}
FROM (
  SELECT *, multiIf(
    ${which}, 0) AS k
  FROM events
  PREWHERE load_id IN ({loads:Array(UInt64)}) AND timed AND (${among}))
WHERE k > 0`
}
