import type { Batch, ByteSource, Fault, Watch } from '../base/index.ts'
import { readEvents, type EventMemory, type LogEvent, type ReadEventsOptions } from '../events/index.ts'
import type { LogPart } from '../formats/index.ts'
import type { Rule, RuleSet } from '../sigma/index.ts'

/** What a stretch of a log gave. */
export interface Matched {
  readonly events: number
  readonly faults: readonly Fault[]
  /** Events that rules hit, in order, each with its rules by id. */
  readonly hits: readonly { readonly event: LogEvent; readonly rules: readonly Rule[] }[]
}

/** Lines and records of what was read, by which those of the next part are counted on. */
export interface Counts {
  readonly lines: number
  readonly records: number
}

/** Reads a log or a part of it, trying the rules on every event. Lines and records are counted from the beginning of the part. */
export async function* matchLog(options: {
  readonly source: ByteSource
  readonly reading: ReadEventsOptions
  readonly part?: LogPart
  readonly rules: RuleSet
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
    yield { events: batch.records.length, faults: batch.faults, hits: hitsOf(batch, rules) }
  }
}

function hitsOf(batch: Batch<LogEvent>, rules: RuleSet): Matched['hits'] {
  const hits: { event: LogEvent; rules: readonly Rule[] }[] = []
  for (const event of batch.records) {
    const hit = rules.match(event)
    if (hit.length > 0) hits.push({ event, rules: hit })
  }
  return hits
}
