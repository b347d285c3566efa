import { sigmaCategories, type FieldRow, type LogEvent } from '../events/index.ts'
import { Bucket } from './bucket.ts'
import type { Matcher } from './matcher.ts'
import type { LogSource, Rule } from './rule.ts'
import { ValueMemory } from './value-memory.ts'

/** Compiled rules, ready for events. Keeps what it learned about values; one set per thread. */
export interface RuleSet {
  readonly rules: readonly Rule[]
  /** The rules whose log source is the event's and whose detection holds, sorted by rule id. */
  match(event: LogEvent): readonly Rule[]
}

/** Log sources kept with their index; events of more sources than that are still matched, only slower. */
const bucketsKept = 1_000

/** Compiles rules. An event is offered only to rules whose log source agrees in every part the rule states. */
export function compile(rules: readonly Rule[]): RuleSet {
  const inOrder = [...rules].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  const shared = { compiled: new Map<Rule, Matcher>(), memory: new ValueMemory() }
  const bySource = new Map<string, Bucket>()
  // Sources that the same rules are written for share a bucket.
  const byRules = new Map<string, Bucket>()
  const bucketOf = (source: LogSource): Bucket => {
    const key = JSON.stringify([source.product, source.category, source.service])
    const known = bySource.get(key)
    if (known !== undefined) return known
    const fitting = inOrder.filter((rule) => isWrittenFor(rule.logsource, source))
    const rulesKey = fitting.map((rule) => rule.id).join(' ')
    if (bySource.size >= bucketsKept) {
      bySource.clear()
      byRules.clear()
      shared.memory = new ValueMemory()
    }
    const bucket = byRules.get(rulesKey) ?? new Bucket(fitting, shared)
    bySource.set(key, bucket)
    byRules.set(rulesKey, bucket)
    return bucket
  }
  // The events of a layout are of one source.
  const byLayout = new WeakMap<object, Bucket>()
  const match = (event: LogEvent & { readonly row?: FieldRow }): readonly Rule[] => {
    const { row } = event
    if (row === undefined) return bucketOf(event).match(event)
    let bucket = byLayout.get(row.layout)
    if (bucket === undefined) byLayout.set(row.layout, (bucket = bucketOf(event)))
    return bucket.match(event)
  }
  return { rules: inOrder, match }
}

/**
 * Whether a rule's log source takes events of a source; a part the rule leaves out takes anything. An event counts for
 * its category and for the wider ones (`registry_set` is also `registry_event`).
 */
export function isWrittenFor(rule: LogSource, source: LogSource): boolean {
  const agrees = (asked: string, given: string): boolean => asked === '' || asked === given.toLowerCase()
  const category = source.category.toLowerCase()
  return (
    agrees(rule.product, source.product) &&
    agrees(rule.service, source.service) &&
    (rule.category === '' || rule.category === category || sigmaCategories(category).includes(rule.category))
  )
}
