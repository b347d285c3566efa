import { contentId, limits, unreachable } from '../base/index.ts'
import { parseCondition } from './condition.ts'
import type { Plan } from './plan.ts'
import { RuleProblem } from './problem.ts'
import { resolve } from './resolve.ts'
import type { Level, LogSource, Rule } from './rule.ts'
import { planSearch } from './search.ts'
import type { Placeholders } from './values.ts'

const levels: readonly Level[] = ['informational', 'low', 'medium', 'high', 'critical']
const statuses = ['stable', 'test', 'experimental', 'deprecated', 'unsupported']

/** Turns one YAML document into a rule; throws RuleProblem when it is none this room can run. */
export function readRule(
  content: unknown,
  from: { readonly file: string; readonly line: number; readonly placeholders: Placeholders },
): Rule {
  if (!isMap(content)) throw new RuleProblem('a rule is a map with title, logsource and detection')
  if ('correlation' in content) throw new RuleProblem('correlations are not supported yet', ['correlation'])
  if ('filter' in content) throw new RuleProblem('filters are not supported yet', ['filter'])
  if ('action' in content)
    throw new RuleProblem("collections with 'action' are not supported; write one document per rule", ['action'])
  const title = textAt(content, 'title')
  if (title === '') throw new RuleProblem('the rule has no title')
  const logsource = readLogSource(content['logsource'])
  const plan = readDetection(content['detection'], from.placeholders)
  const id = textAt(content, 'id').toLowerCase()
  return {
    id: id === '' ? contentId('R', { title, logsource: { ...logsource }, plan: JSON.stringify(plan) }) : id,
    title,
    description: textAt(content, 'description'),
    author: textAt(content, 'author'),
    status: oneOf(textAt(content, 'status'), ['', ...statuses], 'status'),
    level: oneOf(textAt(content, 'level') || 'informational', levels, 'level'),
    tags: readTags(content['tags']),
    logsource,
    plan,
    file: from.file,
    line: from.line,
  }
}

function readLogSource(value: unknown): LogSource {
  if (!isMap(value)) throw new RuleProblem('the rule has no log source', ['logsource'])
  const part = (name: string): string => textAt(value, name, ['logsource']).toLowerCase()
  const logsource = { product: part('product'), category: part('category'), service: part('service') }
  if (Object.values(logsource).every((one) => one === '')) {
    throw new RuleProblem('the log source names no product, category or service', ['logsource'])
  }
  return logsource
}

function readDetection(value: unknown, placeholders: Placeholders): Plan {
  if (!isMap(value)) throw new RuleProblem('the rule has no detection', ['detection'])
  if ('timeframe' in value)
    throw new RuleProblem("'timeframe' belongs to aggregations, which are not supported", ['detection', 'timeframe'])
  const searches = new Map<string, Plan>()
  for (const name of Object.keys(value)) {
    if (name === 'condition') continue
    const of = inside(['detection', name], () => planSearch(value[name], placeholders))
    searches.set(name, { kind: 'named', name, of })
  }
  const plan = inside(['detection', 'condition'], () => readCondition(value['condition'], searches))
  if (planItems(plan) > limits.rulePlanItems)
    throw new RuleProblem(`asks for more than ${limits.rulePlanItems} tests`, ['detection'])
  return plan
}

function readCondition(value: unknown, searches: ReadonlyMap<string, Plan>): Plan {
  if (value === undefined || value === null) throw new RuleProblem('the rule has no condition')
  const texts: readonly unknown[] = Array.isArray(value) ? value : [value]
  const of = texts.map((text) => {
    if (typeof text !== 'string') throw new RuleProblem('a condition is a text')
    return resolve(parseCondition(text), searches)
  })
  const [only] = of
  if (only === undefined) throw new RuleProblem('the condition is empty')
  return of.length === 1 ? only : { kind: 'or', of }
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

function readTags(value: unknown): string[] {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) throw new RuleProblem('tags are a list', ['tags'])
  return value.filter((tag) => typeof tag === 'string').map((tag) => tag.toLowerCase())
}

function oneOf<T extends string>(text: string, allowed: readonly T[], key: string): T {
  const found = allowed.find((one) => one === text.toLowerCase())
  if (found === undefined) throw new RuleProblem(`'${text.slice(0, 40)}' is no ${key} of Sigma`, [key])
  return found
}

function textAt(map: Readonly<Record<string, unknown>>, key: string, path: readonly string[] = []): string {
  const value = map[key]
  if (value === undefined || value === null) return ''
  if (typeof value !== 'string' && typeof value !== 'bigint' && typeof value !== 'number') {
    throw new RuleProblem(`'${key}' is a text`, [...path, key])
  }
  return String(value).toWellFormed()
}

function inside<T>(path: readonly string[], read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof RuleProblem) throw new RuleProblem(error.message, [...path, ...error.path])
    throw error
  }
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
