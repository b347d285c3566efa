import { fault, type Batch, type ByteSource, type Fault, type Locator, type Watch } from '../base/index.ts'
import {
  identify,
  readAccessLog,
  readEvtx,
  readJson,
  readPgAudit,
  type EvtxRecord,
  type Identified,
  type JsonRecord,
} from '../formats/index.ts'
import { accessEvent } from './access.ts'
import { datastoreEvent } from './datastore.ts'
import type { LogEvent } from './event.ts'
import { cutFaults, flatten, type Cuts } from './flatten.ts'
import { genericEvent } from './generic.ts'
import { timeOf } from './time-of.ts'
import { windowsEvent } from './windows.ts'
import { windowsRecord } from './windows-json.ts'

export interface ReadEventsOptions {
  /** What `identify` said, when the caller knows it already. */
  readonly identified?: Identified
  /** Zone of times that state none: an offset such as `+08:00`, or an IANA name. */
  readonly zone?: string
  /** Host of a source that does not name it (most access logs). */
  readonly host?: string
  /** `log_line_prefix` of a PostgreSQL log. */
  readonly prefix?: string
  readonly watch?: Watch
}

/**
 * The events of a log in any format read here (Windows event log, JSON, web access log, PostgreSQL log with pgAudit), in the order of the source, with
 * the faults met. Every event cites its place in `at`; one without a readable time has '' and a fault. A source of
 * another format gives one fault that says what was seen.
 */
export async function* readEvents(source: ByteSource, options: ReadEventsOptions = {}): AsyncGenerator<Batch<LogEvent>> {
  const identified = options.identified ?? (await identify(source))
  const watched = options.watch === undefined ? {} : { watch: options.watch }
  const { kind } = identified
  if (kind === 'evtx') {
    for await (const batch of readEvtx(source, watched)) yield map(source, batch, ofEvtx)
  } else if (kind === 'jsonl') {
    const reading: JsonReading = { file: source.name, options, told: false }
    for await (const batch of readJson(source, watched))
      yield map(source, batch, (record, faults) => ofJson(record, reading, faults))
  } else if (kind === 'access-log') {
    for await (const batch of readAccessLog(source, watched))
      yield map(source, batch, (record) => accessEvent(record, options.host))
  } else if (kind === 'pgaudit') {
    const { prefix, zone } = options
    const how = { ...watched, ...(prefix === undefined ? {} : { prefix }), ...(zone === undefined ? {} : { zone }) }
    for await (const batch of readPgAudit(source, how)) yield map(source, batch, (record) => datastoreEvent(record, options.host))
  } else {
    const todo =
      identified.todo ?? 'Give logs as EVTX, JSON lines or an access log; tell the role of other files in the case file.'
    yield {
      records: [],
      faults: [fault('log-format', `The file is no log that is read here: ${identified.seen}.`, { file: source.name }, todo)],
    }
  }
}

interface JsonReading {
  readonly file: string
  readonly options: ReadEventsOptions
  /** Whether the fault about two clocks that differ was given; one per source is enough. */
  told: boolean
}

function map<R>(source: ByteSource, batch: Batch<R>, toEvent: (record: R, faults: Fault[]) => LogEvent): Batch<LogEvent> {
  const faults = [...batch.faults]
  const records: LogEvent[] = []
  for (const record of batch.records) {
    const event = toEvent(record, faults)
    if (event.time === '') {
      const todo = 'The event is kept without a time: it takes part in searches, not in the order of events.'
      faults.push(
        fault('event-time', 'The record carries no readable time.', { file: source.name, ...placeOf(event.at) }, todo, 0),
      )
    }
    records.push(event)
  }
  return { records, faults }
}

function ofEvtx(record: EvtxRecord): LogEvent {
  return windowsEvent(record.fields, { kind: 'record', n: record.n }, timeOf(record.fields['TimeCreated']))
}

function ofJson(record: JsonRecord, reading: JsonReading, faults: Fault[]): LogEvent {
  const { file, options } = reading
  const cuts: Cuts = { fields: false, chars: false }
  const at: Locator = record.unit === 'line' ? { kind: 'line', n: record.line } : { kind: 'record', n: record.n }
  const windows = windowsRecord(record.value, cuts, options.zone)
  const event =
    windows === undefined
      ? genericEvent(flatten(record.value, cuts), at, options.zone)
      : windowsEvent(windows.fields, at, windows.moment)
  if (windows?.clocksApart === true && !reading.told) {
    reading.told = true
    const todo =
      'The exporter may have written local time as UTC: compare with another source and give the offset when adding the exhibit.'
    faults.push(
      fault(
        'event-clocks',
        'The time of the record and the UtcTime inside it differ by more than ten minutes.',
        { file, ...placeOf(at) },
        todo,
        0,
      ),
    )
  }
  if (cuts.fields || cuts.chars) faults.push(...cutFaults(cuts, { file, ...placeOf(at) }))
  return event.host === '' && options.host !== undefined ? { ...event, host: options.host.toLowerCase() } : event
}

function placeOf(at: Locator): { line?: number; record?: number } {
  return at.kind === 'line' ? { line: at.n } : at.kind === 'record' ? { record: at.n } : {}
}
