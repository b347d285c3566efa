import { uuid5, sharingNamespace } from '../redaction/uuid.ts'
import type { Gate } from '../redaction/shareable.ts'
import type { Proposed, StoryRecord } from './proposed-rule.ts'
import { ruleText, type RuleShape } from './rule-text.ts'
import { webRules } from './web-rules.ts'
import { windowsRules } from './windows-rules.ts'

/** A rule that nobody tried yet. */
export interface RuleDraft {
  readonly id: string
  readonly title: string
  readonly yaml: string
  readonly steps: readonly number[]
  /** Wider drafts, each of which finds all that this one finds: where one of them can be offered, this one says nothing more. */
  readonly within: readonly string[]
}

interface Merged {
  readonly shape: RuleShape
  readonly wide: boolean
  readonly within: ReadonlySet<string>
  readonly steps: Set<number>
  readonly techniques: Set<string>
  readonly tactics: Set<string>
}

const mostDrafts = 60

/**
 * Rules that find what the records of a story did without naming where: wide ones by the behaviour alone, and narrow ones that name
 * programs, switches, kinds of scripts and services. Alike ones are one rule. None is to be offered untried.
 */
export function generalise(records: readonly StoryRecord[], gate: Gate): readonly RuleDraft[] {
  const drafts = new Map<string, Merged>()
  for (const record of records)
    for (const { shape, wide = false, within = [] } of proposedOf(record, gate)) {
      const id = idOf(shape)
      const before = drafts.get(id)
      const now = new Set(within.map(idOf))
      const one: Merged = {
        shape,
        wide: wide || before?.wide === true,
        within: before === undefined ? now : new Set([...before.within].filter((each) => now.has(each))),
        steps: before?.steps ?? new Set(),
        techniques: before?.techniques ?? new Set(),
        tactics: before?.tactics ?? new Set(),
      }
      for (const step of record.steps) one.steps.add(step)
      for (const technique of record.techniques)
        if (/^T\d{4}(?:\.\d{3})?$/.test(technique)) one.techniques.add(technique.toLowerCase())
      for (const tactic of record.tactics) if (/^[a-z-]{4,30}$/.test(tactic)) one.tactics.add(tactic)
      drafts.set(id, one)
    }
  return [...drafts]
    .sort(([a, one], [b, other]) => Number(other.wide) - Number(one.wide) || (a < b ? -1 : 1))
    .slice(0, mostDrafts)
    .map(([id, { shape, steps, techniques, tactics, within }]) => ({
      id,
      title: shape.title,
      steps: [...steps].sort((a, b) => a - b),
      within: [...within].sort(),
      yaml: ruleText({ id, shape, tags: [...[...tactics].sort(), ...[...techniques].sort()] }),
    }))
}

function proposedOf(record: StoryRecord, gate: Gate): readonly Proposed[] {
  if (record.category === 'webserver') return webRules(record)
  return record.product === 'windows' ? windowsRules(record, gate) : []
}

function idOf({ logsource, conditions }: RuleShape): string {
  return uuid5(sharingNamespace, `rule ${JSON.stringify([logsource, conditions])}`)
}
