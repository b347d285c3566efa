import { dayText } from '../day.ts'
import type { DayWindow } from './answer.ts'
import { isRecognised, type SystemEvidence } from './system-evidence.ts'

/** How many cells agree with the older and with the newer of two tables of a system where the two differ; days since 1970. */
export interface Votes {
  readonly from: number
  readonly to: number
  readonly older: number
  readonly newer: number
}

/** The days on which a table with history holds a row as the sample has it: from the first day up to the one after the last. */
interface Span {
  readonly from: number
  readonly to: number
}

/** Share of votes that go astray, and the weight of one vote: changes come in campaigns. */
const astray = 0.05
const weight = 0.5
const mostVotes = 400
/** How fast a value of a code comes back by chance, per day: half of the cells tell nothing after years. */
const comingBack = 0.5 / 365
const fewest = 10
const mostDays = 20_000

/** The spans of rows whose versions differ in what agrees with the sample. */
export function versionSpans(system: SystemEvidence): readonly Span[] {
  const spans: Span[] = []
  for (const met of system.mets)
    for (const versions of met.links.values()) {
      const dated = versions.filter((one) => one.from !== undefined || one.to !== undefined)
      const [best] = dated
      if (best === undefined || !isRecognised(best) || dated.every((one) => one.equal === best.equal)) continue
      const equal = dated.filter((one) => one.equal === best.equal)
      // Versions that follow each other with the same values are one span.
      const from = Math.min(...equal.map((one) => one.from ?? -Infinity))
      const to = Math.max(...equal.map((one) => one.to ?? Infinity))
      spans.push({ from, to })
    }
  return spans
}

/** The day by the share of newer values between tables, changes taken as even over the time, and by versions; 95 % of the weight around the median. */
export function estimatedDay(options: {
  readonly votes: readonly Votes[]
  readonly spans: readonly Span[]
  readonly first: number | undefined
  readonly end: number
}): DayWindow['estimate'] | undefined {
  const { votes, spans } = options
  const cells = votes.reduce((sum, { older, newer }) => sum + older + newer, 0) + spans.length
  if (cells < fewest) return undefined
  const known = [...votes.map(({ from }) => from), ...spans.map(({ from }) => from).filter((day) => Number.isFinite(day))]
  const start = options.first ?? Math.min(options.end, ...known) - 365
  const days = Array.from({ length: Math.max(1, Math.min(mostDays, options.end - start + 1)) }, (_, at) => start + at)
  const scale = (weight * Math.min(cells, mostVotes)) / cells
  const holding = heldOn(spans, days)
  const logs = days.map(
    (day, at) =>
      scale *
      votes.reduce(
        (sum, { from, to, older, newer }) => {
          const p = newerShare(day, { from, to })
          return sum + newer * Math.log(p) + older * Math.log(1 - p)
        },
        (holding[at] ?? 0) * Math.log((1 - astray) / astray),
      ),
  )
  const top = logs.reduce((most, log) => Math.max(most, log), -Infinity)
  const masses = logs.map((log) => Math.exp(log - top))
  const whole = masses.reduce((sum, mass) => sum + mass, 0)
  const at = (quantile: number): string => {
    let sum = 0
    for (const [index, mass] of masses.entries()) {
      sum += mass
      if (sum >= quantile * whole) return dayText(days[index] ?? start)
    }
    return dayText(days.at(-1) ?? start)
  }
  return { day: at(0.5), from: at(0.025), to: at(0.975), cells }
}

/** Per day, how many spans hold it. */
function heldOn(spans: readonly Span[], days: readonly number[]): readonly number[] {
  const [start = 0] = days
  const steps = Array.from({ length: days.length + 1 }, () => 0)
  const place = (day: number): number => Math.max(0, Math.min(days.length, day - start))
  for (const { from, to } of spans) {
    steps[place(from)] = (steps[place(from)] ?? 0) + 1
    steps[place(to)] = (steps[place(to)] ?? 0) - 1
  }
  let held = 0
  return days.map((_, at) => (held += steps[at] ?? 0))
}

/** Share of the values that changed between two tables of which a sample of a day has the newer one: changes even over the span. */
function newerShare(day: number, { from, to }: Pick<Votes, 'from' | 'to'>): number {
  const apart = Math.max(0, from - day, day - to)
  const straying = 0.5 * (1 - Math.exp(-comingBack * apart))
  const passed = Math.max(0, Math.min(1, (day - from) / Math.max(1, to - from)))
  const plain = passed === 0 ? straying : passed === 1 ? 1 - straying : passed
  return astray + (1 - 2 * astray) * plain
}
