import { statSync } from 'node:fs'
import { limits, UserError, unreachable, type Fault, type Watch } from '../base/index.ts'
import { readEvents, type LogEvent } from '../events/index.ts'
import { detectionOf, explain, quietRules, type Explanation, type LoadedRules, type NotLoaded } from '../sigma/index.ts'
import type { Cite } from '../evidence/index.ts'
import { HitsToCorrelate, leftOut, type CorrelatedSummary } from './correlate-hits.ts'
import { eventCite, readingOf, type LogSource } from './detect.ts'
import { explainCorrelation, rulesBehind } from './explain-correlation.ts'
import type { FoundDetection } from './found-detection.ts'
import type { Item } from './items.ts'
import { checkFormatName } from './format-name.ts'
import { looseFiles, type RoleChooser, type Skipped } from './loose-files.ts'
import { loosePlaceText, readLoosePlace } from './loose-place.ts'
import { matchItems } from './match-items.ts'
import { MatchPool } from './match-pool.ts'
import { logSourceOf } from './read-logs.ts'
import { readRules, type RuleSettings } from './rule-files.ts'

/** What `detect` read and did not read. */
export interface DetectSummary {
  readonly events: number
  /** Records recovered from the slack of Windows event logs, which `events` does not count. */
  readonly recovered: number
  readonly bytes: number
  readonly files: number
  /** Rule documents seen, loaded, and not loaded with the reason. */
  readonly rules: number
  readonly loaded: number
  readonly notLoaded: readonly NotLoaded[]
  /** Correlations and filters loaded; `correlated` says what hits were correlated, when there are correlations. */
  readonly correlations: number
  readonly filters: number
  readonly correlated?: CorrelatedSummary
  readonly detections: number
  readonly byLevel: Readonly<Record<string, number>>
  readonly faults: number
  readonly faultCodes: Readonly<Record<string, number>>
  readonly faultList: readonly Fault[]
  readonly sources: readonly {
    readonly file: string
    readonly member?: string
    readonly sha256: string
    readonly kind: string
    readonly events: number
    readonly recovered?: number
    readonly faults: number
  }[]
  /** Files in the folders given that are no logs. */
  readonly skipped: readonly Omit<Skipped, 'kind'>[]
}

/**
 * Runs rules over logs; every detection goes to `found` as it is met, in order of path, record and rule id, those of correlations
 * at the end, in order of time. Stores nothing.
 */
export async function detectFiles(
  options: {
    readonly paths: readonly string[]
    readonly rules: readonly string[]
    readonly zone?: string
    readonly year?: number
    readonly logFormat?: string
    /** Name of a source map or reader: every file given is read by it. */
    readonly format?: string
    /** At most so many threads; one for each core without it. The answer is the same. */
    readonly threads?: number
    readonly found: (detection: FoundDetection) => void
    readonly watch: Watch
  } & RuleSettings,
): Promise<DetectSummary> {
  if (options.format !== undefined) checkFormatName(options.format, '--format')
  return runRules({ ...options, load: () => readRules(options.rules, options) })
}

