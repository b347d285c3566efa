import { fault, type Batch, type ByteSource, type Fault, type Watch } from '../base/index.ts'
import { identify, readAccessLog, readEvtx, readJson, readPgLog, type Identified, type LogPart } from '../formats/index.ts'
import { accessEvent } from './access.ts'
import { databaseLoginEvent, datastoreEvent } from './datastore.ts'
import type { LogEvent } from './event.ts'
import type { EventMemory } from './event-memory.ts'
import { anchorOf, LogClock, type ClockAnchor } from './clock.ts'
import type { Decoding } from './decode.ts'
import { joinedQueries } from './join-queries.ts'
import { blockEvents, headedEvents, lineEvents, tableEvents, utmpEvents, yearFault } from './read-log.ts'
import { evtxEvent, jsonEvents, timeFault, type JsonReading } from './read-record.ts'
import { evtxRowEvents, jsonRowEvents } from './read-rows.ts'
import { namedFormat } from './named-format.ts'
import { recogniseSource } from './sources/all.ts'

export interface ReadEventsOptions {
  /** What `identify` said, when the caller knows it already. */
  readonly identified?: Identified
  /** Zone of times that state none: an offset such as `+08:00`, or an IANA name. */
  readonly zone?: string
  /** Host of a source that does not name it (most access logs). */
  readonly host?: string
  /** `log_line_prefix` of a PostgreSQL log. */
  readonly prefix?: string
  /** Format string of a web server's access log (Apache `LogFormat`, nginx `log_format`); the source is then read as one. */
  readonly logFormat?: string
  /** Name of a source map or reader (`formatNames`) as which the source is read, whatever its content looks like. */
  readonly format?: string
  /** Year of the first record, for logs whose times state none. */
  readonly year?: number
  /** Date of the file (ISO), which tells the year where nothing in the log does. */
  readonly until?: string
  /** Records of Windows event logs and JSON lines decoded only where asked: quicker for who looks at few fields. Faults inside text that nobody reads are then not met. */
  readonly rows?: boolean
  /** With `rows`: reads only this part (of `partsOf`); lines and records are counted from its beginning. */
  readonly part?: LogPart
  /** What `anchorIn` said of the whole source, so that its head is not read again for each part. */
  readonly anchored?: { readonly anchor: ClockAnchor | undefined }
  /** With `rows`: what earlier logs taught about layouts; quicker for who reads many. */
  readonly memory?: EventMemory
  /** With `rows`: told at the end, lines and records met. */
  readonly counted?: (counts: { readonly lines: number; readonly records: number; readonly slack?: LogPart['slack'] }) => void
  readonly watch?: Watch
}

/**
 * The events of a log in any format read here (Windows event log, JSON, log lines, tables, PostgreSQL log with pgAudit; see README.md), in the order of
 * the source, with the faults met. Every event cites its place in `at`; one without a readable time has '' and a fault. A source of
 * another format gives one fault that says what was seen.
 */
export async function* readEvents(source: ByteSource, options: ReadEventsOptions = {}): AsyncGenerator<Batch<LogEvent>> {
  const content = options.identified ?? (await identify(source))
  const named = options.format === undefined ? undefined : namedFormat(options.format, content)
  const identified = named?.identified ?? content
  const only = named?.only === undefined ? {} : { only: named.only }
  const events = eachEvent(source, { ...options, ...only, identified })
  yield* identified.kind === 'evtx' ? events : joinedQueries(events)
}

type Reading = ReadEventsOptions & Pick<Decoding, 'only'> & { readonly identified: Identified }

