import { limits, UserError, unreachable, type Fault, type Watch } from '../base/index.ts'
import { readEvents } from '../events/index.ts'
import { compile, detectionOf, explain, type Detection, type Explanation, type NotLoaded } from '../sigma/index.ts'
import type { Cite } from '../evidence/index.ts'
import { eventCite, readingOf } from './detect.ts'
import { looseFiles, type RoleChooser, type Skipped } from './loose-files.ts'
import { loosePlaceText, readLoosePlace } from './loose-place.ts'
import { logSourceOf } from './read-logs.ts'
import { readRules } from './rule-files.ts'

/** A detection with the cite that opens its record; `place` is the same as text, for `--cite`. */
export type FoundDetection = Omit<Detection, 'at'> & { readonly cite: Cite; readonly place: string }

/** What `detect` read and did not read. */
export interface DetectSummary {
  readonly events: number
  readonly bytes: number
  readonly files: number
  /** Rule documents seen, loaded, and not loaded with the reason. */
  readonly rules: number
  readonly loaded: number
  readonly notLoaded: readonly NotLoaded[]
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
    readonly faults: number
  }[]
  /** Files in the folders given that are no logs. */
  readonly skipped: readonly Omit<Skipped, 'kind'>[]
}

/** Runs rules over logs; every detection goes to `found` as it is met, in order of path, record and rule id. Stores nothing. */
export async function detectFiles(options: {
  readonly paths: readonly string[]
  readonly rules: readonly string[]
  readonly zone?: string
  readonly found: (detection: FoundDetection) => void
  readonly watch: Watch
}): Promise<DetectSummary> {
  const { watch, found } = options
  const { rules, notLoaded } = await readRules(options.rules)
  const set = compile(rules)
  const files = await looseFiles({ paths: options.paths, role: asLog, watch })
  const faults = new FaultCount()
  const skipped: Omit<Skipped, 'kind'>[] = []
  const sources: DetectSummary['sources'][number][] = []
  const byLevel: Record<string, number> = {}
  let events = 0
  let bytes = 0
  let detections = 0
  let done = 0
  try {
    for await (const item of files.items()) {
      if ('kind' in item) {
        if (item.kind === 'fault') faults.add(item)
        else skipped.push({ file: item.file, seen: item.seen })
        continue
      }
      const log = logSourceOf(item, options.zone ?? files.settings.zone ?? '')
      const before = { events, faults: faults.total }
      done += 1
      watch.report?.({ step: 'reading logs', done, total: files.count, unit: 'files' })
      for await (const batch of readEvents(item.source, readingOf(log, watch))) {
        watch.signal?.throwIfAborted()
        for (const one of batch.faults) faults.add(one)
        events += batch.records.length
        for (const event of batch.records)
          for (const rule of set.match(event)) {
            const { at: _, ...detection } = detectionOf(rule, event)
            const cite = eventCite(event, log)
            detections += 1
            byLevel[rule.level] = (byLevel[rule.level] ?? 0) + 1
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
        faults: faults.total - before.faults,
      })
    }
  } finally {
    await files.release()
  }
  return {
    events,
    bytes,
    files: sources.length,
    rules: rules.length + notLoaded.length,
    loaded: rules.length,
    notLoaded,
    detections,
    byLevel,
    faults: faults.total,
    faultCodes: faults.codes(),
    faultList: faults.kept,
    sources,
    skipped,
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

/** Why a rule (id, or its unique beginning) matches a record (`PATH#record 12`) or does not. Throws a `UserError` when either is not there. */
export async function explainRecord(options: {
  readonly rule: string
  readonly cite: string
  readonly rules: readonly string[]
  readonly zone?: string
  readonly watch: Watch
}): Promise<ExplainedRecord> {
  const place = readLoosePlace(options.cite)
  const { rules } = await readRules(options.rules)
  const fitting = rules.filter((rule) => rule.id.startsWith(options.rule) || rule.title === options.rule)
  const [rule] = fitting
  if (rule === undefined || fitting.length > 1)
    throw new UserError({
      code: 'rule-unknown',
      message: rule === undefined ? `no rule is called "${options.rule}"` : `"${options.rule}" begins ${fitting.length} rules`,
      hint: 'give the id that detect prints as "rule", and the same --rules folders',
    })
  const files = await looseFiles({ paths: [place.path], role: asLog, watch: options.watch })
  try {
    for await (const item of files.items()) {
      if ('kind' in item || item.member !== place.member) continue
      const log = logSourceOf(item, options.zone ?? files.settings.zone ?? '')
      for await (const { records } of readEvents(item.source, readingOf(log, options.watch))) {
        const event = records.find(
          (one) => 'n' in one.at && one.at.kind === place.at.kind && 'n' in place.at && one.at.n === place.at.n,
        )
        if (event === undefined) continue
        const cite = eventCite(event, log)
        const { id, title, level, file } = rule
        const told = { rule: { id, title, level, file }, cite, place: placeOf(cite) }
        return { ...told, time: event.time, host: event.host, record: event.fields, explanation: explain(rule, event) }
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

/** Logs are read, other files of a folder are not; a role given in the case settings decides first. */
export const asLog: RoleChooser = (identified, rule) => {
  if (rule.role !== undefined && rule.role !== 'logs' && rule.role !== 'audit') return undefined
  switch (identified.kind) {
    case 'evtx':
    case 'jsonl':
    case 'access-log':
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