async function runRules(options: {
  readonly paths: readonly string[]
  /** Called once the files are known and threads are starting. */
  readonly load: () => Promise<LoadedRules>
  readonly zone?: string
  readonly year?: number
  readonly logFormat?: string
  readonly format?: string
  readonly threads?: number
  readonly found: (detection: FoundDetection) => void
  readonly watch: Watch
}): Promise<DetectSummary> {
  const { watch } = options
  const files = await looseFiles({ paths: options.paths, role: roleIn(options), watch })
  const pool = MatchPool.for(files.bytes, options.threads)
  const { rules, correlations, filters, notLoaded } = await options.load().catch(async (error: unknown) => {
    await Promise.all([pool?.close(), files.release()])
    throw error
  })
  const hits = correlations.length === 0 ? undefined : new HitsToCorrelate(correlations)
  const faults = new FaultCount()
  const skipped: Omit<Skipped, 'kind'>[] = []
  const sources: DetectSummary['sources'][number][] = []
  const byLevel: Record<string, number> = {}
  let events = 0
  let recovered = 0
  let bytes = 0
  let detections = 0
  let done = 0
  const found = (detection: FoundDetection): void => {
    detections += 1
    byLevel[detection.level] = (byLevel[detection.level] ?? 0) + 1
    options.found(detection)
  }
  try {
    const logOf = (item: Item): LogSource => looseLog(item, options, files.settings.zone)
    for await (const one of matchItems<Item, Fault | Skipped>({
      items: files.items(),
      isItem: (each): each is Item => !('kind' in each),
      rules,
      readingOf: (item) => readingOf(logOf(item), watch),
      expected: files.bytes,
      ...(pool === undefined ? {} : { pool }),
      ...(options.threads === undefined ? {} : { threads: options.threads }),
      watch,
    })) {
      if (!('matched' in one)) {
        if (one.kind === 'fault') faults.add(one)
        else skipped.push({ file: one.file, seen: one.seen })
        continue
      }
      const { item, matched } = one
      const log = logOf(item)
      const before = { events, recovered, faults: faults.total }
      done += 1
      watch.report?.({ step: 'reading logs', done, total: files.count, unit: 'files' })
      for await (const batch of matched) {
        watch.signal?.throwIfAborted()
        for (const each of batch.faults) faults.add(each)
        events += batch.events
        recovered += batch.recovered
        for (const hit of batch.hits)
          for (const rule of hit.rules) {
            hits?.add(rule, hit.event, log)
            if (rule.quiet === true) continue
            const { at: _, ...detection } = detectionOf(rule, hit.event)
            const cite = eventCite(hit.event, log)
            found({ ...detection, cite, place: placeOf(cite) })
          }
      }
      bytes += item.source.size
      sources.push({
        file: item.file,
        ...(item.member === undefined ? {} : { member: item.member }),
        sha256: item.sha256,
        kind: item.identified.kind,
        events: events - before.events,
        ...(recovered === before.recovered ? {} : { recovered: recovered - before.recovered }),
        faults: faults.total - before.faults,
      })
    }
  } finally {
    await files.release()
  }
  const correlated = hits?.finish(quietRules(correlations), found)
  for (const one of correlated === undefined ? [] : leftOut(correlated)) faults.add(one)
  return {
    events,
    recovered,
    bytes,
    files: sources.length,
    rules: rules.length + notLoaded.length,
    loaded: rules.length,
    notLoaded,
    correlations: correlations.length,
    filters: filters.length,
    ...(correlated === undefined ? {} : { correlated }),
    detections,
    byLevel,
    faults: faults.total,
    faultCodes: faults.codes(),
    faultList: faults.kept,
    sources,
    skipped,
  }
}

/** A log outside a case, with what the person said about it. Where a log states no year, the day its file was last written tells the latest it can be. */
function looseLog(
  item: Item,
  asked: { readonly zone?: string; readonly year?: number; readonly logFormat?: string; readonly format?: string },
  zone: string | undefined,
): LogSource {
  const log = logSourceOf(item, asked.zone ?? zone ?? '')
  const { path } = item.source
  const until = item.member === undefined && path !== undefined ? statSync(path, { throwIfNoEntry: false })?.mtime : undefined
  return {
    ...log,
    ...(asked.year === undefined ? {} : { year: asked.year }),
    ...(asked.logFormat === undefined ? {} : { logFormat: asked.logFormat }),
    ...(asked.format === undefined ? {} : { format: asked.format }),
    ...(until === undefined ? {} : { until: until.toISOString() }),
  }
}

/** One record with every part of one rule tried on it. */
export interface ExplainedRecord {
  readonly rule: { readonly id: string; readonly title: string; readonly level: string; readonly file: string }
  readonly cite: Cite
  readonly place: string
  readonly time: string
  readonly host: string
  readonly record: Readonly<Record<string, string>>
  readonly explanation: Explanation
}

/**
 * Why a rule or correlation (id, or its unique beginning) matches a record (`PATH#record 12`) or does not. A correlation is run over
 * `paths`, or over the file of the record. Throws a `UserError` when rule or record are not there.
 */
