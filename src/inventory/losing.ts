import { epochMs, invariant, isoMicros, parseIso } from '../base/index.ts'
import type { LogSource, Registered } from './entry.ts'

const dayMs = 86_400_000

/** Days, both ends included, `YYYY-MM-DD` in UTC. */
export interface Days {
  readonly from: string
  readonly to: string
}

/**
 * What one log source still holds of the days needed, what an exhibit holds already, what is gone, and when the next day goes.
 * `losing`: needed days are open and will be overwritten. `unknown`: nobody knows the retention, and needed days are open. `lost`: what is
 * not secured is gone. `secured`: every needed day has events in an exhibit.
 */
export interface Losing {
  readonly source: string
  /** Name and revision of the inventory entry. */
  readonly entry: string
  readonly revision: number
  readonly host?: string
  readonly system?: string
  /** What is logged: `evtx`, `access-log`, `vpn`. */
  readonly type?: string
  readonly owner?: string
  readonly retentionDays?: number
  readonly status: 'losing' | 'unknown' | 'lost' | 'secured'
  /** Needed days of which an exhibit holds events. */
  readonly secured: readonly Days[]
  /** Needed days in no exhibit that the source should still hold (with an unknown retention: may hold). */
  readonly open: readonly Days[]
  /** Needed days in no exhibit that are overwritten, and when the last of their records went (ISO 8601 UTC). */
  readonly lost: readonly Days[]
  readonly lostSince?: string
  /** The open day to go next: its records start to go at `begins` and are all gone at `gone` (ISO 8601 UTC). */
  readonly next?: { readonly day: string; readonly begins: string; readonly gone: string }
  readonly text: string
}

/** What is asked of every source. */
export interface LosingQuestion {
  readonly sources: readonly Registered<LogSource>[]
  /** ISO 8601; the caller's clock. */
  readonly now: string
  /** First and last day (or moment) of which logs are needed, ISO 8601; days after today are not written yet and do not count. */
  readonly from: string
  readonly to: string
  /** Days of which an exhibit holds events of this source. */
  readonly held?: (source: LogSource) => readonly Days[]
}

/**
 * Tells for every log source which needed day goes when: a record is deleted `retentionDays` times 24 hours after it was
 * written, days are UTC days. The next to lose a day stands first, then the unknown, the lost, the secured.
 */
export function losing(question: LosingQuestion): readonly Losing[] {
  const now = epochOf(question.now)
  const from = startOfDay(epochOf(question.from))
  const to = Math.min(startOfDay(epochOf(question.to)), startOfDay(now))
  const needed: number[] = []
  // The schema of retention reaches 100 years; a longer period is nobody's need.
  for (let day = from; day <= to && needed.length < 36_525; day += dayMs) needed.push(day)
  return question.sources
    .map((source) => losingOf(source, { now, needed, held: question.held?.(source) ?? [] }))
    .sort((a, b) => order(a) - order(b) || compare(a.next?.begins ?? '', b.next?.begins ?? '') || compare(a.source, b.source))
}

function losingOf(
  source: Registered<LogSource>,
  { now, needed, held }: { readonly now: number; readonly needed: readonly number[]; readonly held: readonly Days[] },
): Losing {
  const { id, retentionDays } = source
  const isHeld = (day: number): boolean => held.some((range) => range.from <= dayText(day) && dayText(day) <= range.to)
  const secured = needed.filter(isHeld)
  const wanted = needed.filter((day) => !isHeld(day))
  const kept = retentionDays === undefined ? Infinity : retentionDays * dayMs
  const goneAt = (day: number): number => day + dayMs + kept
  const lost = wanted.filter((day) => goneAt(day) <= now)
  const open = wanted.filter((day) => goneAt(day) > now)
  const [first] = open
  const lastLost = lost.at(-1)
  const status = first === undefined ? (lost.length > 0 ? 'lost' : 'secured') : retentionDays === undefined ? 'unknown' : 'losing'
  const next =
    first === undefined || retentionDays === undefined
      ? undefined
      : { day: dayText(first), begins: isoMicros(goneAt(first) - dayMs), gone: isoMicros(goneAt(first)) }
  const told = { secured: ranges(secured), open: ranges(open), lost: ranges(lost) }
  return {
    source: id,
    entry: source.entry,
    revision: source.revision,
    ...(source.host === undefined ? {} : { host: source.host }),
    ...(source.system === undefined ? {} : { system: source.system }),
    ...(source.type === undefined ? {} : { type: source.type }),
    ...(source.owner === undefined ? {} : { owner: source.owner }),
    ...(retentionDays === undefined ? {} : { retentionDays }),
    status,
    ...told,
    ...(lastLost === undefined ? {} : { lostSince: isoMicros(goneAt(lastLost)) }),
    ...(next === undefined ? {} : { next }),
    text: textOf({ source, status, ...told, next, now }),
  }
}

function textOf(options: {
  readonly source: LogSource
  readonly status: Losing['status']
  readonly open: readonly Days[]
  readonly lost: readonly Days[]
  readonly next: Losing['next']
  readonly now: number
}): string {
  const { source, status, open, lost, next, now } = options
  const gone =
    lost.length === 0
      ? ''
      : `${daysText(lost)} ${lost.length === 1 && lost[0]?.from === lost[0]?.to ? 'is' : 'are'} overwritten and in no exhibit`
  const past = gone === '' ? '' : `; ${gone}`
  const ask = source.owner === undefined ? 'find the owner and ask' : `ask ${source.owner}`
  switch (status) {
    case 'secured':
      return `${source.id}: every needed day has events in an exhibit.`
    case 'lost':
      return `${source.id}: nothing more to save; ${gone}.`
    case 'unknown':
      return `How long ${source.id} is kept is not known: ${ask} for ${daysText(open)} now${past}.`
    case 'losing': {
      const when =
        next === undefined
          ? ''
          : epochMs(next.begins) <= now
            ? `is losing ${next.day} now, all of it gone by ${clock(next.gone)}`
            : `loses ${next.day} from ${clock(next.begins)} to ${clock(next.gone)}`
      return `${source.id} ${when}: ${ask} for ${daysText(open)}${past}.`
    }
  }
}

/** `2026-01-06`, `2026-01-06 to 2026-01-09`, and how many stretches more. */
function daysText(all: readonly Days[]): string {
  const texts = all.slice(0, 3).map(({ from, to }) => (from === to ? from : `${from} to ${to}`))
  return `${texts.join(', ')}${all.length > 3 ? ` and ${all.length - 3} more stretches` : ''}`
}

function clock(at: string): string {
  return `${at.slice(0, 16).replace('T', ' ')} UTC`
}

/** Neighbouring days joined. */
function ranges(days: readonly number[]): Days[] {
  const all: { from: string; to: string; last: number }[] = []
  for (const day of days) {
    const last = all.at(-1)
    if (last !== undefined && day - last.last === dayMs) Object.assign(last, { to: dayText(day), last: day })
    else all.push({ from: dayText(day), to: dayText(day), last: day })
  }
  return all.map(({ from, to }) => ({ from, to }))
}

function order(one: Losing): number {
  return ['losing', 'unknown', 'lost', 'secured'].indexOf(one.status)
}

function epochOf(text: string): number {
  const moment = parseIso(text)
  invariant(moment !== undefined, 'times handed to losing are ISO 8601')
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
