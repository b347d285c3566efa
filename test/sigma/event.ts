import { blankEvent, type LogEvent } from '../../src/events/index.ts'
import type { LogSource } from '../../src/sigma/index.ts'

/** An event with the parts a test cares about. */
export function eventOf(source: Partial<LogSource>, fields: Readonly<Record<string, string>>): LogEvent {
  return {
    ...blankEvent,
    time: '2026-11-22T10:00:00.000000Z',
    zone: 'stated',
    host: 'web-01',
    ...source,
    eventId: fields['EventID'] ?? '',
    fields,
    at: { kind: 'record', n: 1 },
  }
}
