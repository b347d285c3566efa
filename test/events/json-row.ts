import type { LogEvent } from '../../src/events/event.ts'
import { timed } from '../../src/events/events-table.ts'

/** The row of an event as JSON takes it; `exhibit` is the hash of the bytes it was read from. */
export function eventRow(event: LogEvent, exhibit: string, member: string): Readonly<Record<string, unknown>> {
  const known = timed(event)
  return {
    exhibit,
    member,
    unit: event.at.kind,
    n: event.at.kind === 'record' || event.at.kind === 'line' || event.at.kind === 'row' ? event.at.n : 0,
    time: known ? `${event.time.slice(0, 10)} ${event.time.slice(11, 26)}` : '1970-01-01 00:00:00.000000',
    timed: known,
    zone: event.zone,
    host: event.host,
    class: event.class,
    product: event.product,
    category: event.category,
    service: event.service,
    channel: event.channel,
    provider: event.provider,
    event_id: event.eventId,
    account: event.account,
    process: event.process,
    command_line: event.commandLine,
    parent_process: event.parentProcess,
    source_ip: event.sourceIp,
    target_ip: event.targetIp,
    target_port: event.targetPort,
    bytes_out: event.bytesOut,
    fields: event.fields,
  }
}
