import type { Locator } from '../base/index.ts'
import type { LogEvent } from '../events/index.ts'
import { matchedFields, viewOfMatched } from './matched-fields.ts'
import type { Level, Rule } from './rule.ts'

/** One rule on one event; the caller knows the exhibit and makes a cite of it with `at`. */
export interface Detection {
  /** Id of the rule. */
  readonly rule: string
  readonly title: string
  readonly level: Level
  readonly tags: readonly string[]
  /** As the event gives it: fixed-width UTC, '' when unknown. */
  readonly time: string
  readonly host: string
  readonly account: string
  readonly at: Locator
  /** The fields that made the rule match, with their values as the source writes them; `recovered` where the record is a recovered one. */
  readonly fields: Readonly<Record<string, string>>
}

/** The detection of a rule that matched an event. */
export function detectionOf(rule: Rule, event: LogEvent): Detection {
  const view = viewOfMatched(event)
  const recovered = view.text('recovered')
  return {
    rule: rule.id,
    title: rule.title,
    level: rule.level,
    tags: rule.tags,
    time: event.time,
    host: event.host,
    account: event.account,
    at: event.at,
    fields: { ...matchedFields(rule.plan, view), ...(recovered === 'from slack' ? { recovered } : {}) },
  }
}
