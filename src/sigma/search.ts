import { limits, unreachable } from '../base/index.ts'
import { readChain, type Chain } from './modifiers.ts'
import { parseNetwork } from './network.ts'
import { readNumeral } from './numeral.ts'
import { parsePattern, plainText, type Part } from './pattern.ts'
import type { Comparison, Test } from './plan.ts'
import { RuleProblem } from './problem.ts'
import { inside, isMap, type YamlMap } from './read-parts.ts'
import { compileRegex } from './regex.ts'
import type { Search, SearchItem, SearchValue } from './search-tree.ts'
import { expandPlaceholders, openNames, transform, type Placeholders } from './values.ts'

type Path = readonly (string | number)[]

/** One search identifier: a map (all of it), a list of maps (any), or a list of keywords (any). */
export function readSearch(value: unknown, placeholders: Placeholders): Search {
  if (isMap(value)) return readSearchMap(value, placeholders, [])
  if (!Array.isArray(value)) return readItem(['', value], placeholders, [])
  if (value.length === 0) throw new RuleProblem('the list is empty')
  return group(
    'or',
    value.map((one: unknown, index) =>
      inside([index], () => {
        if (Array.isArray(one)) throw new RuleProblem('a list inside a list has no meaning')
        return isMap(one) ? readSearchMap(one, placeholders, [index]) : readItem(['', one], placeholders, [index])
      }),
    ),
  )
}

function readSearchMap(map: YamlMap, placeholders: Placeholders, path: Path): Search {
  const entries = Object.entries(map)
  if (entries.length === 0) throw new RuleProblem('the map is empty')
  return group(
    'and',
    entries.map((entry) => inside([entry[0]], () => readItem(entry, placeholders, [...path, entry[0]]))),
  )
}

/** One `field|modifiers: values`; an empty field name searches the whole event. */
function readItem([key, value]: readonly [string, unknown], placeholders: Placeholders, path: Path): Search {
  const chain = readChain(key)
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  if (list.length === 0) throw new RuleProblem(`no values for '${key}'`)
  const values = list.map((one, index): SearchValue => {
    const place = Array.isArray(value) ? [index] : []
    return inside(place, () => {
      if (!chain.expand || typeof one !== 'string') return { kind: 'tests', of: testsOf(one, chain, placeholders) }
      return fillPlaceholders({ kind: 'open', text: one, chain, known: placeholders, path: [...path, ...place] }, {})
    })
  })
  const item: SearchItem = { kind: 'item', field: chain.field, link: chain.all ? 'and' : 'or', values }
  return chain.neq ? { kind: 'not', of: item } : item
}

/** The value with more placeholders known: its tests when all are, else still open. */
export function fillPlaceholders(value: Extract<SearchValue, { kind: 'open' }>, more: Placeholders): SearchValue {
  const known = { ...value.known, ...more }
  if (openNames(value.text, known).length > 0) return { ...value, known }
  return { kind: 'tests', of: testsOf(value.text, value.chain, known) }
}

function testsOf(value: unknown, chain: Chain, placeholders: Placeholders): readonly Test[] {
  if (chain.timePart !== undefined) {
    return [{ kind: 'time-part', part: chain.timePart, op: comparison(chain), value: wholeNumber(value) }]
  }
  switch (chain.kind) {
    case 'text':
      return textTests(value, chain, placeholders)
    case 're':
      return [regexTest(textOf(value), chain)]
    case 'cidr':
      return (chain.expand ? expandPlaceholders(textOf(value), placeholders) : [textOf(value)]).map((text) => {
        const network = parseNetwork(text)
        if (network === undefined) throw new RuleProblem('not an address range')
        return { kind: 'network', network }
      })
    case 'exists':
      if (typeof value !== 'boolean') throw new RuleProblem("'exists' takes true or false")
      return [{ kind: value ? 'present' : 'absent' }]
    case 'fieldref':
      return [{ kind: 'same-as', other: textOf(value), relation: relation(chain), cased: chain.cased }]
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return [{ kind: 'number', op: chain.kind, value: decimal(value) }]
    default:
      return unreachable(chain.kind)
  }
}

function textTests(value: unknown, chain: Chain, placeholders: Placeholders): readonly Test[] {
  if (value === null) {
    if (chain.steps.length > 0 || chain.field === '') throw new RuleProblem('null cannot be modified or searched for')
    return [{ kind: 'absent' }]
  }
  const isNumber = typeof value === 'bigint' || typeof value === 'number'
  if (isNumber && chain.steps.length === 0 && chain.field !== '') return [{ kind: 'number', op: 'eq', value: decimal(value) }]
  const patterns: (readonly Part[])[] = transform(textOf(value), chain, placeholders)
  return patterns.map((parts) => ({ kind: 'text', parts, cased: chain.cased }))
}

function regexTest(source: string, chain: Chain): Test {
  if (source.length > limits.regexChars) throw new RuleProblem(`the regex is longer than ${limits.regexChars} characters`)
  const test = { kind: 'regex', source, flags: chain.flags } as const
  try {
    compileRegex(test)
  } catch (error) {
    throw new RuleProblem(`the regex is not RE2 syntax: ${error instanceof Error ? error.message.slice(0, 200) : 'unknown'}`)
  }
  return test
}

function comparison(chain: Chain): Comparison {
  return chain.kind === 'gt' || chain.kind === 'gte' || chain.kind === 'lt' || chain.kind === 'lte' ? chain.kind : 'eq'
}

function relation(chain: Chain): 'equals' | 'contains' | 'startswith' | 'endswith' {
  const [shape, ...more] = chain.steps
  if (more.length > 0) throw new RuleProblem("'fieldref' takes one of contains, startswith, endswith")
  return shape === 'contains' || shape === 'startswith' || shape === 'endswith' ? shape : 'equals'
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean' || typeof value === 'bigint' || typeof value === 'number') return String(value)
  throw new RuleProblem(value === null ? 'null is not expected here' : 'a text or a number is expected')
}

function decimal(value: unknown): string {
  const text = typeof value === 'string' ? (plainText(parsePattern(value)) ?? value) : textOf(value)
  const numeral = readNumeral(text)
  if (numeral === undefined) throw new RuleProblem('a number is expected')
  return numeral.toString()
}

function wholeNumber(value: unknown): string {
  const text = decimal(value)
  if (!/^\d{1,4}$/.test(text)) throw new RuleProblem('a part of a date is a whole number')
  return text
}

function group(kind: 'and' | 'or', of: readonly Search[]): Search {
  const [only] = of
  return only !== undefined && of.length === 1 ? only : { kind, of }
}
