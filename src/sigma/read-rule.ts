import { parseCondition, type Condition } from './condition.ts'
import { RuleProblem } from './problem.ts'
import { inside, isMap, oneOf, textAt, type YamlMap } from './read-parts.ts'
import { resolve } from './resolve.ts'
import type { RuleDraft, Scope } from './rule-draft.ts'
import type { Level, LogSource } from './rule.ts'
import type { Search } from './search-tree.ts'
import { readSearch } from './search.ts'
import type { Placeholders } from './values.ts'

/** From weak to strong. */
export const levels: readonly Level[] = ['informational', 'low', 'medium', 'high', 'critical']
const statuses = ['stable', 'test', 'experimental', 'deprecated', 'unsupported']

/** Turns one YAML document into the draft of a rule; throws RuleProblem when it is none this room can run. */
export function readRule(
  content: YamlMap,
  from: { readonly file: string; readonly line: number; readonly placeholders: Placeholders },
): RuleDraft {
  const title = readTitle(content, 'rule')
  const logsource = readLogSource(content['logsource'], 'rule')
  const detection = content['detection']
  if (!isMap(detection)) throw new RuleProblem('the rule has no detection', ['detection'])
  if ('timeframe' in detection)
    throw new RuleProblem("'timeframe' belongs to aggregations, which are not supported", ['detection', 'timeframe'])
  const scope = inside(['detection'], () =>
    readScope(detection, { name: '', not: ['condition'], placeholders: from.placeholders }),
  )
  return {
    head: {
      id: textAt(content, 'id').toLowerCase(),
      name: textAt(content, 'name'),
      title,
      description: textAt(content, 'description'),
      author: textAt(content, 'author'),
      status: readStatus(content),
      level: oneOf(textAt(content, 'level') || 'informational', levels, 'level'),
      tags: readTags(content['tags']),
      file: from.file,
      line: from.line,
    },
    logsource,
    scopes: [scope],
    content,
  }
}

/** The title of a document; throws without one. */
export function readTitle(content: YamlMap, what: string): string {
  const title = textAt(content, 'title')
  if (title === '') throw new RuleProblem(`the ${what} has no title`)
  return title
}

/** The log source of a rule or filter, lower case; throws when no part of it is stated. */
export function readLogSource(value: unknown, what: string): LogSource {
  if (!isMap(value)) throw new RuleProblem(`the ${what} has no log source`, ['logsource'])
  const part = (name: string): string => textAt(value, name, ['logsource']).toLowerCase()
  const logsource = { product: part('product'), category: part('category'), service: part('service') }
  if (Object.values(logsource).every((one) => one === '')) {
    throw new RuleProblem('the log source names no product, category or service', ['logsource'])
  }
  return logsource
}

export function readStatus(content: YamlMap): string {
  return oneOf(textAt(content, 'status'), ['', ...statuses], 'status')
}

/** Tags in lower case. */
export function readTags(value: unknown): string[] {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) throw new RuleProblem('tags are a list', ['tags'])
  return value.filter((tag) => typeof tag === 'string').map((tag) => tag.toLowerCase())
}

/** Search identifiers and conditions of a map; `not` are the keys of it that are no search identifiers. */
export function readScope(
  map: YamlMap,
  options: { readonly name: string; readonly not: readonly string[]; readonly placeholders: Placeholders },
): Scope {
  const searches = new Map<string, Search>()
  for (const name of Object.keys(map)) {
    if (options.not.includes(name)) continue
    searches.set(
      name,
      inside([name], () => readSearch(map[name], options.placeholders)),
    )
  }
  const conditions = inside(['condition'], () => readConditions(map['condition']))
  // Unknown names are told with the line of the condition.
  const defined = new Map([...searches.keys()].map((name) => [name, { kind: 'or', of: [] } as const]))
  inside(['condition'], () => conditions.forEach((one) => resolve(one, defined)))
  return { name: options.name, searches, conditions }
}

function readConditions(value: unknown): Condition[] {
  if (value === undefined || value === null) throw new RuleProblem('the rule has no condition')
  const texts: readonly unknown[] = Array.isArray(value) ? value : [value]
  if (texts.length === 0) throw new RuleProblem('the condition is empty')
  return texts.map((text) => {
    if (typeof text !== 'string') throw new RuleProblem('a condition is a text')
    return parseCondition(text)
  })
}
