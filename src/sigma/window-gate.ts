import { meets, type Bound, type Correlation } from './correlation.ts'
import type { WholeClock } from './whole-clock.ts'

/**
 * Tells of the open window of a group whether its condition may hold, from what the clock counts as events come: only then are its
 * events looked at again. Never false when the condition holds.
 */
export type WindowGate = (group: number) => boolean

/** The gate of a correlation that is judged when a window ends; asks the clock to count what it needs. */
export function windowGate({ type, bounds, percentile, parts }: Correlation, clock: WholeClock): WindowGate {
  switch (type) {
    case 'event_count':
      return (group) => meets(clock.count(group), bounds)
    case 'value_count':
      return (group) => mayMeet({ least: 1, most: clock.count(group) }, bounds)
    case 'temporal':
    case 'temporal_ordered':
      return (group) => mayMeet({ least: 1, most: Math.min(clock.count(group), parts.length) }, bounds)
    case 'value_sum':
      clock.keepSum()
      return (group) => meets(clock.sum(group), bounds)
    case 'value_avg':
      clock.keepSum()
      return (group) => meets(clock.sum(group) / clock.count(group), bounds)
    case 'value_median':
      return ranked(clock, { bounds, ranks: (count) => [Math.floor((count + 1) / 2), Math.floor(count / 2) + 1] })
    default:
      if (percentile === undefined) return openGate
      return ranked(clock, {
        bounds,
        ranks: (count) => {
          const rank = Math.max(1, Math.ceil((percentile / 100) * count))
          return [rank, rank]
        },
      })
  }
}

/** The gate that stands open. */
export const openGate: WindowGate = () => true

/** Whether some value between two others meets all bounds, each for itself. */
function mayMeet({ least, most }: { readonly least: number; readonly most: number }, bounds: readonly Bound[]): boolean {
  return bounds.every(({ op, than }) => {
    if (op === 'gt') return most > than
    if (op === 'gte') return most >= than
    if (op === 'lt') return least < than
    if (op === 'lte') return least <= than
    return op === 'eq' ? least <= than && than <= most : least !== than || most !== than
  })
}

/**
 * How many amounts lie below each bound and how many at most there: that tells on which side of it those of a rank lie. `ranks`: the
 * lowest and the highest rank that matter among so many amounts, from 1.
 */
function ranked(
  clock: WholeClock,
  { bounds, ranks }: { readonly bounds: readonly Bound[]; readonly ranks: (count: number) => readonly [number, number] },
): WindowGate {
  const asked = bounds.map(({ op, than }) => ({
    op,
    below: needsBelow(op) ? clock.keepBelow(than, false) : undefined,
    upTo: needsUpTo(op) ? clock.keepBelow(than, true) : undefined,
  }))
  return (group) => {
    const [low, high] = ranks(clock.count(group))
    return asked.every(({ op, below, upTo }) =>
      mayLie({
        op,
        low,
        high,
        below: below === undefined ? 0 : clock.below(group, below),
        upTo: upTo === undefined ? 0 : clock.below(group, upTo),
      }),
    )
  }
}

function needsBelow(op: Bound['op']): boolean {
  return op === 'gte' || op === 'lt' || op === 'eq' || op === 'neq'
}

function needsUpTo(op: Bound['op']): boolean {
  return op === 'gt' || op === 'lte' || op === 'eq' || op === 'neq'
}

function mayLie({ op, low, high, below, upTo }: { op: Bound['op']; low: number; high: number; below: number; upTo: number }) {
  if (op === 'gt') return upTo < high
  if (op === 'gte') return below < high
  if (op === 'lt') return below >= low
  if (op === 'lte') return upTo >= low
  return op === 'eq' ? upTo >= low && below < high : upTo < high || below >= low
}
