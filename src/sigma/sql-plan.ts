import { unreachable } from '../base/index.ts'
import { compileTest } from './matcher.ts'
import type { Plan, Test } from './plan.ts'
import type { SqlValues } from './sql-bind.ts'
import { all, any, atLeast, exactly, isExact, never, not, type SqlBounds } from './sql-bounds.ts'
import { foldedSql, regexSql, textSql, wanted } from './sql-text.ts'
import { networkSql, numberSql, timePartSql } from './sql-value.ts'

/** How a plan is told in SQL, and which of its tests SQL leaves open. */
export interface SqlPlan extends SqlBounds {
  readonly open: readonly string[]
}

/** Compiles a plan to SQL over the column `fields`. Without `regexes`, what a regex decides is left to the matcher in memory. */
export function planSql(plan: Plan, values: SqlValues, { regexes = true }: { readonly regexes?: boolean } = {}): SqlPlan {
  const open = new Set<string>()
  const note = (bounds: SqlBounds, what: string): SqlBounds => {
    if (!isExact(bounds)) open.add(what)
    return bounds
  }
  const bounds = nodeSql(plan)
  return { ...bounds, open: [...open].sort() }

  function nodeSql(node: Plan): SqlBounds {
    switch (node.kind) {
      case 'and':
        return all(node.of.map(nodeSql))
      case 'or':
        return orSql(node.of)
      case 'not':
        return not(nodeSql(node.of))
      case 'at-least':
        return atLeast(Math.max(1, node.n), node.of.map(nodeSql))
      case 'named':
        return nodeSql(node.of)
      case 'field':
        return note(fieldSql(node.field, node.test), node.test.kind)
      case 'anywhere': {
        const { test } = node
        if (test.kind === 'regex') return note(overValues(regexes ? regexSql(test, { raw: 'v', values }) : undecided), 'regex')
        const bound = textSql(test, { raw: 'v', folded: 'v', values })
        return note(overValues(bound, !test.cased), 'text')
      }
      default:
        return unreachable(node)
    }
  }

  /** Long lists of texts of one field, or of keywords, become one search. */
  function orSql(of: readonly Plan[]): SqlBounds {
    const lists = new Map<
      string,
      { readonly how: 'equal' | 'contained'; readonly field: string | undefined; readonly texts: string[] }
    >()
    const others: SqlBounds[] = []
    for (const one of of) {
      const test = (one.kind === 'field' || one.kind === 'anywhere') && one.test.kind === 'text' ? one.test : undefined
      const text = test === undefined ? undefined : wanted(test)
      if (text === undefined || (one.kind !== 'field' && one.kind !== 'anywhere')) {
        others.push(nodeSql(one))
        continue
      }
      const field = one.kind === 'field' ? one.field : undefined
      const key = JSON.stringify([text.how, field])
      const list = lists.get(key) ?? { how: text.how, field, texts: [] }
      list.texts.push(text.text)
      lists.set(key, list)
    }
    const told = [...lists.values()].map(({ how, field, texts }) => {
      const search = (value: string): string => listSql(how, value, [...new Set(texts)].sort(), values)
      return field === undefined ? overValues(exactly(search('v')), true) : exactly(search(foldedValue(field)))
    })
    return any([...told, ...others])
  }

  function overValues({ upper, lower }: SqlBounds, folded = false): SqlBounds {
    const raw = values.column(0, 'mapValues(fields)')
    const from = folded ? values.column(1, `arrayMap(v -> ${foldedSql('v')}, ${raw})`) : raw
    const exists = (sql: string): string => (sql === '0' ? '0' : `arrayExists(v -> toBool(${sql}), ${from})`)
    return { upper: exists(upper), lower: exists(lower) }
  }

  function fieldValue(field: string): string {
    return values.column(0, `fields[${values.text(field)}]`)
  }

  function foldedValue(field: string): string {
    return values.column(1, foldedSql(fieldValue(field)))
  }

  function fieldSql(field: string, test: Test): SqlBounds {
    // A name that is not well-formed is the name of no field in the lake.
    if (!field.isWellFormed()) return test.kind === 'absent' ? exactly('1') : never
    const present = exactly(values.column(0, `mapContains(fields, ${values.text(field)})`))
    if (test.kind === 'present') return present
    if (test.kind === 'absent') return not(present)
    const bounds = valueSql(field, test)
    // The engine gives '' for an absent field.
    const empty = { text: () => '', folded: () => '', names: () => [field] }
    return isExact(bounds) && !compileTest(field, test)(empty) ? bounds : all([present, bounds])
  }

  function valueSql(field: string, test: Exclude<Test, { kind: 'present' | 'absent' }>): SqlBounds {
    const raw = fieldValue(field)
    switch (test.kind) {
      case 'text':
        return textSql(test, { raw, folded: test.cased ? raw : foldedValue(field), values })
      case 'regex':
        return regexes ? regexSql(test, { raw, values }) : undecided
      case 'number':
        return numberSql(test, raw, values)
      case 'network':
        return networkSql(test.network, raw, values)
      case 'time-part':
        return timePartSql(test, raw, values)
      case 'same-as': {
        if (!test.other.isWellFormed()) return never
        const there = exactly(values.column(0, `mapContains(fields, ${values.text(test.other)})`))
        const [one, two] = [field, test.other].map(test.cased ? fieldValue : foldedValue) as [string, string]
        return all([there, exactly(relationSql(test.relation, one, two))])
      }
      default:
        return unreachable(test)
    }
  }
}

/** The engine takes so many texts in one search. */
const searched = 255

function listSql(how: 'equal' | 'contained', value: string, texts: readonly string[], values: SqlValues): string {
  if (how === 'equal') return `${value} IN ${values.texts(texts)}`
  const searches = Array.from({ length: Math.ceil(texts.length / searched) }, (_, n) => {
    return `multiSearchAny(${value}, ${values.texts(texts.slice(n * searched, (n + 1) * searched))})`
  })
  return searches.length === 1 ? (searches[0] as string) : `or(${searches.join(', ')})`
}

const undecided: SqlBounds = { upper: '1', lower: '0' }

function relationSql(relation: Extract<Test, { kind: 'same-as' }>['relation'], value: string, other: string): string {
  switch (relation) {
    case 'equals':
      return `${value} = ${other}`
    case 'contains':
      return `or(empty(${other}), position(${value}, ${other}) > 0)`
    case 'startswith':
      return `startsWith(${value}, ${other})`
    case 'endswith':
      return `endsWith(${value}, ${other})`
    default:
      return unreachable(relation)
  }
}
