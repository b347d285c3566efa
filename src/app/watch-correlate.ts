import { limits } from '../base/index.ts'
import type { LogEvent } from '../events/index.ts'
import { quietRules, type Correlation, type Hit, type Rule } from '../sigma/index.ts'
import { correlate, correlatedDetection, hitTaker } from './correlated.ts'
import { correlationKey, type Unnumbered, type WatchedCorrelation, type WatchedPlace, type WatchEntry } from './watch-entry.ts'
import type { WatchStore } from './watch-store.ts'

/** A hit that correlations wait for. */
type WatchedHit = Hit<WatchedPlace>

/** A hit with what tells it from others: it is kept once. */
export interface KeyedHit {
  readonly key: string
  readonly hit: WatchedHit
}

/** Time for lines of several sources to come in before their hits are correlated, milliseconds. */
const settleMs = 250
/** While sources are behind, hits are correlated only now and then. */
const behindMs = 5_000
/** Clocks of sources may be behind ours by so much. */
const clockMs = 60_000

/**
 * Correlates the hits of followed sources. The hits of the last spans are kept on disk with the state and correlated anew, in order of time, whenever
 * there are new ones: their order of arrival does not matter. A correlation is told when its condition first holds, and once for a
 * stretch of time; one whose condition more events can undo, when its window is over.
 */
export class LiveCorrelations {
  readonly #store: WatchStore
  readonly #correlations: readonly Correlation[]
  readonly #quiet: ReadonlySet<string>
  readonly #hitOf: ReturnType<typeof hitTaker>
  readonly #spanMs: number
  #arrived: number | undefined
  #since = 0
  #nextEnd = Infinity
  /** Hits forgotten before their time because more came than are kept. */
  forgotten = 0

  constructor(store: WatchStore, correlations: readonly Correlation[]) {
    this.#store = store
    this.#correlations = correlations
    this.#quiet = quietRules(correlations)
    this.#hitOf = hitTaker(correlations)
    this.#spanMs = 2 * Math.max(0, ...correlations.map((one) => one.micros / 1_000))
    if (correlations.length > 0 && store.db.get('SELECT 1 AS yes FROM hits') !== undefined) this.#arrived = -Infinity
  }

  /** The hit a correlation waits for; undefined when none does. */
  hitOf(rule: Rule, event: LogEvent, ref: WatchedPlace): WatchedHit | undefined {
    const hit = event.time === '' ? undefined : this.#hitOf(rule, event)
    return hit === undefined ? undefined : { ...hit, ref }
  }

  /** Keeps hits; to be called inside the change of `deliver`. */
  keep(hits: readonly KeyedHit[], now: number): void {
    if (hits.length === 0) return
    for (const { key, hit } of hits)
      this.#store.db.run('INSERT OR IGNORE INTO hits (key, time, body) VALUES (?, ?, ?)', key, hit.time, JSON.stringify(hit))
    if (this.#arrived === undefined) this.#since = now
    this.#arrived = now
  }

  /** Correlates when there is something new and the sources are read; `now` in milliseconds since 1970. */
  tick(options: { readonly now: number; readonly behind: boolean; readonly last: boolean }): readonly WatchEntry[] {
    const { now, behind, last } = options
    const due = this.#arrived !== undefined && (behind ? now - this.#since > behindMs : now - this.#arrived >= settleMs)
    if (!due && !(last && this.#arrived !== undefined) && now < this.#nextEnd) return []
    this.#arrived = undefined
    const hits = this.#kept()
    const newest = hits.at(-1)?.time
    if (newest === undefined) return []
    const over = Math.max(Date.parse(newest), behind ? 0 : now - clockMs)
    const entries: Unnumbered<WatchedCorrelation>[] = []
    const stretches: { key: string; last: string }[] = []
    this.#nextEnd = Infinity
    for (const one of correlate({ correlations: this.#correlations, quiet: this.#quiet, hits }).found) {
      const end = Date.parse(one.first) + one.correlation.micros / 1_000
      if (judgedAtEnd(one.correlation) && end >= over) {
        this.#nextEnd = Math.min(this.#nextEnd, end + clockMs + 1)
        continue
      }
      const key = correlationKey(one.correlation.id, one.group)
      const told =
        stretches.findLast((each) => each.key === key)?.last ??
        this.#store.db.get<{ last: string }>('SELECT last FROM correlated WHERE key = ?', key)?.last
      if (told === undefined || one.first > told)
        entries.push({ kind: 'correlation', ...correlatedDetection(one, (ref) => ref), ...one.at })
      if (told === undefined || one.last > told) stretches.push({ key, last: one.last })
    }
    const from = new Date(Date.parse(newest) - this.#spanMs).toISOString()
    return this.#store.deliver(entries, () => {
      for (const { key, last: until } of stretches)
        this.#store.db.run(
          'INSERT INTO correlated VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET last = max(last, excluded.last)',
          key,
          until,
        )
      this.#store.db.run('DELETE FROM hits WHERE time < ?', from)
    })
  }

  #kept(): WatchedHit[] {
    const { db } = this.#store
    const count = db.get<{ n: number }>('SELECT count(*) AS n FROM hits')?.n ?? 0
    if (count > limits.watchHits)
      this.forgotten += db.run(
        'DELETE FROM hits WHERE seq IN (SELECT seq FROM hits ORDER BY time, seq LIMIT ?)',
        count - limits.watchHits,
      )
    const events = new Map<string, WatchedPlace>()
    return db.all<{ body: string }>('SELECT body FROM hits ORDER BY time, seq').map(({ body }) => {
      const hit = JSON.parse(body) as WatchedHit
      // One place per event, whichever rules match it: correlations count an event once.
      const key = JSON.stringify(hit.ref)
      const ref = events.get(key) ?? hit.ref
      events.set(key, ref)
      return { ...hit, ref }
    })
  }
}

/** More events can undo the condition: it is judged when its window is over. */
function judgedAtEnd({ type, bounds }: Correlation): boolean {
  const ranked = type === 'value_avg' || type === 'value_percentile' || type === 'value_median'
  return ranked || bounds.some(({ op }) => op !== 'gt' && op !== 'gte')
}