export async function explainRecord(
  options: {
    readonly rule: string
    readonly cite: string
    readonly rules: readonly string[]
    readonly paths?: readonly string[]
    readonly zone?: string
    readonly year?: number
    readonly logFormat?: string
    readonly format?: string
    readonly watch: Watch
  } & RuleSettings,
): Promise<ExplainedRecord> {
  if (options.format !== undefined) checkFormatName(options.format, '--format')
  const place = readLoosePlace(options.cite)
  const loaded = await readRules(options.rules, options)
  const fitting = [...loaded.rules, ...loaded.correlations].filter(
    (one) => one.id.startsWith(options.rule) || one.title === options.rule,
  )
  const [rule] = fitting
  if (rule === undefined || fitting.length > 1)
    throw new UserError({
      code: 'rule-unknown',
      message: rule === undefined ? `no rule is called "${options.rule}"` : `"${options.rule}" begins ${fitting.length} rules`,
      hint: 'give the id that detect prints as "rule", and the same --rules folders',
    })
  const { event, cite } = await recordAt(place, options)
  const { id, title, level, file } = rule
  const told = { rule: { id, title, level, file }, cite, place: placeOf(cite) }
  const record = { ...told, time: event.time, host: event.host, record: event.fields }
  if ('plan' in rule) return { ...record, explanation: explain(rule, event) }
  const found: FoundDetection[] = []
  const behind = rulesBehind(rule, loaded)
  await runRules({
    ...options,
    paths: options.paths === undefined || options.paths.length === 0 ? [place.path] : options.paths,
    load: () =>
      Promise.resolve({
        ...loaded,
        rules: loaded.rules.filter((one) => behind.rules.has(one.id)),
        correlations: loaded.correlations.filter((one) => behind.correlations.has(one.id)),
      }),
    found: (one) => {
      if (one.rule === id) found.push(one)
    },
  })
  return { ...record, explanation: explainCorrelation(rule, { event, place: record.place, loaded, found, placeOf }) }
}

async function recordAt(
  place: ReturnType<typeof readLoosePlace>,
  options: {
    readonly cite: string
    readonly zone?: string
    readonly year?: number
    readonly logFormat?: string
    readonly format?: string
    readonly watch: Watch
  },
): Promise<{ event: LogEvent; cite: Cite }> {
  const files = await looseFiles({ paths: [place.path], role: roleIn(options), watch: options.watch })
  try {
    for await (const item of files.items()) {
      if ('kind' in item || item.member !== place.member) continue
      const log = looseLog(item, options, files.settings.zone)
      for await (const { records } of readEvents(item.source, readingOf(log, options.watch))) {
        const event = records.find(
          (one) => 'n' in one.at && one.at.kind === place.at.kind && 'n' in place.at && one.at.n === place.at.n,
        )
        if (event !== undefined) return { event, cite: eventCite(event, log) }
      }
    }
  } finally {
    await files.release()
  }
  throw new UserError({
    code: 'record-unknown',
    message: `there is no such record: ${options.cite}`,
    hint: 'give the cite as detect printed it; records count from 1 in each file',
  })
}

/** With a format named, every file that is no picture is a log in it. */
function roleIn({ format }: { readonly format?: string }): RoleChooser {
  if (format === undefined) return asLog
  return ({ kind }) => (['empty', 'png', 'jpeg', 'webp', 'gif', 'pdf'].includes(kind) ? undefined : 'logs')
}

/** Logs are read, other files of a folder are not; a role given in the case settings decides first. */
export const asLog: RoleChooser = (identified, rule) => {
  if (rule.role !== undefined && rule.role !== 'logs' && rule.role !== 'audit') return undefined
  if (rule.format !== undefined) return 'logs'
  switch (identified.kind) {
    case 'evtx':
    case 'jsonl':
    case 'access-log':
    case 'log':
      return rule.role === 'audit' ? undefined : 'logs'
    case 'pgaudit':
      return 'audit'
    default:
      return undefined
  }
}

function placeOf(cite: Cite): string {
  if (cite.kind !== 'exhibit') return unreachable(cite as never)
  return loosePlaceText(cite)
}

/** Faults counted by code; the first ones kept with their text. */
class FaultCount {
  total = 0
  readonly kept: Fault[] = []
  readonly #codes = new Map<string, number>()

  add(one: Fault): void {
    this.total += 1
    this.#codes.set(one.code, (this.#codes.get(one.code) ?? 0) + 1)
    if (this.kept.length < limits.faultsKept) this.kept.push(one)
  }

  codes(): Record<string, number> {
    return Object.fromEntries([...this.#codes].sort(([a], [b]) => (a < b ? -1 : 1)))
  }
}
