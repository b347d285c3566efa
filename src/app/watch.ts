import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fault, limits, UserError, type Fault } from '../base/index.ts'
import type { Signer } from '../evidence/index.ts'
import { compile, type NotLoaded } from '../sigma/index.ts'
import { lockWorkspace } from '../store/index.ts'
import type { FileRule } from './case-settings.ts'
import { openCase } from './case-store.ts'
import { readRules, type RuleSettings } from './rule-files.ts'
import { LiveCorrelations } from './watch-correlate.ts'
import type { WatchDesk } from './watch-desk.ts'
import type { WatchEntry } from './watch-entry.ts'
import { KeptIndicators } from './watch-indicators.ts'
import { keepSegment } from './watch-keep.ts'
import { WatchSources, type WatchedSource } from './watch-sources.ts'
import { WatchStore } from './watch-store.ts'
import { WatchSyslog, type SyslogCounts } from './watch-syslog.ts'
import type { World } from './workspace.ts'

/** Sources are looked at so often when the system tells no news, milliseconds. */
const pollMs = 200

/** What was followed in one run. */
export interface WatchSummary {
  readonly sources: number
  readonly passedOver: number
  readonly events: number
  readonly bytes: number
  readonly detections: number
  readonly correlations: number
  /** Leads: kept indicators that events show. */
  readonly leads: number
  readonly segments: number
  readonly byLevel: Readonly<Record<string, number>>
  readonly rules: number
  readonly notLoaded: readonly NotLoaded[]
  /** Indicators kept with the workspace that were looked for. */
  readonly indicators: number
  /** Hits forgotten before the span of their correlations was over. */
  readonly hitsForgotten: number
  readonly faults: number
  readonly faultList: readonly Fault[]
  readonly syslog?: SyslogCounts
  /** Where the journal lies. */
  readonly journal: string
}

/** What `watch` follows, and with what. */
export type WatchOptions = RuleSettings & {
  readonly paths: readonly string[]
  readonly rules: readonly string[]
  /** Port for syslog; 0 for a free one. */
  readonly syslog?: number
  readonly zone?: string
  readonly year?: number
  /** Folder of the workspace; its lake is not opened, and another command may hold it. */
  readonly workspace: string
  /** Case whose exhibits the closed segments become, and who acts. */
  readonly case?: { readonly id: string; readonly signer: Signer }
  /** The sources are audit logs: how their segments are read in the case. */
  readonly audit?: Pick<FileRule, 'map' | 'log_line_prefix'>
  readonly world: World
  /** Reads what is there, and ends. */
  readonly once: boolean
  /** Size and age of a segment; those of `limits` without. */
  readonly segmentBytes?: number
  readonly segmentMs?: number
  /** Detections and closed segments, once they are on disk. */
  readonly told: (entry: WatchEntry) => void
  /** A source that is not followed, as soon as that is known. */
  readonly warn: (fault: Fault) => void
  /** Called when every source was looked at once; `port` of syslog. */
  readonly ready: (port: number | undefined) => void
  readonly signal: AbortSignal
}

/**
 * Follows sources until the signal, delivering every detection once: to the journal first, then to `told`. After a kill the next run
 * goes on where the journal ends.
 */
export async function watchSources(options: WatchOptions): Promise<WatchSummary> {
  const { world, signal } = options
  const folder = watchFolder(options)
  const loaded = await readRules(options.rules, options)
  mkdirSync(join(folder, 'segments'), { recursive: true, mode: 0o700 })
  const lock = lockWorkspace(folder, { pid: world.pid, command: 'watch', at: world.now() })
  const store = new WatchStore(folder)
  const correlations = new LiveCorrelations(store, loaded.correlations)
  const indicators = new KeptIndicators({ path: (...parts) => join(resolve(options.workspace), ...parts) })
  const counts = new Counts(options.told)
  const bell = new Bell(signal)
  const desk: WatchDesk = {
    store,
    rules: compile(loaded.rules),
    correlations,
    indicators,
    audit: options.audit !== undefined,
    folder: join(folder, 'segments'),
    segmentBytes: options.segmentBytes ?? limits.watchSegmentBytes,
    segmentMs: options.segmentMs ?? limits.watchSegmentMs,
    ...(options.zone === undefined ? {} : { zone: options.zone }),
    ...(options.year === undefined ? {} : { year: options.year }),
    now: world.now,
    told: (entries) => counts.told(entries),
    read: (what) => counts.read(what),
    keep: keeper(options),
  }
  let sources: WatchSources | undefined
  try {
    indicators.refresh(Date.parse(world.now()))
    sources = await WatchSources.open(desk, { paths: options.paths, wake: bell.ring })
    const syslog =
      options.syslog === undefined ? undefined : await WatchSyslog.open(desk, { port: options.syslog, wake: bell.ring })
    const others: WatchedSource[] = syslog === undefined ? [] : [syslog]
    const seen = new Set<string>()
    const warned = new Set<string>()
    for (let isFirst = true; ; isFirst = false) {
      const now = Date.parse(world.now())
      indicators.refresh(now)
      for (const one of await sources.scan(now)) counts.fault(one)
      let behind = false
      for (const source of [...others, ...sources.all.values()]) {
        seen.add(source.path)
        const step = await attempt(source, counts, () => source.step(now, options.once))
        behind ||= step === 'busy'
        if (source.fault !== undefined && !warned.has(source.path)) {
          warned.add(source.path)
          options.warn(source.fault)
        }
        if (step === 'gone' || step === 'failed') sources.drop(source.path)
        if (signal.aborted) break
      }
      if (isFirst) options.ready(syslog?.counts.port)
      const last = signal.aborted || (options.once && !behind)
      counts.told(correlations.tick({ now, behind, last }))
      if (last) break
      if (!behind) await bell.wait(pollMs)
    }
    for (const source of [...others, ...sources.all.values()]) {
      if (source.fault !== undefined) counts.fault(source.fault)
      await attempt(source, counts, () => source.stop())
    }
    counts.told(correlations.tick({ now: Date.parse(world.now()), behind: false, last: true }))
    return {
      ...counts.summary(),
      sources: seen.size,
      passedOver: sources.passedOver,
      rules: loaded.rules.length,
      notLoaded: loaded.notLoaded,
      indicators: indicators.count,
      hitsForgotten: correlations.forgotten,
      ...(syslog === undefined ? {} : { syslog: syslog.counts }),
      journal: join(folder, 'journal.jsonl'),
    }
  } finally {
    sources?.close()
    store.close()
    lock.release()
  }
}

