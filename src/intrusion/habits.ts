import { epochMs } from '../base/index.ts'
import { bitsOf, type Level, type Sighting } from './sighting.ts'

const dayMs = 86_400_000
/** Days of logs from which on what is usual can be told. */
const leastDays = 14
/** Do logs of this span tell what an estate does on other days? */
export function tellsHabits(span: { readonly from: string; readonly to: string }): boolean {
  return Math.ceil((epochMs(span.to) - epochMs(span.from)) / dayMs) >= leastDays
}

/** Bits that a detection keeps, however usual its rule is on the estate. */
const keptBits: Readonly<Record<Level, number>> = { informational: 0, low: 0, medium: 1, high: 3, critical: 4 }
/** What comes on one day in sixteen, or seldomer, counts in full. */
const rareBits = 4

/**
 * Bits of detections on an estate: those of their level, less where the rule fires anywhere on many of the days that the logs span (`-log2` of that share,
 * against one in sixteen): what administrators do every other day says little about an intruder. Logs of under two weeks tell nothing of habits.
 */
export function habitualBits(
  sightings: readonly Sighting[],
  span: { readonly from: string; readonly to: string },
): (sighting: Sighting) => number {
  const days = Math.ceil((epochMs(span.to) - epochMs(span.from)) / dayMs)
  if (!tellsHabits(span)) return (one) => bitsOf(one.level)
  const seen = new Map<string, Set<string>>()
  for (const one of sightings) seen.set(one.rule, (seen.get(one.rule) ?? new Set()).add(one.time.slice(0, 10)))
  return ({ rule, level }) => {
    const share = Math.min(1, (seen.get(rule)?.size ?? 1) / days)
    return Math.max(keptBits[level], bitsOf(level) * Math.min(1, -Math.log2(share) / rareBits))
  }
}
