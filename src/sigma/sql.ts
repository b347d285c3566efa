import { sigmaCategories } from '../events/index.ts'
import type { LogSource, Rule } from './rule.ts'
import type { SqlValues } from './sql-bind.ts'
import { all, exactly, isExact, type SqlBounds } from './sql-bounds.ts'
import { planSql } from './sql-plan.ts'

export { SqlValues } from './sql-bind.ts'

/** A rule as a condition over the lake's events, its values bound in the `SqlValues` it was compiled with. */
export interface RuleSql {
  readonly rule: Rule
  /** Holds for every event the rule matches. */
  readonly upper: string
  /** Holds for no event the rule does not match. */
  readonly lower: string
  /** True when both are the same: SQL alone decides the rule. */
  readonly exact: boolean
  /** Kinds of test that SQL leaves to the matcher in memory. */
  readonly open: readonly string[]
}

/**
 * Compiles a rule, with its log source, to SQL over the events table. No text of a rule stands in the statement: names of columns and
 * functions are ours, names of fields and values are bound. With `regexes: false`, regexes are left to the matcher in memory, for an
 * engine that refuses one.
 */
export function ruleSql(rule: Rule, values: SqlValues, options: { readonly regexes?: boolean } = {}): RuleSql {
  const plan = planSql(rule.plan, values, options)
  const bounds = all([logSourceSql(rule.logsource, values), plan])
  return { rule, ...bounds, exact: isExact(bounds), open: plan.open }
}

/** The events of the log sources a rule is written for. */
export function logSourceSql(source: LogSource, values: SqlValues): SqlBounds {
  const is = (column: 'product' | 'service', wanted: string): SqlBounds =>
    exactly(wanted === '' ? '1' : `lower(${column}) = ${values.text(wanted)}`)
  const category =
    source.category === ''
      ? '1'
      : `lower(category) IN ${values.texts([source.category, ...divided.filter((one) => sigmaCategories(one).includes(source.category) && one !== source.category)])}`
  return all([is('product', source.product), is('service', source.service), exactly(category)])
}

/** Categories of which a wider one is made up. */
const divided = ['registry_add', 'registry_delete', 'registry_set', 'registry_rename']
