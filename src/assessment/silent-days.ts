import type { DayRange } from '../events/index.ts'
import type { HandedOver } from './handed-over.ts'

const dayMs = 86_400_000

/**
 * Days needed of which nothing that was handed over can tell (rule A4): none of its logs reaches over them, or what does is known to hold nothing.
 * An item without times is taken to reach over all of them but what it is known to miss. Empty when no log was handed over: then nothing is said by day.
 */
export function silentDays(handed: readonly HandedOver[], needed: DayRange | undefined): DayRange[] {
  const telling = handed.filter((one) => one.kind !== 'data' && one.unreadable === undefined)
  const logs = telling.filter((one) => one.kind === 'logs')
  if (needed === undefined || logs.length === 0) return []
  const covered = logs.flatMap(({ from, to, missing = [] }) =>
    missing.reduce(
      (left, one) => left.flatMap((each) => without(each, one)),
      [{ from: (from ?? needed.from).slice(0, 10), to: (to ?? needed.to).slice(0, 10) }],
    ),
  )
  return covered
    .reduce<DayRange[]>((left, one) => left.flatMap((each) => without(each, one)), [needed])
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))
}

/** One stretch of days without another. */
export function without(days: DayRange, other: DayRange): DayRange[] {
  if (other.to < days.from || other.from > days.to) return [days]
  return [
    ...(other.from > days.from ? [{ from: days.from, to: dayAfter(other.from, -1) }] : []),
    ...(other.to < days.to ? [{ from: dayAfter(other.to, 1), to: days.to }] : []),
  ]
}

/** `YYYY-MM-DD`, so many days later. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10)
}
