import { limits } from '../base/index.ts'
import type { Bound, Correlation, CorrelationType } from './correlation.ts'
import { RuleProblem } from './problem.ts'
import { flagAt, inside, isMap, oneOf, textAt, textsAt, type YamlMap } from './read-parts.ts'
import { levels, readStatus, readTags, readTitle } from './read-rule.ts'
import type { Level } from './rule.ts'

const types: readonly CorrelationType[] = [
  'event_count',
  'value_count',
  'temporal',
  'temporal_ordered',
  'value_sum',
  'value_avg',
  'value_percentile',
  'value_median',
]
const operators: readonly Bound['op'][] = ['gt', 'gte', 'lt', 'lte', 'eq', 'neq']
const secondsOf: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 }

/** Ordered correlations that ask for some of their rules keep a table of rules by rules for each group. */
const mostOrderedChoices = 8

/** A correlation whose references are names and ids as written. */
export interface CorrelationDraft {
  readonly head: Omit<Correlation, 'parts' | 'level'>
  readonly level: Level | undefined
  readonly rules: readonly string[]
  /** Name of an alias -> rule as written -> field in its events. */
  readonly aliases: ReadonlyMap<string, ReadonlyMap<string, string>>
  readonly content: YamlMap
}

/** Turns one YAML document into a correlation; throws RuleProblem when it is none this room can run. */
export function readCorrelation(content: YamlMap, from: { readonly file: string; readonly line: number }): CorrelationDraft {
  const title = readTitle(content, 'correlation')
  const map = content['correlation']
  if (!isMap(map)) throw new RuleProblem('a correlation is a map with type, rules and timespan', ['correlation'])
  const level = textAt(content, 'level')
  return {
    ...inside(['correlation'], () =>
      readBody(map, {
        id: textAt(content, 'id').toLowerCase(),
        name: textAt(content, 'name'),
        title,
        description: textAt(content, 'description'),
        author: textAt(content, 'author'),
        status: readStatus(content),
        tags: readTags(content['tags']),
        generate: flagAt(content, 'generate') || flagAt(map, 'generate'),
        file: from.file,
        line: from.line,
      }),
    ),
    level: level === '' ? undefined : oneOf(level, levels, 'level'),
    content,
  }
}

type Head = Pick<
  Correlation,
  'id' | 'name' | 'title' | 'description' | 'author' | 'status' | 'tags' | 'generate' | 'file' | 'line'
>

function readBody(map: YamlMap, head: Head): Pick<CorrelationDraft, 'head' | 'rules' | 'aliases'> {
  const type = readType(map)
  const rules = textsAt(map, 'rules')
  if (rules.length === 0) throw new RuleProblem('the correlation refers to no rule', ['rules'])
  if (new Set(rules).size < rules.length) throw new RuleProblem('a rule is named twice', ['rules'])
  if (rules.length > limits.correlationRules)
    throw new RuleProblem(`refers to more than ${limits.correlationRules} rules`, ['rules'])
  const { timespan, micros } = readTimespan(map)
  const condition = inside(['condition'], () => readCondition(map['condition'], { type, rules: rules.length }))
  const groupBy = textsAt(map, 'group-by')
  return { head: { ...head, type, groupBy, timespan, micros, ...condition }, rules, aliases: readAliases(map, rules) }
}

function readType(map: YamlMap): CorrelationType {
  const text = textAt(map, 'type')
  const type = types.find((one) => one === text)
  if (type !== undefined) return type
  throw new RuleProblem(text === '' ? 'the correlation has no type' : `'${text.slice(0, 40)}' is no type of correlation`, [
    'type',
  ])
}

