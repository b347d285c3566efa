import { fault, type Batch, type ByteSource, type Fault, type Watch } from '../base/index.ts'
import { readEvtxRows, readJsonRows, type EvtxRow, type JsonRecord, type JsonRow, type LogPart } from '../formats/index.ts'
import type { LogEvent } from './event.ts'
import { EventMemory } from './event-memory.ts'
import { evtxEvent, jsonEvents, tellClocks, timeFault, type JsonReading } from './read-record.ts'
import { WindowsRows } from './windows-row.ts'

interface RowOptions {
  readonly zone?: string
  readonly host?: string
  readonly part?: LogPart
  readonly memory?: EventMemory
  readonly counted?: (counts: { readonly lines: number; readonly records: number; readonly slack?: LogPart['slack'] }) => void
  readonly watch?: Watch
}

/** The events of JSON lines; Windows events with a time of their own are decoded only where asked. */
export async function* jsonRowEvents(
  source: ByteSource,
  reading: JsonReading,
  options: RowOptions,
): AsyncGenerator<Batch<LogEvent>> {
  const memory = options.memory ?? new EventMemory()
  const rows = new WindowsRows(options.zone, options.host?.toLowerCase() ?? '', memory.forms)
  for await (const batch of readJsonRows(source, { ...options, memory })) {
    const faults = [...batch.faults]
    const records: LogEvent[] = []
    for (const record of batch.records) {
      const quick = 'layout' in record ? rows.event(record) : undefined
      // Times of other kinds, and none, are the careful way's matter.
      if (quick !== undefined && (quick.surelyTimed || quick.zone === 'stated')) {
        if (!reading.told && !quick.clocksAgree && quick.clocksApart) tellClocks(quick.at, reading, faults)
        records.push(quick)
        continue
      }
      const careful = 'layout' in record ? carefully(record) : record
      if (careful === undefined) {
        faults.push(notWellFormed(source, record))
        continue
      }
      for (const event of jsonEvents(careful, reading, faults)) {
        // Where no year is known, one fault says so for the source.
        if (event.time === '' && reading.decoding.clock.yearFrom !== '') faults.push(timeFault(source, event))
        records.push(event)
      }
    }
    // In the order of the lines, however many of them a batch holds.
    if (faults.length > 1) faults.sort((a, b) => (a.where.line ?? 0) - (b.where.line ?? 0))
    yield { records, faults }
  }
}

/** The events of a Windows event log, decoded only where asked. */
export async function* evtxRowEvents(source: ByteSource, options: RowOptions): AsyncGenerator<Batch<LogEvent>> {
  const memory = options.memory ?? new EventMemory()
  const rows = new WindowsRows(undefined, '', memory.forms)
  for await (const batch of readEvtxRows(source, { ...options, memory })) {
    const faults = [...batch.faults]
    const records = batch.records.map((record): LogEvent => {
      const quick = 'layout' in record ? rows.event(record) : undefined
      const event = quick ?? evtxEvent('layout' in record ? { n: record.n, fields: fieldsOf(record) } : record)
      if (quick?.surelyTimed !== true && event.time === '') faults.push(timeFault(source, event))
      return event
    })
    yield { records, faults }
  }
}

function fieldsOf(row: EvtxRow): Record<string, string> {
  return Object.fromEntries(row.layout.names.map((name, at) => [name, row.text(at)]))
}

function carefully(row: JsonRow): JsonRecord | undefined {
  const value = row.value()
  return value === undefined ? undefined : { n: row.n, line: row.line, unit: row.unit, value }
}

function notWellFormed(source: ByteSource, { line, n }: { readonly line: number; readonly n: number }): Fault {
  const todo = 'It was passed over; look at it in the original. What follows was read.'
  return fault('json-syntax', 'The value is no well-formed JSON.', { file: source.name, line, record: n }, todo, 1)
}
