import { fault, limits, overlapped, type Fault, type Watch } from '../base/index.ts'
import { coverageMeter, EventMemory, type Coverage as LogCoverage } from '../events/index.ts'
import { besideFacts, tellStories, type Sighting, type StoryAnswer } from '../intrusion/index.ts'
import type { Entry } from '../inventory/index.ts'
import { attackOf, compile, quietRules, type LoadedRules } from '../sigma/index.ts'
import type { Lake } from '../store/index.ts'
import { attributeStory, type StoryAttribution } from './attribute-story.ts'
import { HitsToCorrelate, leftOut } from './correlate-hits.ts'
import { readLog, type LogSource } from './detect.ts'
import { placeOfItem, type Item } from './items.ts'

/** What the logs gave: stories, how far they reach, and what could not be read. */
export interface LogAnswer {
  readonly stories: StoryAnswer
  readonly attribution?: StoryAttribution
  /** Over all logs together; `exhibits` of a row are indexes of `items`. */
  readonly coverage: { readonly items: readonly Item[]; readonly rows: readonly LogCoverage[] }
  /** What the stories rest on: loads of events, and detections. */
  readonly loads: readonly string[]
  readonly sightings: readonly Sighting[]
  readonly faults: readonly Fault[]
  /** Faults counted whose text was not kept. */
  readonly unkept: number
}

/** Reads the logs, runs the rules over every event and the correlations over their hits, and tells the stories from the lake. */
export async function readLogs(options: {
  readonly items: readonly Item[]
  readonly rules: Pick<LoadedRules, 'rules' | 'correlations'>
  readonly lake: Lake
  readonly zone: string
  /** The estate, whose data objects the stories are joined to. */
  readonly inventory?: readonly Entry[]
  /** Report that made the case public. */
  readonly knownFrom?: string
  readonly watch: Watch
}): Promise<LogAnswer> {
  const { items, lake, watch } = options
  const { correlations } = options.rules
  const rules = compile(options.rules.rules)
  const hits = new HitsToCorrelate(correlations)
  const sightings: Sighting[] = []
  const faults: Fault[] = []
  const loads: string[] = []
  const meter = coverageMeter()
  const memory = new EventMemory()
  let events = 0
  let unkept = 0
  const found = (sighting: Sighting): void => {
    if (sightings.length < limits.detections) sightings.push(sighting)
  }
  // One log is read while the last of the one before is stored; those before it are read for facts.
  const readings = await besideFacts({ lake, watch }, (committed) =>
    overlapped(items, async (item, read, index) => {
      const log = logSourceOf(item, options.zone)
      const reading = await readLog({
        log,
        rules,
        lake,
        memory,
        found,
        met: (rule, event) => hits.add(rule, event, log),
        see: (seen) => meter.add(seen, index),
        read,
        watch,
      })
      committed(reading.load, reading.events)
      return reading
    }),
  )
  for (const reading of readings) {
    events += reading.events
    unkept += reading.faultCount - reading.faults.length
    faults.push(...reading.faults)
    loads.push(reading.load)
  }
  watch.report?.({ step: 'correlating', done: sightings.length, unit: 'detections' })
  faults.push(...leftOut(hits.finish(quietRules(correlations), (one, at) => found(sightingOf(one, at)))))
  if (sightings.length >= limits.detections)
    faults.push(
      fault(
        'too-many-detections',
        `more than ${limits.detections} detections; the rest is not joined into stories`,
        { file: 'rules' },
        'leave out the rules that fire most, or investigate a shorter period',
      ),
    )
  watch.report?.({ step: 'joining the story', done: sightings.length, unit: 'detections' })
  const files = new Map(items.map((item) => [item.sha256, item.file]))
  const fileOf = (sha256: string): string => files.get(sha256) ?? sha256
  const { inventory = [] } = options
  const stories = await tellStories({ lake, loads, sightings, events, inventory, fileOf, watch })
  const rows = meter.result()
  const attribution = attributeStory({
    stories,
    sightings,
    coverage: rows,
    ...(options.knownFrom === undefined ? {} : { report: options.knownFrom }),
  })
  return {
    stories,
    ...(attribution === undefined ? {} : { attribution }),
    coverage: { items, rows },
    loads,
    sightings,
    faults,
    unkept,
  }
}

/** A correlation in a story: where its condition first held (who acted there, where its events do not agree), with the events it rests on. */
function sightingOf(...[one, at]: Parameters<Parameters<HitsToCorrelate['finish']>[1]>): Sighting {
  const { time, rule, title, level, tags, cite, correlation } = one
  return {
    time,
    host: one.host || at.host,
    account: one.account || at.account,
    sourceIp: at.sourceIp,
    rule,
    title,
    level,
    ...attackOf(tags),
    eventClass: '',
    process: '',
    commandLine: '',
    parentProcess: '',
    bytesOut: -1,
    cite,
    restsOn: { events: correlation.count, cites: correlation.events },
  }
}

/** How an item is read as a log: its own rule first, then the zone of the case. */
export function logSourceOf(item: Item, zone: string): LogSource {
  const assumed = item.rule.zone ?? zone
  return {
    source: item.source,
    identified: item.identified,
    ...placeOfItem(item),
    ...(item.rule.host === undefined ? {} : { host: item.rule.host }),
    ...(assumed === '' ? {} : { zone: assumed }),
    ...(item.rule.log_line_prefix === undefined ? {} : { prefix: item.rule.log_line_prefix }),
    ...(item.rule.log_format === undefined ? {} : { logFormat: item.rule.log_format }),
    ...(item.rule.format === undefined ? {} : { format: item.rule.format }),
    ...(item.rule.year === undefined ? {} : { year: item.rule.year }),
  }
}