function readTimespan(map: YamlMap): { timespan: string; micros: number } {
  const timespan = textAt(map, 'timespan')
  if (timespan === '') throw new RuleProblem('the correlation has no timespan', ['timespan'])
  const [, count = '', unit = ''] = /^(\d{1,9})([smhdw])$/.exec(timespan) ?? []
  const seconds = Number(count) * (secondsOf[unit] ?? 0)
  if (seconds <= 0) throw new RuleProblem('a timespan is a number and one of s, m, h, d, w', ['timespan'])
  if (seconds > limits.correlationDays * 86_400)
    throw new RuleProblem(`a timespan of more than ${limits.correlationDays} days`, ['timespan'])
  return { timespan, micros: seconds * 1_000_000 }
}

function readCondition(
  value: unknown,
  { type, rules }: { type: CorrelationType; rules: number },
): Pick<Correlation, 'bounds' | 'fields' | 'percentile'> {
  const temporal = type === 'temporal' || type === 'temporal_ordered'
  if (value === undefined || value === null) {
    if (temporal) return { bounds: [], fields: [] }
    throw new RuleProblem('the correlation has no condition')
  }
  if (!isMap(value)) throw new RuleProblem('the condition of a correlation is a map such as gte: 10')
  for (const key of Object.keys(value))
    if (key !== 'field' && key !== 'percentile' && !operators.some((op) => op === key))
      throw new RuleProblem(`'${key.slice(0, 40)}' is no part of a correlation's condition`, [key])
  const bounds = operators.flatMap((op) => (value[op] === undefined ? [] : [{ op, than: numberAt(value, op) }]))
  if (bounds.length === 0) throw new RuleProblem('the condition compares with nothing')
  const counts = temporal || type === 'event_count' || type === 'value_count'
  for (const { op, than } of bounds)
    if (counts && (op === 'gte' || op === 'gt' || op === 'eq') && than > limits.correlationCount)
      throw new RuleProblem(`no more than ${limits.correlationCount} events are counted`, [op])
  if (type === 'temporal_ordered' && rules > mostOrderedChoices)
    throw new RuleProblem(`a condition over more than ${mostOrderedChoices} ordered rules`)
  const fields = textsAt(value, 'field')
  const wanted = temporal || type === 'event_count' ? 0 : 1
  if (fields.length < wanted) throw new RuleProblem(`'${type}' needs a field in its condition`)
  if (fields.length > 0 && wanted === 0) throw new RuleProblem(`'${type}' reads no field`, ['field'])
  if (fields.length > 1 && type !== 'value_count') throw new RuleProblem(`'${type}' reads one field`, ['field'])
  if (value['percentile'] === undefined) return { bounds, fields }
  const percentile = numberAt(value, 'percentile')
  if (type !== 'value_percentile' || percentile < 0 || percentile > 100)
    throw new RuleProblem("'percentile' is a number from 0 to 100 and belongs to 'value_percentile'", ['percentile'])
  return { bounds, fields, percentile }
}

function numberAt(map: YamlMap, key: string): number {
  const value = map[key]
  const number = typeof value === 'bigint' || typeof value === 'number' ? Number(value) : Number.NaN
  if (!Number.isFinite(number) || Math.abs(number) > Number.MAX_SAFE_INTEGER) throw new RuleProblem(`'${key}' is a number`, [key])
  return number
}

function readAliases(map: YamlMap, rules: readonly string[]): Map<string, Map<string, string>> {
  const value = map['aliases']
  if (value === undefined || value === null) return new Map()
  if (!isMap(value)) throw new RuleProblem('aliases are a map', ['aliases'])
  return new Map(
    Object.entries(value).map(([alias, fields]) => {
      if (!isMap(fields)) throw new RuleProblem('an alias names a field for each rule', ['aliases', alias])
      for (const rule of Object.keys(fields))
        if (!rules.includes(rule))
          throw new RuleProblem(`the correlation does not refer to '${rule.slice(0, 80)}'`, ['aliases', alias, rule])
      return [alias, new Map(Object.keys(fields).map((rule) => [rule, textAt(fields, rule, ['aliases', alias])]))]
    }),
  )
}