/** Where state and journal lie: with the case, or in the folder of running work of the workspace. */
function watchFolder({ workspace, case: into }: Pick<WatchOptions, 'workspace' | 'case'>): string {
  const path = (...parts: string[]): string => join(resolve(workspace), ...parts)
  if (into === undefined) return path('run', 'watch')
  openCase({ path }, into.id).close()
  return path('cases', into.id, 'watch')
}

function keeper({
  workspace,
  case: into,
  audit,
  zone,
}: Pick<WatchOptions, 'workspace' | 'case' | 'audit' | 'zone'>): WatchDesk['keep'] {
  if (into === undefined) return () => Promise.resolve(undefined)
  const path = (...parts: string[]): string => join(resolve(workspace), ...parts)
  const rule: Omit<FileRule, 'glob'> =
    audit === undefined ? { role: 'logs' } : { role: 'audit', ...audit, ...(zone === undefined ? {} : { zone }) }
  return (segment) => keepSegment(segment, { workspace: { path }, caseId: into.id, signer: into.signer, rule })
}

/** A source that cannot be read any more is let go with a fault; the others go on. */
async function attempt<T>(source: WatchedSource, counts: Counts, act: () => Promise<T>): Promise<T | 'failed'> {
  try {
    return await act()
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    counts.fault(fault('not-read', error.message, { file: source.path }, error.hint))
    return 'failed'
  }
}

/** Wakes the loop early. */
class Bell {
  #rung = false
  #waiting: (() => void) | undefined

  constructor(signal: AbortSignal) {
    signal.addEventListener('abort', this.ring)
  }

  readonly ring = (): void => {
    this.#rung = true
    this.#waiting?.()
  }

  async wait(ms: number): Promise<void> {
    if (!this.#rung) {
      const { promise, resolve: done } = Promise.withResolvers<void>()
      const timer = setTimeout(done, ms)
      this.#waiting = done
      await promise
      clearTimeout(timer)
      this.#waiting = undefined
    }
    this.#rung = false
  }
}

class Counts {
  readonly #told: (entry: WatchEntry) => void
  readonly #byLevel: Record<string, number> = {}
  readonly #faults: Fault[] = []
  readonly #count = { events: 0, bytes: 0, detections: 0, correlations: 0, leads: 0, segments: 0, faults: 0 }

  constructor(told: (entry: WatchEntry) => void) {
    this.#told = told
  }

  told(entries: readonly WatchEntry[]): void {
    for (const entry of entries) {
      if (entry.kind === 'segment') this.#count.segments += 1
      else if (entry.kind === 'indicator') this.#count.leads += 1
      else {
        this.#count[entry.kind === 'detection' ? 'detections' : 'correlations'] += 1
        this.#byLevel[entry.level] = (this.#byLevel[entry.level] ?? 0) + 1
      }
      this.#told(entry)
    }
  }

  read({ bytes, events, faults }: { readonly bytes: number; readonly events: number; readonly faults: readonly Fault[] }): void {
    this.#count.bytes += bytes
    this.#count.events += events
    for (const one of faults) this.fault(one)
  }

  fault(one: Fault): void {
    this.#count.faults += 1
    if (this.#faults.length < limits.faultsKept) this.#faults.push(one)
  }

  summary(): Pick<
    WatchSummary,
    'events' | 'bytes' | 'detections' | 'correlations' | 'leads' | 'segments' | 'faults' | 'faultList' | 'byLevel'
  > {
    return { ...this.#count, faultList: this.#faults, byLevel: this.#byLevel }
  }
}
