import type { Table } from '../store/index.ts'
import type { LogEvent } from './event.ts'

/** The lake's table of events: hot fields as columns, all original fields as a map of text. */
export const eventsTable: Table = {
  name: 'events',
  columns: {
    exhibit: { type: 'LowCardinality(String)', doc: 'SHA-256 of the exhibit the event was read from' },
    member: { type: 'LowCardinality(String)', doc: 'member inside an archive; empty without' },
    unit: { type: 'LowCardinality(String)', doc: 'what n counts in the exhibit: record or line' },
    n: { type: 'UInt64', doc: 'ordinal of the record or line, from 1' },
    time: { type: "DateTime64(6, 'UTC')", doc: 'when it happened; 1970-01-01 when timed is false' },
    timed: { type: 'Bool', doc: 'whether the record carries a readable time between 1990 and 2199' },
    zone: { type: 'LowCardinality(String)', doc: 'how the zone of the time is known: stated, assumed, unknown' },
    host: { type: 'LowCardinality(String)', doc: 'host the event is about, lower case without domain' },
    class: { type: 'LowCardinality(String)', doc: 'what kind of thing happened' },
    product: { type: 'LowCardinality(String)', doc: 'Sigma log source: product' },
    category: { type: 'LowCardinality(String)', doc: 'Sigma log source: category' },
    service: { type: 'LowCardinality(String)', doc: 'Sigma log source: service' },
    channel: { type: 'LowCardinality(String)', doc: 'Windows channel' },
    provider: { type: 'LowCardinality(String)', doc: 'Windows provider' },
    event_id: { type: 'LowCardinality(String)', doc: 'Windows event id' },
    account: { type: 'LowCardinality(String)', doc: 'acting account, lower case' },
    process: { type: 'LowCardinality(String)', doc: 'image of the process' },
    command_line: { type: 'String', doc: 'its command line' },
    parent_process: { type: 'LowCardinality(String)', doc: 'image of its parent' },
    source_ip: { type: 'LowCardinality(String)', doc: 'address the act came from' },
    target_ip: { type: 'LowCardinality(String)', doc: 'address it went to' },
    target_port: { type: 'UInt16', doc: 'port it went to; 0 unknown' },
    bytes_out: { type: 'Int64', doc: 'bytes sent to the peer; -1 not counted' },
    fields: { type: 'Map(LowCardinality(String), String)', doc: 'all original fields, flattened, as text' },
  },
  orderBy: ['host', 'time'],
  mergesUpTo: 2 * 1024 * 1024,
}

/** Times outside these bounds are no times of a log (a clock that was never set, a forged record). */
const earliest = '1990-01-01T00:00:00.000000Z'
const latest = '2200-01-01T00:00:00.000000Z'

/** Whether an event's time can take part in the order of events. */
export function timed(event: LogEvent): boolean {
  return event.time.length === earliest.length && event.time >= earliest && event.time < latest
}

const earliestMicros = Date.parse(earliest) * 1000
const latestMicros = Date.parse(latest) * 1000

/** The same of microseconds since 1970. */
export function timedMicros(micros: number): boolean {
  return micros >= earliestMicros && micros < latestMicros
}
