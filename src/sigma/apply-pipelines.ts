import { unreachable } from '../base/index.ts'
import { changeItem } from './change-item.ts'
import { levels } from './read-rule.ts'
import { holds, type AttributeOperator, type Pipeline, type RuleCondition, type Step } from './pipeline.ts'
import { RuleProblem } from './problem.ts'
import type { YamlMap } from './read-parts.ts'
import type { CorrelationDraft } from './read-correlation.ts'
import type { RuleDraft, Scope } from './rule-draft.ts'
import { isWrittenFor } from './rule-set.ts'
import type { LogSource, Rule } from './rule.ts'
import { itemsOf, mapItems, type Search } from './search-tree.ts'
import { valueTexts } from './value-texts.ts'

/** What conditions ask of a rule or correlation while pipelines run over it. */
interface Subject {
  readonly kind: 'rule' | 'correlation'
  readonly content: YamlMap
  readonly tags: readonly string[]
  /** Log sources: its own, or those of the rules a correlation refers to. */
  readonly logsources: readonly LogSource[]
  readonly searches: readonly Search[]
  readonly state: Map<string, string>
  readonly applied: Set<string>
}

/** Runs pipelines over a rule. Throws RuleProblem when one of them makes the rule fail. */
export function applyPipelines(draft: RuleDraft, pipelines: readonly Pipeline[]): RuleDraft {
  const state = new Map<string, string>()
  const applied = new Set<string>()
  let current = draft
  for (const { name, steps } of pipelines)
    for (const step of steps) {
      const subject: Subject = {
        kind: 'rule',
        content: current.content,
        tags: current.head.tags,
        logsources: [current.logsource],
        searches: current.scopes.flatMap((scope) => [...scope.searches.values()].flatMap((one) => one ?? [])),
        state,
        applied,
      }
      if (!holds(step.rule, (one) => meetsCondition(one, subject))) continue
      current = applyStep(current, step, { name, state })
      if (step.id !== '') applied.add(step.id)
    }
  return current
}

function applyStep(draft: RuleDraft, step: Step, at: { readonly name: string; readonly state: Map<string, string> }): RuleDraft {
  const { of } = step
  switch (of.kind) {
    case 'fail-rule':
      throw new RuleProblem(`the pipeline '${at.name}' takes no such rule: ${of.message}`)
    case 'add-condition': {
      const search = of.search(draft.logsource)
      const name = { kind: 'name', name: 'condition', column: 1 } as const
      const scope: Scope = {
        name: `added by the pipeline '${at.name}'`,
        searches: new Map([['condition', search]]),
        conditions: [of.negated ? { kind: 'not', of: name } : name],
      }
      return { ...draft, scopes: [...draft.scopes, scope] }
    }
    case 'log-source':
      return { ...draft, logsource: { product: of.product, category: of.category, service: of.service } }
    case 'state':
      at.state.set(of.key, of.value)
      return draft
    case 'attribute':
      return { ...draft, content: { ...draft.content, [of.key]: of.value } }
    case 'nothing':
      return draft
    case 'rename':
    case 'drop':
    case 'fail-item':
    case 'replace':
    case 'map':
    case 'placeholders':
      return {
        ...draft,
        scopes: draft.scopes.map((scope) =>
          inScope(scope, (search) => mapItems(search, (item) => changeItem(item, step, at.name))),
        ),
      }
    default:
      return unreachable(of)
  }
}

function inScope(scope: Scope, change: (search: Search) => Search | undefined): Scope {
  const searches = [...scope.searches].map(([name, search]) => [name, search === undefined ? undefined : change(search)] as const)
  return { ...scope, searches: new Map(searches) }
}

/**
 * What pipelines make of the name of a field that a correlation reads in the events of a rule. Throws RuleProblem when they make
 * several, or make the correlation fail.
 */
