import { epochMs, isoMicros, type Moment } from '../base/index.ts'
import type { Clock, Deadline, Post, Reading, Tick } from './thread.ts'

/** Ticks told of one clock, and clocks of one thread with ticks. */
const most = 60
const clocksWithTicks = 500
/** What comes up to this long after a single deadline is told with it. */
const after = 48 * 3_600_000

/** A post at its time in milliseconds. */
interface Timed {
  readonly ms: number
  readonly cite: Post['cite']
  /** True when something is said to be published or is attached. */
  readonly out: boolean
}

/**
 * Deadlines and recurring threats of a thread as clocks, each with what the posts at hand show at its ticks. The last post at hand ends
 * what can be told: nothing is said of ticks after it. In: the thread's deadlines, posts and readings.
 */
export function clocksOf(thread: {
  readonly deadlines: readonly Deadline[]
  readonly posts: readonly Post[]
  readonly readings: readonly Reading[]
}): Clock[] {
  const published = new Set(
    thread.readings
      .filter((one) => one.by === 'actor' && (one.kind === 'possession' || one.kind === 'defacement' || one.kind === 'quantity'))
      .flatMap((one) => [one.cite, ...(one.also ?? [])].map((cite) => JSON.stringify(cite))),
  )
  const posts = thread.posts
    .flatMap((post): Timed[] => {
      const time = post.at ?? post.reportedAt
      if (time === undefined) return []
      const out = post.attachments.length > 0 || published.has(JSON.stringify(post.cite))
      return [{ ms: epochMs(time.at), cite: post.cite, out }]
    })
    .sort((a, b) => a.ms - b.ms)
  return thread.deadlines.map((deadline, index): Clock => {
    const ticks = index < clocksWithTicks ? ticksOf(deadline, posts) : []
    return { id: `C${index + 1}`, ...deadline, ticks }
  })
}

function ticksOf(deadline: Deadline, posts: readonly Timed[]): Tick[] {
  const last = posts.at(-1)?.ms
  if (last === undefined) return []
  const span = deadline.every === undefined ? undefined : spanMs(deadline.every)
  const { from } = deadline
  if (span !== undefined && from !== undefined) {
    const start = epochMs(from.at)
    const count = Math.min(most, Math.floor((last - start + span / 10) / span))
    return Array.from({ length: Math.max(0, count) }, (_, index) =>
      tick({ ...from, at: isoMicros(start + (index + 1) * span) }, span, posts),
    )
  }
  return deadline.at === undefined || epochMs(deadline.at.at) > last ? [] : [tick(deadline.at, after, posts)]
}

/** A post a little before a tick is counted to it: actors are not punctual. */
function tick(at: Moment, span: number, posts: readonly Timed[]): Tick {
  const early = Math.min(span / 10, 600_000)
  const from = epochMs(at.at) - early
  const seen = posts.slice(firstFrom(posts, from), firstFrom(posts, from + span))
  return {
    at,
    happened: seen.length === 0 ? 'nothing at hand' : seen.some((post) => post.out) ? 'data said to be published' : 'posted',
    cites: seen.slice(0, 20).map((post) => post.cite),
  }
}

/** Index of the first post at or after a time. */
function firstFrom(posts: readonly Timed[], ms: number): number {
  let [low, high] = [0, posts.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((posts[middle] as Timed).ms < ms) low = middle + 1
    else high = middle
  }
  return low
}

/** Milliseconds of an ISO 8601 duration of weeks, days, hours or minutes. */
function spanMs(iso: string): number | undefined {
  const [, amount, letter] = /^PT?(\d{1,6})([WDHM])$/.exec(iso) ?? []
  const unit = { W: 604_800_000, D: 86_400_000, H: 3_600_000, M: 60_000 }[letter ?? '']
  return unit === undefined ? undefined : Number(amount) * unit
}