async function* eachEvent(source: ByteSource, options: Reading): AsyncGenerator<Batch<LogEvent>> {
  const { identified, only } = options
  const watched = options.watch === undefined ? {} : { watch: options.watch }
  const { logFormat } = options
  const kind = logFormat === undefined ? identified.kind : 'access-log'
  if (kind === 'evtx' && options.rows === true) {
    yield* evtxRowEvents(source, options)
  } else if (kind === 'evtx') {
    for await (const batch of readEvtx(source, watched)) yield map(source, batch, evtxEvent)
  } else if (kind === 'jsonl') {
    const decoding = await decodingOf(source, options)
    const reading: JsonReading = { file: source.name, decoding, told: false }
    if (options.rows === true && only === undefined) yield* jsonRowEvents(source, reading, options)
    else
      for await (const batch of readJson(source, watched))
        yield map(source, batch, (record, faults) => jsonEvents(record, reading, faults), decoding.clock)
    const year = yearFault(decoding.clock.yearFrom, source)
    if (year !== undefined) yield { records: [], faults: [year] }
  } else if (kind === 'log') {
    const program = identified.app === undefined ? {} : { program: identified.app }
    const decoding = { ...(await decodingOf(source, options)), ...watched, ...program }
    const reader = { lines: lineEvents, headed: headedEvents, table: tableEvents, blocks: blockEvents, utmp: utmpEvents }[
      identified.records ?? identified.log ?? 'lines'
    ]
    for await (const batch of reader(source, decoding)) yield map(source, batch, (event) => event, decoding.clock)
    const year = yearFault(decoding.clock.yearFrom, source)
    if (year !== undefined) yield { records: [], faults: [year] }
  } else if (kind === 'access-log') {
    const how = { ...watched, ...(logFormat === undefined ? {} : { format: logFormat }) }
    for await (const batch of readAccessLog(source, how)) yield map(source, batch, (record) => accessEvent(record, options.host))
  } else if (kind === 'pgaudit') {
    const { prefix, zone } = options
    const how = { ...watched, ...(prefix === undefined ? {} : { prefix }), ...(zone === undefined ? {} : { zone }) }
    for await (const batch of readPgLog(source, how))
      yield map(source, batch, (record) =>
        'login' in record ? databaseLoginEvent(record, options.host) : datastoreEvent(record, options.host),
      )
  } else {
    const todo =
      identified.todo ??
      'Give logs as EVTX, JSON lines, text or CSV of a known source (docs/commands.md); tell the role of other files in the case file.'
    yield {
      records: [],
      faults: [fault('log-format', `The file is no log that is read here: ${identified.seen}.`, { file: source.name }, todo)],
    }
  }
}

/** What the beginning of a source tells of its times: for `anchored`, when its parts are read one by one. */
export async function anchorIn(
  source: ByteSource,
  options: Pick<ReadEventsOptions, 'until'>,
): Promise<{ readonly anchor: ClockAnchor | undefined }> {
  return { anchor: anchorOf({ ...options, name: source.name, head: await headOf(source) }) }
}

async function headOf(source: ByteSource): Promise<string> {
  return Buffer.from(await source.slice(0, 65_536)).toString('utf8')
}

async function decodingOf(source: ByteSource, options: Reading): Promise<Decoding> {
  const { zone, year, until, host, only } = options
  const head = options.anchored ?? (await headOf(source))
  const clock = new LogClock({
    name: source.name,
    head,
    ...(zone === undefined ? {} : { zone }),
    ...(year === undefined ? {} : { year }),
    ...(until === undefined ? {} : { until }),
  })
  return { recognise: recogniseSource, clock, zone, host, ...(only === undefined ? {} : { only }) }
}

function map<R>(
  source: ByteSource,
  batch: Batch<R>,
  toEvent: (record: R, faults: Fault[]) => LogEvent | readonly LogEvent[],
  clock?: LogClock,
): Batch<LogEvent> {
  const faults = [...batch.faults]
  const records: LogEvent[] = []
  for (const event of batch.records.flatMap((record) => toEvent(record, faults))) {
    // Where no year is known, one fault says so for the source.
    if (event.time === '' && clock?.yearFrom !== '') faults.push(timeFault(source, event))
    records.push(event)
  }
  return { records, faults }
}
