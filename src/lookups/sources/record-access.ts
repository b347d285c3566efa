import { fault, parseIso, type Fault, type Moment } from '../../base/index.ts'
import { seconds, type AccessRow, type Blindness } from '../access-row.ts'
import type { SubscriberToken } from '../subscriber.ts'

/** One access as a record of a source states it, before identifiers become tokens; texts as written, '' = not stated. */
export interface RecordAccess {
  readonly time: Moment | undefined
  readonly account: string
  /** Identifiers of whose data was read, each with the name that tells its kind. The first that can be read counts. */
  readonly identifiers?: readonly { readonly field: string; readonly raw: string }[]
  /** The subscriber, where a table given beside the source names it. */
  readonly known?: SubscriberToken
  /** Why nobody is named; also where the identifier cannot be read. */
  readonly blind: Exclude<Blindness, ''>
  /** Reads the records of many at once, and does not say whose. */
  readonly many?: boolean
  readonly operation: string
  readonly fields?: string
  readonly tables?: readonly string[]
  readonly system?: string
  readonly host?: string
  /** Rows returned; -1 = not logged. */
  readonly rows?: number
  /** What `rows` counts where it is no rows. */
  readonly counted?: 'subscribers'
  readonly from?: string
  readonly to?: string
  readonly seq?: number
}

/** What every access of one source shares, and how its texts are read. */
export interface RowMaking {
  readonly source: string
  readonly file: string
  readonly zone: string | undefined
  readonly system: string | undefined
  readonly host: string | undefined
  readonly dayOf: (at: string) => string
  readonly subscriberOf: (field: string, raw: string) => SubscriberToken | undefined
}

/** Where a record stands. */
export interface RecordPlace {
  readonly n: number
  readonly line?: number
}

/** The row of an access, or why it cannot be one. */
export function accessRow(access: RecordAccess, at: RecordPlace, making: RowMaking): AccessRow | Fault {
  if (access.time === undefined) return timeWrong(making.file, at)
  const found = access.known ?? firstKnown(access, making)
  return {
    source: making.source,
    n: at.n,
    time: access.time.at,
    day: making.dayOf(access.time.at),
    account: access.account.trim().toLowerCase(),
    subscriber: found?.token ?? '',
    masked: found?.masked ?? '',
    system: access.system || (making.system ?? ''),
    operation: access.operation,
    rows: access.rows ?? -1,
    counted: access.counted ?? '',
    host: access.host || (making.host ?? ''),
    tables: access.tables ?? [],
    unbounded: found === undefined && access.many === true ? 1 : 0,
    blind: found === undefined && !(access.many === true && (access.rows ?? -1) >= 0) ? access.blind : '',
    window_from: seconds(access.from ?? '', making.zone),
    window_to: seconds(access.to ?? '', making.zone),
    fields: access.fields ?? '',
    seq: access.seq ?? -1,
  }
}

function firstKnown(access: RecordAccess, { subscriberOf }: RowMaking): SubscriberToken | undefined {
  for (const { field, raw } of access.identifiers ?? []) {
    const found = raw.trim() === '' ? undefined : subscriberOf(field, raw.trim())
    if (found !== undefined) return found
  }
  return undefined
}

/** The fault of a record whose time cannot be read. */
export function timeWrong(file: string, at: RecordPlace, todo?: string): Fault {
  return fault(
    'lookup-time-wrong',
    'The time of the access cannot be read.',
    { file, ...(at.line === undefined ? {} : { line: at.line }), record: at.n, field: 'ts' },
    todo ?? 'Write it as 2026-03-04T05:06:07+08:00.',
    1,
  )
}

/** Rows as a source counts them; -1 for anything else. */
export function count(text: string): number {
  const trimmed = text.trim()
  return /^\d{1,15}$/.test(trimmed) ? Number(trimmed) : -1
}

/** A time of ISO 8601, or as `20260303010203.456` in UTC; undefined for anything else. */
export function timeIn(text: string, zone: string | undefined): Moment | undefined {
  const packed = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d{1,6})?$/.exec(text.trim())
  if (packed === null) return parseIso(text.trim(), zone)
  const [, year, month, day, hour, minute, second, part = ''] = packed
  return parseIso(`${year}-${month}-${day}T${hour}:${minute}:${second}${part}Z`)
}
