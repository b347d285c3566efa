import type { RecordRow, RowLayout } from '../formats/index.ts'
import type { LogEvent } from './event.ts'

/** Names of an event's fields by position; the events of one source and record layout share the object. */
export interface FieldLayout extends RowLayout {
  /** The place of a name; of two with one name, the one that counts. */
  readonly at: ReadonlyMap<string, number>
}

/** The fields of an event, decoded only when asked for. */
export interface FieldRow extends Omit<RecordRow, 'isString'> {
  readonly layout: FieldLayout
  /** Whether some of the values stand in no field of the record, but are worked out of several. */
  readonly derived: boolean
}

/** Members that are worked out of fields. */
export const workedMembers = [
  'host',
  'provider',
  'account',
  'process',
  'commandLine',
  'parentProcess',
  'sourceIp',
  'targetIp',
  'targetPort',
] as const satisfies readonly (keyof LogEvent)[]
export type WorkedMember = (typeof workedMembers)[number]

/** An event whose fields can be read one by one. Everything else of `LogEvent` is worked out on first use. */
export interface RowEvent extends LogEvent {
  readonly row: FieldRow
  /** Microseconds since 1970 where the event surely has a time that states its zone; otherwise NaN, and `time` and `zone` tell. */
  readonly micros: number
  /** A member, and in `places` those of the values that it was worked out of: it is the same as long as they are. */
  worked<M extends WorkedMember>(member: M, places: number[]): LogEvent[M]
}

const columns = [
  'time',
  'zone',
  'host',
  'class',
  'product',
  'category',
  'service',
  'channel',
  'provider',
  'eventId',
  'account',
  'process',
  'commandLine',
  'parentProcess',
  'sourceIp',
  'targetIp',
  'targetPort',
  'bytesOut',
  'fields',
  'at',
] as const satisfies readonly (keyof LogEvent)[]

/** The event as plain data, everything worked out. */
export function wholeEvent(event: LogEvent): LogEvent {
  return Object.fromEntries(columns.map((name) => [name, event[name]])) as unknown as LogEvent
}
