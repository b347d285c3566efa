import type { EventKind, Facts } from './facts.ts'
import type { LawRule } from './law-schema.ts'
import type { TriggerEvent } from './duty.ts'
import { earliestReading, latestReading } from './zone-range.ts'

/**
 * All candidate moments and all decisions, side by side in order of time and numbered `T1`, `T2`, ...
 * The earliest moment of knowledge is flagged; an occurrence nobody knew of is flagged only when nothing else stands there, and a time
 * without a zone only when it comes first in whatever zone.
 */
export function triggerEvents(facts: Facts): TriggerEvent[] {
  const candidates = facts.candidates.map((one) => ({
    kind: one.kind,
    at: one.at,
    text: one.text,
    decided: false,
    ground: { text: one.text, cites: one.cites },
  }))
  const decisions = latestDecisions(facts).map((one) => ({
    kind: one.kind,
    at: one.at,
    text: `${one.by} decided: ${one.reason}`,
    decided: true,
    ground: { text: `${one.by} decided: ${one.reason}`, cites: one.cites },
  }))
  const sorted = [...candidates, ...decisions].sort(
    (a, b) => order(a.at.at, b.at.at) || Number(a.decided) - Number(b.decided) || order(a.kind, b.kind) || order(a.text, b.text),
  )
  const knowledge = sorted.filter((one) => one.kind !== 'occurrence')
  const pool = knowledge.length > 0 ? knowledge : sorted
  const sure = pool.find((one) => pool.every((other) => other === one || latestReading(one.at) <= earliestReading(other.at)))
  const earliest = sure ?? pool.find((one) => one.at.zone !== 'unknown') ?? pool[0]
  return sorted.map((one, n) => ({ id: `T${n + 1}`, ...one, earliest: one === earliest }))
}

/**
 * The event a rule's clock runs from: the decision that settles it (the kind the rule names first, when several are decided),
 * else the earliest candidate of a fitting kind whose zone is known, else the earliest whose zone is asked for.
 */
export function startOf(rule: LawRule, events: readonly TriggerEvent[]): TriggerEvent | undefined {
  const settled = settledBy(rule, events)
  if (settled !== undefined) return settled
  const fitting = events.filter((one) => !one.decided && rule.trigger.includes(one.kind))
  return fitting.find((one) => one.at.zone !== 'unknown') ?? fitting[0]
}

/** The decision that settles a rule's start, of the kind the rule names first. */
export function settledBy(rule: LawRule, events: readonly TriggerEvent[]): TriggerEvent | undefined {
  return (rule.settledBy ?? [])
    .map((kind) => events.find((one) => one.decided && one.kind === kind))
    .find((one) => one !== undefined)
}

/** The last decision of each kind; earlier ones were overruled. */
function latestDecisions(facts: Facts): Facts['decisions'][number][] {
  const byKind = new Map<EventKind, Facts['decisions'][number]>()
  for (const one of facts.decisions) byKind.set(one.kind, one)
  return [...byKind.values()]
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
