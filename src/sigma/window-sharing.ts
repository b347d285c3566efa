import type { Correlation } from './correlation.ts'

/** Ids of correlations that others refer to, and of those that refer to others. */
export function chainedOf(correlations: readonly Correlation[]): ReadonlySet<string> {
  const ids = new Set(correlations.map(({ id }) => id))
  const outer = correlations.filter(({ parts }) => parts.some((part) => ids.has(part.id)))
  return new Set(outer.flatMap(({ id, parts }) => [id, ...parts.map((part) => part.id).filter((part) => ids.has(part))]))
}

/**
 * Correlations that can share a window: over the same rules, groups and timespan, and not part of a chain. Outer ones come first:
 * an event is seen by them before the news it makes, so that it does not follow on itself.
 */
export function sharing(correlations: readonly Correlation[], chained: ReadonlySet<string>): Correlation[][] {
  const byKey = new Map<string, Correlation[]>()
  for (const correlation of correlations.toReversed()) {
    const { id, micros, parts } = correlation
    const same = parts.map((part) => [part.id, part.groupFields])
    const key = JSON.stringify(chained.has(id) ? [id, byKey.size] : [micros, same])
    byKey.set(key, [...(byKey.get(key) ?? []), correlation])
  }
  return [...byKey.values()]
}
