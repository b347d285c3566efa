import { epochMs, invariant, isoMicros, parseIso } from '../base/index.ts'
import type { LogSource } from './entry.ts'

const dayMs = 86_400_000

/** What one log source still holds of the days needed, and when the next of them goes. Days are UTC, `YYYY-MM-DD`. */
export interface RetentionLoss {
  readonly source: string
  readonly host?: string
  readonly owner?: string
  readonly retentionDays?: number
  /**
   * `unknown`: nobody knows the retention. `lost`: nothing of the needed days before today is left. `losing`: some needed days are gone already.
   * `holds`: every needed day is still there.
   */
  readonly status: 'unknown' | 'lost' | 'losing' | 'holds'
  /** Needed days that are gone, both ends included. */
  readonly lost?: { readonly from: string; readonly to: string; readonly days: number }
  /** The needed days still held, the next to go first: its records start to go at `begins` and are all gone at `gone` (ISO 8601 UTC). */
  readonly next: readonly { readonly day: string; readonly begins: string; readonly gone: string }[]
  readonly text: string
}

/**
 * Tells for every log source which day needed (from `needFrom` on) goes when: a record is deleted `retentionDays` times 24 hours after it
 * was written. Most urgent first. `days` bounds how many coming losses are listed per source (default 14).
 */
export function retentionLoss(options: {
  readonly logSources: readonly LogSource[]
  /** ISO 8601. */
  readonly now: string
  /** First day (or moment) of which logs are needed, ISO 8601. */
  readonly needFrom: string
  readonly days?: number
}): readonly RetentionLoss[] {
  const now = epochOf(options.now)
  const from = startOfDay(epochOf(options.needFrom))
  const wanted = options.days ?? 14
  return options.logSources
    .map((source) => lossOf(source, { now, from, wanted }))
    .sort((a, b) => order(a) - order(b) || compare(a.next[0]?.gone ?? '', b.next[0]?.gone ?? '') || compare(a.source, b.source))
}

function lossOf(source: LogSource, { now, from, wanted }: { now: number; from: number; wanted: number }): RetentionLoss {
  const { id, host, owner, retentionDays } = source
  const about = {
    source: id,
    ...(host === undefined ? {} : { host }),
    ...(owner === undefined ? {} : { owner }),
    ...(retentionDays === undefined ? {} : { retentionDays }),
  }
  const ask = owner === undefined ? 'find the owner and ask' : `ask ${owner}`
  if (retentionDays === undefined)
    return { ...about, status: 'unknown', next: [], text: `How long ${id} is kept is not known: ${ask}, and secure it now.` }
  const goneAt = (day: number): number => day + dayMs + retentionDays * dayMs
  // The first day of which at least a part is still there.
  const held = Math.max(from, startOfDay(now - retentionDays * dayMs))
  const lostDays = Math.round((Math.min(held, startOfDay(now) + dayMs) - from) / dayMs)
  const next: { day: string; begins: string; gone: string }[] = []
  for (let day = held; day <= now && next.length < wanted; day += dayMs)
    next.push({ day: dayText(day), begins: isoMicros(goneAt(day) - dayMs), gone: isoMicros(goneAt(day)) })
  const lost = lostDays > 0 ? { from: dayText(from), to: dayText(from + (lostDays - 1) * dayMs), days: lostDays } : undefined
  const today = startOfDay(now)
  const status = lost === undefined ? 'holds' : held >= today && from < today ? 'lost' : 'losing'
  const [first] = next
  const past =
    lost === undefined
      ? `${id} still holds all needed days`
      : `${id} has lost ${lost.days} needed days (${lost.from} to ${lost.to})`
  const coming = first === undefined ? '' : `; ${first.day} is gone by ${first.gone.slice(0, 16)}Z: ${ask} to secure it`
  return { ...about, status, ...(lost === undefined ? {} : { lost }), next, text: `${past}${coming}.` }
}

/** Sources that are losing needed days first, then those that will, then the unknown, then those with nothing left to save. */
function order(loss: RetentionLoss): number {
  return ['losing', 'holds', 'unknown', 'lost'].indexOf(loss.status)
}

function epochOf(text: string): number {
  const moment = parseIso(text)
  invariant(moment !== undefined, 'times handed to retentionLoss are ISO 8601')
  return epochMs(moment.at)
}

function startOfDay(ms: number): number {
  return Math.floor(ms / dayMs) * dayMs
}

function dayText(ms: number): string {
  return isoMicros(ms).slice(0, 10)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
