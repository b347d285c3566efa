import { parseCondition, type Condition } from './condition.ts'
import { beginsWith } from './pipeline-regex.ts'
import type { AttributeOperator, Conditions, FieldCondition, ItemCondition, RuleCondition } from './pipeline.ts'
import { RuleProblem } from './problem.ts'
import { flagAt, inside, isMap, textAt, textsAt, type YamlMap } from './read-parts.ts'

const attributeOperators: readonly AttributeOperator[] = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'in', 'not_in']

/** Reads `rule_conditions` with `rule_cond_op`, `rule_cond_not` and `rule_cond_expr`; the same for items and field names. */
export function readConditionsOf<C>(step: YamlMap, prefix: string, read: (map: YamlMap, type: string) => C): Conditions<C> {
  const key = `${prefix}_conditions`
  const value = step[key]
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : isMap(value)
      ? Object.entries(value)
      : []
  if (value !== undefined && value !== null && !Array.isArray(value) && !isMap(value))
    throw new RuleProblem(`'${key}' is a list or a map`, [key])
  const all = entries.map(([name, one]) =>
    inside([key, name], () => {
      if (!isMap(one)) throw new RuleProblem('a condition is a map with a type')
      return { name: String(name), of: read(one, textAt(one, 'type')) }
    }),
  )
  const link = textAt(step, `${prefix}_cond_op`) || 'and'
  if (link !== 'and' && link !== 'or') throw new RuleProblem(`'${prefix}_cond_op' is 'and' or 'or'`, [`${prefix}_cond_op`])
  const text = textAt(step, `${prefix}_cond_expr`)
  const expression = text === '' ? undefined : inside([`${prefix}_cond_expr`], () => readExpression(text, all))
  const negated = flagAt(step, `${prefix}_cond_not`)
  return { all, link, negated, ...(expression === undefined ? {} : { expression }) }
}

function readExpression(text: string, all: readonly { readonly name: string }[]): Condition {
  const check = (one: Condition): void => {
    if (one.kind === 'of') throw new RuleProblem("'of' has no meaning here")
    if (one.kind === 'name' && !all.some(({ name }) => name === one.name))
      throw new RuleProblem(`there is no condition '${one.name.slice(0, 80)}'`)
    if (one.kind === 'not') check(one.of)
    if (one.kind === 'and' || one.kind === 'or') one.of.forEach(check)
  }
  const expression = parseCondition(text)
  check(expression)
  return expression
}

export function readRuleCondition(map: YamlMap, type: string): RuleCondition {
  switch (type) {
    case 'logsource':
      return {
        kind: 'log-source',
        product: lower(map, 'product'),
        category: lower(map, 'category'),
        service: lower(map, 'service'),
      }
    case 'contains_detection_item':
      return { kind: 'contains-item', field: needed(map, 'field'), value: scalar(map, 'value') }
    case 'contains_field':
      return { kind: 'contains-item', field: needed(map, 'field'), value: undefined }
    case 'is_sigma_rule':
      return { kind: 'is-rule' }
    case 'is_sigma_correlation_rule':
      return { kind: 'is-correlation' }
    case 'rule_attribute': {
      const text = textAt(map, 'op') || 'eq'
      const op = attributeOperators.find((one) => one === text)
      if (op === undefined) throw new RuleProblem(`'${text.slice(0, 40)}' is no operator of rule_attribute`, ['op'])
      return { kind: 'attribute', attribute: needed(map, 'attribute'), op, value: scalar(map, 'value') }
    }
    case 'tag':
      return { kind: 'tag', tag: needed(map, 'tag').toLowerCase() }
    case 'processing_state': {
      const op = textAt(map, 'op') || 'eq'
      if (op !== 'eq' && op !== 'ne') throw new RuleProblem("a state is compared with 'eq' or 'ne'", ['op'])
      return { kind: 'state', key: needed(map, 'key'), value: scalar(map, 'val'), op }
    }
    case 'processing_item_applied':
      return { kind: 'applied', id: needed(map, 'processing_item_id') }
    default:
      throw unsupported('rule condition', type)
  }
}

export function readItemCondition(map: YamlMap, type: string): ItemCondition {
  const cond = textAt(map, 'cond') || 'any'
  if (cond !== 'any' && cond !== 'all') throw new RuleProblem("'cond' is 'any' or 'all'", ['cond'])
  const every = cond === 'all'
  switch (type) {
    case 'match_string': {
      const matches = inside(['pattern'], () => beginsWith(needed(map, 'pattern')))
      const negate = flagAt(map, 'negate')
      return { every, test: ({ text }) => (text !== undefined && matches(text)) !== negate }
    }
    case 'match_value': {
      const value = scalar(map, 'value')
      return { every, test: ({ text }) => text === value }
    }
    case 'contains_wildcard':
      return { every, test: ({ text }) => text !== undefined && /(?:^|[^\\])(?:\\\\)*[*?]/.test(text) }
    case 'is_null':
      return { every, test: ({ isNull }) => isNull }
    default:
      throw unsupported('detection item condition', type)
  }
}

export function readFieldCondition(map: YamlMap, type: string): FieldCondition {
  if (type !== 'include_fields' && type !== 'exclude_fields') throw unsupported('field name condition', type)
  const fields = textsAt(map, 'fields')
  const mode = textAt(map, 'mode') || 'plain'
  if (mode !== 'plain' && mode !== 're') throw new RuleProblem("'mode' is 'plain' or 're'", ['mode'])
  const tests = mode === 'plain' ? [] : fields.map((field, n) => inside(['fields', n], () => beginsWith(field)))
  const named = new Set(fields)
  const included = (field: string): boolean =>
    field !== '' && (mode === 'plain' ? named.has(field) : tests.some((one) => one(field)))
  return { matches: type === 'include_fields' ? included : (field) => !included(field) }
}

/** The text of a key that must be there. */
export function needed(map: YamlMap, key: string): string {
  const text = textAt(map, key)
  if (text === '') throw new RuleProblem(`'${key}' is missing`)
  return text
}

/** A text, number or truth value as text. */
export function scalar(map: YamlMap, key: string): string {
  const value = map[key]
  return typeof value === 'boolean' ? String(value) : textAt(map, key)
}

export function unsupported(what: string, name: string): RuleProblem {
  return new RuleProblem(name === '' ? `the ${what} has no type` : `the ${what} '${name.slice(0, 60)}' is not supported`, [
    'type',
  ])
}

function lower(map: YamlMap, key: string): string {
  return textAt(map, key).toLowerCase()
}
