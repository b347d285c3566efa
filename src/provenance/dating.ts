import type { Linkage } from './linkage.ts'
import { microNats } from './model.ts'
import type { Examined } from './examined.ts'
import { subscriberLinks } from './subscriber-links.ts'

/** Which days the values of a sample agree with, by a copy with history. Days since 1970-01-01. */
export interface Dating {
  readonly day: number
  /** The 95 % set. */
  readonly from: number
  readonly to: number
  /** Cells that tell days apart, and how many of them contradict the best day. */
  readonly cells: number
  readonly contradicting: number
  /** Positions of the examined rows that hold a contradicting cell. */
  readonly rowsAgainst: ReadonlySet<number>
  /** Log weight of each stretch of days relative to the best, tempered; the stretches cover the span. */
  readonly stretches: readonly { readonly from: number; readonly to: number; readonly log: number }[]
}

/** Weight of "the subscriber is there at all on this day" against "is not" (rule P8). */
const presence = Math.log(50)

/**
 * Sweep line over the validity of the linked versions (rule P8): a cell that is equal on some days and not on others adds
 * log((1-noise)/(noise u)) to the days on which it is equal. Undefined when nothing changes within the span.
 */
export function dateSample(options: {
  readonly examined: Examined
  readonly linkage: Linkage
  readonly span: { readonly first: number; readonly last: number }
  /** Share of damaged cells. */
  readonly noise: number
  readonly weight: number
  /** Positions of the examined rows that are dated; all when absent. */
  readonly only?: ReadonlySet<number>
}): Dating | undefined {
  const { examined, linkage, span, noise, weight } = options
  const deltas = new Map<number, number>()
  const spans: { from: number; to: number; position: number }[][] = []
  const add = (from: number, to: number, weight: number): void => {
    const start = Math.max(from, span.first)
    const end = Math.min(to, span.last + 1)
    if (start >= end) return
    deltas.set(start, (deltas.get(start) ?? 0) + weight)
    deltas.set(end, (deltas.get(end) ?? 0) - weight)
  }
  for (const [position, links] of subscriberLinks(examined, linkage).entries()) {
    if (options.only !== undefined && !options.only.has(position)) continue
    if (links.length === 0) continue
    const covers = links.filter((link) => link.from <= span.first && link.to > span.last)
    if (covers.length === 0) {
      const merged = union(links)
      if (merged.some((one) => one.from > span.first || one.to <= span.last))
        spans.push(merged.map((one) => ({ ...one, position })))
      for (const one of merged) add(one.from, one.to, microNats(presence))
    }
    for (const [bit, tag] of linkage.tags.entries()) {
      const u = examined.cells.get(tag)?.[position] ?? Number.NaN
      if (Number.isNaN(u)) continue
      const compared = links.filter((link) => ((link.compared >>> bit) & 1) === 1)
      const equal = compared.filter((link) => ((link.equal >>> bit) & 1) === 1)
      if (equal.length === 0 || equal.length === compared.length) continue
      const merged = union(equal)
      spans.push(merged.map((one) => ({ ...one, position })))
      for (const one of merged) add(one.from, one.to, microNats(Math.log((1 - noise) / noise) - u))
    }
  }
  if (spans.length === 0) return undefined
  const stretches = sweep(deltas, span)
  const top = Math.max(...stretches.map((stretch) => stretch.micro))
  const weighted = stretches.map(({ from, to, micro }) => ({ from, to, log: ((micro - top) / 1e6) * weight }))
  const best = weighted.reduce((a, b) => (b.log > a.log ? b : a))
  const { from, to } = credible(weighted)
  const day = Math.floor((best.from + best.to) / 2)
  const against = spans.filter((one) => !one.some((stretch) => stretch.from <= day && stretch.to > day))
  const rowsAgainst = new Set(against.flatMap((one) => one.map(({ position }) => position)))
  return { day, from, to, cells: spans.length, contradicting: against.length, rowsAgainst, stretches: weighted }
}

/** Stretches of days with their summed weight, in order; both ends inclusive. */
function sweep(
  deltas: ReadonlyMap<number, number>,
  span: { readonly first: number; readonly last: number },
): { from: number; to: number; micro: number }[] {
  const days = [...new Set([span.first, ...deltas.keys()])].filter((day) => day <= span.last).toSorted((a, b) => a - b)
  let sum = 0
  return days.map((from, at) => {
    sum += deltas.get(from) ?? 0
    return { from, to: (days[at + 1] ?? span.last + 1) - 1, micro: sum }
  })
}

/** The smallest set of days, the likeliest first, that holds 95 %; given as its first and last day. */
function credible(stretches: readonly { readonly from: number; readonly to: number; readonly log: number }[]): {
  from: number
  to: number
} {
  const masses = stretches.map((stretch) => ({ ...stretch, mass: Math.exp(stretch.log) * (stretch.to - stretch.from + 1) }))
  const total = masses.reduce((sum, stretch) => sum + stretch.mass, 0)
  let held = 0
  let from = Infinity
  let to = -Infinity
  for (const stretch of masses.toSorted((a, b) => b.log - a.log || a.from - b.from)) {
    if (held >= total * 0.95) break
    held += stretch.mass
    from = Math.min(from, stretch.from)
    to = Math.max(to, stretch.to)
  }
  return { from, to }
}

function union(links: readonly { readonly from: number; readonly to: number }[]): { from: number; to: number }[] {
  const merged: { from: number; to: number }[] = []
  for (const { from, to } of links.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    const last = merged.at(-1)
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to)
    else merged.push({ from, to })
  }
  return merged
}
