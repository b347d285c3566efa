import { limits, type Batch, type ByteSource, type Fault, type Watch } from '../base/index.ts'
import type { Cite } from '../evidence/index.ts'
import { eventsTable, loadEvents, readEvents, type EventMemory, type LogEvent, type ReadEventsOptions } from '../events/index.ts'
import type { Identified } from '../formats/index.ts'
import type { Sighting } from '../intrusion/index.ts'
import { attackOf, type Rule, type RuleSet } from '../sigma/index.ts'
import type { Lake } from '../store/index.ts'

/** A log to be read: bytes, what they are, and how the reader is helped. */
export interface LogSource {
  readonly source: ByteSource
  readonly identified: Identified
  readonly sha256: string
  readonly file: string
  readonly member?: string
  readonly host?: string
  readonly zone?: string
  readonly prefix?: string
  /** Format string of a web server's log. */
  readonly logFormat?: string
  /** Name of a source map or reader by which it is read, whatever it looks like. */
  readonly format?: string
  /** Year of the first record, or the latest day the log can hold, for times that state no year. */
  readonly year?: number
  readonly until?: string
}

/** What one log gave. */
export interface LogReading {
  readonly events: number
  readonly faultCount: number
  readonly faults: readonly Fault[]
  /** Id of the load that holds its events. */
  readonly load: string
}

/** Reads one log once: every event meets the rules, and goes into the lake when that has not got it yet. */
export async function readLog(options: {
  readonly log: LogSource
  readonly rules: RuleSet
  readonly lake: Lake
  /** What earlier logs taught about the layout of records. */
  readonly memory: EventMemory
  readonly found: (sighting: Sighting) => void
  /** Sees every rule that matched, those included that are only part of correlations. */
  readonly met?: (rule: Rule, event: LogEvent) => void
  /** Sees every event once, in the order of the log. */
  readonly see: (events: readonly LogEvent[]) => void
  /** Called once the log is read: what is left is storing. */
  readonly read?: () => void
  readonly watch: Watch
}): Promise<LogReading> {
  const { log, rules, lake, found, watch } = options
  let seen = 0
  const see = (events: readonly LogEvent[]): void => {
    watch.signal?.throwIfAborted()
    seen += events.length
    watch.report?.({ step: `reading ${log.file}`, done: seen, unit: 'events' })
    options.see(events)
    for (const event of events)
      for (const rule of rules.match(event)) {
        options.met?.(rule, event)
        if (rule.quiet !== true) found(sightingOf(rule, event, log))
      }
  }
  const batches = (): AsyncIterable<Batch<LogEvent>> =>
    readEvents(log.source, { ...readingOf(log, watch), rows: true, memory: options.memory })
  const key = `events:${log.sha256}:${log.member ?? ''}:${log.host ?? ''}:${log.zone ?? ''}:${log.prefix ?? ''}${log.logFormat === undefined && log.year === undefined ? '' : `:${log.logFormat ?? ''}:${log.year ?? ''}`}${log.format === undefined ? '' : `:as ${log.format}`}`
  let reading: Omit<LogReading, 'load'> | undefined
  const { id } = await lake.load({ key, tables: [eventsTable] }, async (writer) => {
    const exhibit = { sha256: log.sha256, ...(log.member === undefined ? {} : { member: log.member }) }
    const { memory, read } = options
    const how = { faultsKept: limits.faultsKept, see, memory, ...(read === undefined ? {} : { read }) }
    const loaded = await loadEvents({ writer, batches: batches(), exhibit, ...how })
    reading = { events: loaded.events, faultCount: loaded.faults, faults: loaded.kept }
  })
  return { ...(reading ?? (await scan(batches(), see))), load: id }
}

async function scan(
  batches: AsyncIterable<Batch<LogEvent>>,
  see: (events: readonly LogEvent[]) => void,
): Promise<Omit<LogReading, 'load'>> {
  const faults: Fault[] = []
  let events = 0
  let faultCount = 0
  for await (const batch of batches) {
    events += batch.records.length
    faultCount += batch.faults.length
    for (const one of batch.faults) if (faults.length < limits.faultsKept) faults.push(one)
    see(batch.records)
  }
  return { events, faultCount, faults }
}

/** How the events room is told to read a log. */
export function readingOf(log: LogSource, watch: Watch): ReadEventsOptions {
  return {
    identified: log.identified,
    ...(log.zone === undefined ? {} : { zone: log.zone }),
    ...(log.host === undefined ? {} : { host: log.host }),
    ...(log.prefix === undefined ? {} : { prefix: log.prefix }),
    ...(log.logFormat === undefined ? {} : { logFormat: log.logFormat }),
    ...(log.format === undefined ? {} : { format: log.format }),
    ...(log.year === undefined ? {} : { year: log.year }),
    ...(log.until === undefined ? {} : { until: log.until }),
    ...(watch.signal === undefined ? {} : { watch: { signal: watch.signal } }),
  }
}

/** The cite of an event of a log. */
export function eventCite(
  event: Pick<LogEvent, 'at'>,
  log: Pick<LogSource, 'sha256' | 'file' | 'member'>,
): Extract<Cite, { kind: 'exhibit' }> {
  return {
    kind: 'exhibit',
    sha256: log.sha256,
    file: log.file,
    ...(log.member === undefined ? {} : { member: log.member }),
    at: event.at,
  }
}

function sightingOf(rule: Rule, event: LogEvent, log: LogSource): Sighting {
  const { tactics, techniques, software } = attackOf(rule.tags)
  return {
    time: event.time,
    host: event.host,
    account: event.account,
    sourceIp: event.sourceIp,
    rule: rule.id,
    title: rule.title,
    level: rule.level,
    tactics,
    techniques,
    software,
    eventClass: event.class,
    process: event.process,
    commandLine: event.commandLine,
    parentProcess: event.parentProcess,
    bytesOut: event.bytesOut,
    cite: eventCite(event, log),
  }
}
