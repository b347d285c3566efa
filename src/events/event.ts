import type { Locator, Zone } from '../base/index.ts'

/** What kind of thing happened: names after OCSF 1.9 classes, so that exports need no second mapping. */
export type EventClass =
  | 'process' // Process Activity 1007
  | 'file' // File System Activity 1001
  | 'module' // Module Activity 1005
  | 'registry' // Registry Value Activity (Windows extension)
  | 'network' // Network Activity 4001
  | 'dns' // DNS Activity 4003
  | 'http' // HTTP Activity 4002
  | 'authentication' // Authentication 3002
  | 'account-change' // Account Change 3001
  | 'datastore' // Datastore Activity 6005
  | 'service' // service or scheduled task installed
  | 'log' // the log itself: cleared, stopped
  | 'other'

/** One event of any log source: hot fields typed, all original fields kept as text. */
export interface LogEvent {
  /** Fixed-width UTC with microseconds; '' when the record carries no readable time (a fault says so). */
  readonly time: string
  readonly zone: Zone
  /** Host the event is about, lower case without domain; '' when unknown. */
  readonly host: string
  readonly class: EventClass
  /** Sigma log source: what rules select on. */
  readonly product: string
  readonly category: string
  readonly service: string
  /** Windows channel, provider and event id; '' elsewhere. */
  readonly channel: string
  readonly provider: string
  readonly eventId: string
  /** Acting account as `DOMAIN\name` lower case, or the bare name; '' when the source does not say. */
  readonly account: string
  /** Process image and command line, parent image; '' where not applicable. */
  readonly process: string
  readonly commandLine: string
  readonly parentProcess: string
  /** Address the act came from and where it went; '' when unknown. */
  readonly sourceIp: string
  readonly targetIp: string
  readonly targetPort: number
  /** Bytes sent to the peer, when the source counts them; -1 unknown. */
  readonly bytesOut: number
  /** All original fields, flattened, names and values as the source writes them. */
  readonly fields: Readonly<Record<string, string>>
  /** Where it stands in its exhibit. */
  readonly at: Locator
}

/** An event of which nothing is known yet; what is known is put over it. */
export const blankEvent: LogEvent = {
  time: '',
  zone: 'unknown',
  host: '',
  class: 'other',
  product: '',
  category: '',
  service: '',
  channel: '',
  provider: '',
  eventId: '',
  account: '',
  process: '',
  commandLine: '',
  parentProcess: '',
  sourceIp: '',
  targetIp: '',
  targetPort: 0,
  bytesOut: -1,
  fields: {},
  at: { kind: 'whole' },
}
