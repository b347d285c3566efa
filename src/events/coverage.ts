import { epochMs, limits } from '../base/index.ts'
import { breakOf, type LogBreak } from './coverage-breaks.ts'
import { inLineOrder, LineOrder, statedStep, type ClockJump } from './coverage-clock.ts'
import { kindOf, type KindSeen } from './coverage-kinds.ts'
import { numbered, NumberPages, type Numbers, type PageBudget } from './coverage-numbers.ts'
import { Hours, type DayRange, type Gap } from './coverage-silence.ts'
import type { LogEvent } from './event.ts'
import { timed } from './events-table.ts'
import { Smallest } from './smallest.ts'

/** What one log source of one host covers: the ground under every negative finding. */
export interface Coverage {
  readonly host: string
  /**
   * The Windows channel, else service, category, product, or `other`. Where a host counts the records of all programs in one, the whole has
   * a row of its own beside them.
   */
  readonly source: string
  readonly events: number
  /** Events without a usable time; they are in `events` but in no period. */
  readonly untimed: number
  /** Fixed-width UTC of the first and last event; '' when none has a time. */
  readonly first: string
  readonly last: string
  /** Stretches inside `first`..`last` without any event, longer than the threshold. */
  readonly gaps: readonly Gap[]
  /** True when the times are spread over more days than are kept apart; gaps and days are then not given. */
  readonly gapsUnknown: boolean
  /** Days with events. */
  readonly days: readonly DayRange[]
  /** The counts of records, where the source numbers them; missing numbers are records that are not at hand. */
  readonly numbers: readonly Numbers[]
  /** Moments at which the log was cleared, stopped, rotated ..., in order of time; `breakCount` counts those not listed too. */
  readonly breaks: readonly LogBreak[]
  readonly breakCount: number
  /** Places where the clock was moved or runs backwards; `jumpCount` counts those not listed too. */
  readonly jumps: readonly ClockJump[]
  readonly jumpCount: number
  /** Kinds of event that occur, by which it is told what could have been seen. */
  readonly kinds: readonly KindSeen[]
  /** Indexes of the exhibits it was read from. */
  readonly exhibits: readonly number[]
}

interface Tally {
  readonly host: string
  source: string
  events: number
  untimed: number
  readonly hours: Hours
  readonly numbers: Smallest<NumberPages>
  readonly lines: Map<number, LineOrder>
  readonly breaks: Smallest<LogBreak>
  breakCount: number
  readonly steps: Smallest<ClockJump>
  stepCount: number
  readonly kinds: Smallest<{ -readonly [K in keyof KindSeen]: KindSeen[K] }>
  readonly exhibits: Set<number>
}

/** What is listed of each pair of host and source. */
const countsKept = 50
const breaksKept = 50
const kindsKept = 2_000
const jumpsListed = 20

/** Collects coverage as events stream by. The result does not depend on the order of events, but for the clock jumps of lines. */
export interface CoverageMeter {
  /** `exhibit` is the caller's index of where the events stand; lines of one exhibit come in the order of their places. */
  add(events: readonly LogEvent[], exhibit?: number): void
  /** Rows sorted by host and source; `gapHours` (default 24) is the shortest silence told. */
  result(gapHours?: number): readonly Coverage[]
}

/** A new, empty meter. Memory is bounded: about 150 MB for numbers of records, the rest by the tables above. */
export function coverageMeter(): CoverageMeter {
  const tallies = new Smallest<Tally>(limits.coverageSources)
  const budget: PageBudget = { pages: 0 }
  return {
    add(events, exhibit = 0) {
      // What was recovered from slack is of an earlier use of the log: it is not covered by it.
      for (const event of events) if (event.fields['recovered'] !== 'from slack') count(event, { tallies, budget, exhibit })
    },
    result: (gapHours = 24) => tallies.sorted().map(([, tally]) => coverageOf(tally, gapHours)),
  }
}

function sourceName(event: LogEvent): string {
  return event.channel || event.service || event.category || event.product || 'other'
}

