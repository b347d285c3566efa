import { contentId, limits, unreachable } from '../base/index.ts'
import type { Condition } from './condition.ts'
import type { Plan } from './plan.ts'
import { RuleProblem } from './problem.ts'
import { inside, type YamlMap } from './read-parts.ts'
import { resolve } from './resolve.ts'
import type { LogSource, Rule } from './rule.ts'
import { planOfSearch, type Search } from './search-tree.ts'

/** Search identifiers with the conditions over them: a rule's own, a filter's, or one that a pipeline added. All scopes must hold. */
export interface Scope {
  /** '' for the rule's own. */
  readonly name: string
  /** A search that a pipeline emptied is undefined: it asks nothing. */
  readonly searches: ReadonlyMap<string, Search | undefined>
  /** Any of them. */
  readonly conditions: readonly Condition[]
}

/** A rule between its file and its plan: filters and pipelines change it. */
export interface RuleDraft {
  readonly head: Omit<Rule, 'logsource' | 'plan'>
  readonly logsource: LogSource
  readonly scopes: readonly Scope[]
  /** The document, for pipelines that ask for attributes. */
  readonly content: YamlMap
}

/** The rule of a draft. Throws RuleProblem when nothing is asked any more, too much is asked, or placeholders lack values. */
export function ruleOf(draft: RuleDraft): Rule {
  const { head, logsource } = draft
  const plan = planOf(draft)
  return { ...head, id: head.id === '' ? contentIdOf(draft, plan) : head.id, logsource, plan }
}

/** Filters and pipelines do not change the id of a rule that states none. */
function contentIdOf({ head, logsource, scopes }: RuleDraft, whole: Plan): string {
  const own = scopes.length === 1 ? whole : planOfScope(scopes[0])
  return contentId('R', { title: head.title, logsource: { ...logsource }, plan: JSON.stringify(own ?? whole) })
}

function planOf({ scopes }: RuleDraft): Plan {
  const of = scopes.flatMap((scope) => {
    const plan = planOfScope(scope)
    if (plan === undefined) return []
    return scope.name === '' ? plan : ({ kind: 'named', name: scope.name, of: plan } as const)
  })
  const [only] = of
  if (only === undefined) throw new RuleProblem('the pipelines left nothing of the detection', ['detection'])
  const plan: Plan = of.length === 1 ? only : { kind: 'and', of }
  if (planItems(plan) > limits.rulePlanItems)
    throw new RuleProblem(`asks for more than ${limits.rulePlanItems} tests`, ['detection'])
  return plan
}

function planOfScope(scope: Scope | undefined): Plan | undefined {
  const searches = new Map<string, Plan | undefined>()
  for (const [name, search] of scope?.searches ?? []) {
    const of = search === undefined ? undefined : inside(['detection', name], () => planOfSearch(search))
    searches.set(name, of === undefined ? undefined : { kind: 'named', name, of })
  }
  const of = inside(['detection', 'condition'], () => (scope?.conditions ?? []).flatMap((one) => resolve(one, searches) ?? []))
  const [only] = of
  return of.length <= 1 ? only : { kind: 'or', of }
}

/** Tests of a plan, counted as often as the condition names them. */
function planItems(plan: Plan): number {
  const known = new Map<Plan, number>()
  const count = (one: Plan): number => {
    const earlier = known.get(one)
    if (earlier !== undefined) return earlier
    let items = 1
    switch (one.kind) {
      case 'and':
      case 'or':
      case 'at-least':
        for (const part of one.of) items += count(part)
        break
      case 'not':
      case 'named':
        items = count(one.of)
        break
      case 'field':
      case 'anywhere':
        break
      default:
        unreachable(one)
    }
    known.set(one, items)
    return items
  }
  return count(plan)
}
