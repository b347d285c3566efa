import type { Batch, ByteSource, Fault, Watch } from '../base/index.ts'
import { readEvents, type EventMemory, type LogEvent, type ReadEventsOptions } from '../events/index.ts'
import type { LogPart } from '../formats/index.ts'
import type { Rule, RuleSet } from '../sigma/index.ts'
import type { IndicatorSeen } from './indicators-match.ts'

/** What a stretch of a log gave. */
export interface Matched {
  readonly events: number
  /** Records recovered from slack, which `events` does not count. */
  readonly recovered: number
  readonly faults: readonly Fault[]
  /** Events that rules hit, in order, each with its rules by id; those that show an indicator too, where indicators are sought. */
  readonly hits: readonly {
    readonly event: LogEvent
    readonly rules: readonly Rule[]
    readonly seen?: readonly IndicatorSeen[]
  }[]
}

/** Lines and records of what was read, by which those of the next part are counted on. */
export interface Counts {
  readonly lines: number
  readonly records: number
  /** Chunks of a Windows event log with more behind their records: to be read when all parts are. */
  readonly slack?: LogPart['slack']
}

/** Reads a log or a part of it, trying the rules on every event. Lines and records are counted from the beginning of the part. */
export async function* matchLog(options: {
  readonly source: ByteSource
  readonly reading: ReadEventsOptions
  readonly part?: LogPart
  readonly rules: RuleSet
  /** Looks for indicators in an event. */
  readonly seek?: (event: LogEvent) => readonly IndicatorSeen[]
  /** Kept by the caller from one log to the next. */
  readonly memory?: EventMemory
  readonly counted?: (counts: Counts) => void
  readonly watch: Watch
}): AsyncGenerator<Matched> {
  const { source, rules, part, counted } = options
  const how = {
    ...options.reading,
    rows: true,
    ...(options.memory === undefined ? {} : { memory: options.memory }),
    ...(part === undefined ? {} : { part }),
    ...(counted === undefined ? {} : { counted }),
  }
  for await (const batch of readEvents(source, how)) {
    options.watch.signal?.throwIfAborted()
    const events = batch.records.length
    const [first] = batch.records
    // They come in batches of their own.
    const recovered =
      first !== undefined && options.reading.identified?.kind === 'evtx' && first.fields['recovered'] === 'from slack'
    const counted = recovered ? { events: 0, recovered: events } : { events, recovered: 0 }
    yield { ...counted, faults: batch.faults, hits: hitsOf(batch, rules, options.seek) }
  }
}

function hitsOf(batch: Batch<LogEvent>, rules: RuleSet, seek?: (event: LogEvent) => readonly IndicatorSeen[]): Matched['hits'] {
  const hits: Matched['hits'][number][] = []
  for (const event of batch.records) {
    const hit = rules.match(event)
    const seen = seek?.(event) ?? []
    if (hit.length > 0 || seen.length > 0) hits.push({ event, rules: hit, ...(seen.length === 0 ? {} : { seen }) })
  }
  return hits
}