function count(event: LogEvent, options: { tallies: Smallest<Tally>; budget: PageBudget; exhibit: number }): void {
  const { tallies, budget, exhibit } = options
  const tally = tallyOf(tallies, event.host, sourceName(event))
  tally.events += 1
  tally.exhibits.add(exhibit)
  const isTimed = timed(event)
  const ms = isTimed ? epochMs(event.time) : 0
  const number = numbered(event, exhibit)
  if (number !== undefined) {
    const whole = number.whole === undefined ? tally : tallyOf(tallies, event.host, number.whole)
    if (whole !== tally) {
      whole.events += 1
      whole.exhibits.add(exhibit)
      if (isTimed) whole.hours.add(event.time, ms)
      else whole.untimed += 1
    }
    const key = `${number.name}\u0000${number.count}`
    let pages = whole.numbers.get(key)
    if (pages === undefined) whole.numbers.set(key, (pages = new NumberPages(number.name, budget)))
    pages.add(number.number, isTimed ? ms : undefined)
  }
  const broken = breakOf(event)
  if (broken !== undefined) {
    tally.breakCount += 1
    // The audit id of nobody.
    const account = event.account === '4294967295' ? '' : event.account
    const { at } = event
    const time = isTimed ? event.time : ''
    tally.breaks.set(placeKey(event, exhibit), { ...broken, time, account, at, exhibit })
  }
  if (!isTimed) {
    tally.untimed += 1
    return
  }
  tally.hours.add(event.time, ms)
  const step = statedStep(event)
  if (step !== undefined) {
    tally.stepCount += 1
    tally.steps.set(placeKey(event, exhibit), { told: 'stated', ...step, at: event.at, exhibit })
  }
  if (number === undefined && inLineOrder(event)) {
    let lines = tally.lines.get(exhibit)
    if (lines === undefined) tally.lines.set(exhibit, (lines = new LineOrder()))
    lines.add(event, exhibit)
  }
  const name = kindOf(event)
  const kind = tally.kinds.get(name)
  if (kind === undefined) tally.kinds.set(name, { name, first: event.time, last: event.time })
  else {
    if (event.time < kind.first) kind.first = event.time
    if (event.time > kind.last) kind.last = event.time
  }
}

/** Sorts by time, exhibit and place; the same record counts once. */
function placeKey({ time, at }: LogEvent, exhibit: number): string {
  return `${time}\u0000${String(exhibit).padStart(8, '0')}\u0000${JSON.stringify(at)}`
}

function tallyOf(tallies: Smallest<Tally>, host: string, source: string): Tally {
  // Channels compare without case; of several spellings the first in order is shown.
  const key = `${host}\u0000${source.toLowerCase()}`
  const known = tallies.get(key)
  if (known !== undefined) {
    if (source < known.source) known.source = source
    return known
  }
  const tally: Tally = {
    host,
    source,
    events: 0,
    untimed: 0,
    hours: new Hours(),
    numbers: new Smallest(countsKept),
    lines: new Map(),
    breaks: new Smallest(breaksKept),
    breakCount: 0,
    steps: new Smallest(jumpsListed),
    stepCount: 0,
    kinds: new Smallest(kindsKept),
    exhibits: new Set(),
  }
  tallies.set(key, tally)
  return tally
}

function coverageOf(tally: Tally, gapHours: number): Coverage {
  const { host, source, events, untimed, hours } = tally
  const numbers = tally.numbers.sorted().map(([, pages]) => pages.result())
  const lines = [...tally.lines].sort(([a], [b]) => a - b).flatMap(([, order]) => order.jumps())
  const jumps = [...tally.steps.sorted().map(([, step]) => step), ...numbers.flatMap((one) => one.jumps), ...lines]
  const unlisted = numbers.reduce((sum, one) => sum + one.jumpsTotal - one.jumps.length, 0)
  const steps = tally.steps.sorted().length
  return {
    host,
    source,
    events,
    untimed,
    first: hours.first,
    last: hours.last,
    gaps: hours.gaps(gapHours),
    gapsUnknown: hours.overflow,
    days: hours.days(),
    numbers: numbers.map((one) => one.numbers),
    breaks: tally.breaks.sorted().map(([, one]) => one),
    breakCount: tally.breakCount,
    jumps: jumps.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0)).slice(0, jumpsListed),
    jumpCount: jumps.length + unlisted + tally.stepCount - steps,
    kinds: tally.kinds.sorted().map(([, one]) => one),
    exhibits: [...tally.exhibits].sort((a, b) => a - b),
  }
}
