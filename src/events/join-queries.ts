import type { Batch } from '../base/index.ts'
import type { LogEvent } from './event.ts'

/** Starts of queries that wait for their end. */
const openMost = 100_000

/**
 * One event for each query where a database logs its start and its end (ClickHouse's system.query_log, joined by
 * `query_id`): the row of the end, which has the same start time. A start without an end stays: the query ran on, or the
 * server stopped.
 */
export async function* joinedQueries(batches: AsyncIterable<Batch<LogEvent>>): AsyncGenerator<Batch<LogEvent>> {
  const open = new Map<string, LogEvent>()
  for await (const batch of batches) {
    if (!batch.records.some(isQuery)) {
      yield batch
      continue
    }
    const records: LogEvent[] = []
    for (const event of batch.records) {
      const id = isQuery(event) ? (event.fields['query_id'] ?? '') : ''
      const starts = event.eventId === 'QueryStart' || event.eventId === '1'
      if (id === '' || !starts) {
        if (id !== '') open.delete(id)
        records.push(event)
        continue
      }
      open.set(id, event)
      const [oldest] = open
      if (open.size > openMost && oldest !== undefined) {
        records.push(oldest[1])
        open.delete(oldest[0])
      }
    }
    yield { records, faults: batch.faults }
  }
  if (open.size > 0) yield { records: [...open.values()], faults: [] }
}

function isQuery(event: LogEvent): boolean {
  return event.service === 'query_log' && event.product === 'clickhouse'
}