export function fieldNameIn(
  correlation: CorrelationDraft,
  {
    field,
    rules,
    pipelines,
  }: { readonly field: string; readonly rules: readonly Rule[]; readonly pipelines: readonly Pipeline[] },
): string {
  const subject: Subject = {
    kind: 'correlation',
    content: correlation.content,
    tags: correlation.head.tags,
    logsources: rules.map((rule) => rule.logsource),
    searches: [],
    state: new Map(),
    applied: new Set(),
  }
  let name = field
  for (const pipeline of pipelines)
    for (const step of pipeline.steps) {
      if (!holds(step.rule, (one) => meetsCondition(one, subject))) continue
      if (step.id !== '') subject.applied.add(step.id)
      if (step.of.kind === 'state') subject.state.set(step.of.key, step.of.value)
      if (step.of.kind === 'fail-rule')
        throw new RuleProblem(`the pipeline '${pipeline.name}' takes no such correlation: ${step.of.message}`)
      if (step.of.kind !== 'rename' || step.item.all.length > 0 || !holds(step.field, (one) => one.matches(name))) continue
      const [to, ...more] = step.of.names(name) ?? [name]
      if (more.length > 0)
        throw new RuleProblem(`the pipeline '${pipeline.name}' gives several names to a field the correlation reads`, [
          'correlation',
        ])
      name = to ?? name
    }
  return name
}

function meetsCondition(condition: RuleCondition, subject: Subject): boolean {
  switch (condition.kind) {
    case 'log-source':
      return subject.logsources.some((source) => isWrittenFor(condition, source))
    case 'contains-item':
      return subject.searches.some((search) =>
        itemsOf(search).some(
          ({ field, values }) =>
            field === condition.field &&
            (condition.value === undefined || valueTexts(values).some(({ text }) => sameText(text, condition.value))),
        ),
      )
    case 'is-rule':
      return subject.kind === 'rule'
    case 'is-correlation':
      return subject.kind === 'correlation'
    case 'attribute':
      return compareAttribute(subject.content[condition.attribute], condition)
    case 'tag':
      return subject.tags.includes(condition.tag)
    case 'state':
      return (subject.state.get(condition.key) === condition.value) === (condition.op === 'eq')
    case 'applied':
      return subject.applied.has(condition.id)
    default:
      return unreachable(condition)
  }
}

function sameText(text: string | undefined, other: string | undefined): boolean {
  return text !== undefined && text.toLowerCase() === other?.toLowerCase()
}

function compareAttribute(
  value: unknown,
  { attribute, op, value: other }: { readonly attribute: string; readonly op: AttributeOperator; readonly value: string },
): boolean {
  if (value === undefined || value === null) return false
  if (Array.isArray(value)) {
    if (op === 'in' || op === 'not_in') return value.map(String).includes(other) === (op === 'in')
    return op === 'ne'
  }
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint' && typeof value !== 'boolean')
    return false
  const text = String(value)
  if (op === 'eq' || op === 'ne') return (text === other) === (op === 'eq')
  const order =
    attribute === 'level'
      ? levels.findIndex((one) => one === text) - levels.findIndex((one) => one === other)
      : orderOf(text, other)
  switch (op) {
    case 'gt':
      return order > 0
    case 'gte':
      return order >= 0
    case 'lt':
      return order < 0
    case 'lte':
      return order <= 0
    case 'in':
    case 'not_in':
      return false
    default:
      return unreachable(op)
  }
}

/** Numbers by size, dates written year first as text; anything else has no order. */
function orderOf(text: string, other: string): number {
  const dates = /^\d{4}[-/]\d{2}[-/]\d{2}$/
  if (dates.test(text) && dates.test(other)) {
    const [a, b] = [text.replaceAll('/', '-'), other.replaceAll('/', '-')]
    return a < b ? -1 : a > b ? 1 : 0
  }
  return text.trim() === '' || other.trim() === '' ? Number.NaN : Number(text) - Number(other)
}
