import { fault, limits, type Fault, type Watch } from '../base/index.ts'
import { coverageMeter, type Coverage as LogCoverage } from '../events/index.ts'
import { tellStories, type Sighting, type StoryAnswer } from '../intrusion/index.ts'
import { compile, type Rule } from '../sigma/index.ts'
import type { Lake } from '../store/index.ts'
import { readLog, type LogSource } from './detect.ts'
import { placeOfItem, type Item } from './items.ts'

/** What the logs gave: stories, how far they reach, and what could not be read. */
export interface LogAnswer {
  readonly stories: StoryAnswer
  /** Over all logs together; `exhibits` of a row are indexes of `items`. */
  readonly coverage: { readonly items: readonly Item[]; readonly rows: readonly LogCoverage[] }
  readonly faults: readonly Fault[]
  /** Faults counted whose text was not kept. */
  readonly unkept: number
}

/** Reads the logs, runs the rules over every event, and tells the stories from the lake. */
export async function readLogs(options: {
  readonly items: readonly Item[]
  readonly rules: readonly Rule[]
  readonly lake: Lake
  readonly zone: string
  readonly watch: Watch
}): Promise<LogAnswer> {
  const { items, lake, watch } = options
  const rules = compile(options.rules)
  const sightings: Sighting[] = []
  const faults: Fault[] = []
  const loads: string[] = []
  const meter = coverageMeter()
  let events = 0
  let unkept = 0
  for (const [index, item] of items.entries()) {
    const reading = await readLog({
      log: logSourceOf(item, options.zone),
      rules,
      lake,
      found: (sighting) => {
        if (sightings.length < limits.detections) sightings.push(sighting)
      },
      see: (seen) => meter.add(seen, index),
      watch,
    })
    events += reading.events
    unkept += reading.faultCount - reading.faults.length
    faults.push(...reading.faults)
    loads.push(reading.load)
  }
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
  const stories = await tellStories({
    engine: lake.engine,
    loads,
    sightings,
    events,
    fileOf: (sha256) => files.get(sha256) ?? sha256,
  })
  return { stories, coverage: { items, rows: meter.result() }, faults, unkept }
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
    ...(item.rule.year === undefined ? {} : { year: item.rule.year }),
  }
}
