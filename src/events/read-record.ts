import { fault, type ByteSource, type Fault, type Locator } from '../base/index.ts'
import type { EvtxRecord, JsonRecord } from '../formats/index.ts'
import { eventsOfJson, type Decoding } from './decode.ts'
import type { LogEvent } from './event.ts'
import { cutFaults, type Cuts } from './flatten.ts'
import { oracleTimeTodo } from './oracle-time.ts'
import { timeOf } from './time-of.ts'
import { windowsEvent } from './windows.ts'

/** What is kept while the records of one JSON source are read. */
export interface JsonReading {
  readonly file: string
  readonly decoding: Decoding
  /** Whether the fault about two clocks that differ was given; one per source is enough. */
  told: boolean
}

/** The event of a record of a Windows event log. */
export function evtxEvent(record: Pick<EvtxRecord, 'n' | 'fields'>): LogEvent {
  return windowsEvent(record.fields, { kind: 'record', n: record.n }, timeOf(record.fields['TimeCreated']))
}

/** The events of a JSON record, most often one; what limits took away and clocks that differ are added to `faults`. */
export function jsonEvents(record: JsonRecord, reading: JsonReading, faults: Fault[]): readonly LogEvent[] {
  const { file, decoding } = reading
  const cuts: Cuts = { fields: false, chars: false }
  const at: Locator = record.unit === 'line' ? { kind: 'line', n: record.line } : { kind: 'record', n: record.n }
  const events = eventsOfJson(record.value, at, { ...decoding, cuts, clocksApart: () => tellClocks(at, reading, faults) })
  if (cuts.fields || cuts.chars) faults.push(...cutFaults(cuts, { file, ...placeOf(at) }))
  return events
}

/** Notes once for a source that the clock of a record and the one inside it differ. */
export function tellClocks(at: Locator, reading: JsonReading, faults: Fault[]): void {
  if (reading.told) return
  reading.told = true
  const todo =
    'The exporter may have written local time as UTC: compare with another source and give the offset when adding the exhibit.'
  const what = 'The time of the record and the UtcTime inside it differ by more than ten minutes.'
  faults.push(fault('event-clocks', what, { file: reading.file, ...placeOf(at) }, todo, 0))
}

/** The fault of an event without a time. */
export function timeFault(source: ByteSource, { at, product }: Pick<LogEvent, 'at' | 'product'>): Fault {
  const kept = 'The event is kept without a time: it takes part in searches, not in the order of events.'
  const todo = product === 'oracle' ? `${kept} ${oracleTimeTodo}` : kept
  return fault('event-time', 'The record carries no readable time.', { file: source.name, ...placeOf(at) }, todo, 0)
}

function placeOf(at: Locator): { line?: number; record?: number } {
  return at.kind === 'row' ? { record: at.n } : at.kind === 'line' ? { line: at.n } : at.kind === 'record' ? { record: at.n } : {}
}
