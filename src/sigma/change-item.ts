import { unreachable } from '../base/index.ts'
import { parsePattern, type Part } from './pattern.ts'
import { holds, type ItemCondition, type Step, type Transformation } from './pipeline.ts'
import type { Test } from './plan.ts'
import { RuleProblem } from './problem.ts'
import type { Search, SearchItem, SearchValue } from './search-tree.ts'
import { fillPlaceholders } from './search.ts'
import { valueTexts } from './value-texts.ts'
import { openNames, type Placeholders } from './values.ts'
import { dashVariants, readWritten, writtenPattern } from './written-pattern.ts'

/** What a step of a pipeline makes of an item; undefined when it drops it. Throws RuleProblem when the item makes the rule fail. */
export function changeItem(item: SearchItem, step: Step, pipeline: string): Search | undefined {
  if (!holds(step.item, (one) => fits(one, item))) return item
  const fieldFits = (field: string): boolean => holds(step.field, (one) => one.matches(field))
  const { of } = step
  // Names of fields that values refer to are renamed like those of items.
  if (of.kind === 'rename') return renamed(item, (field) => (field !== '' && fieldFits(field) ? of.names(field) : undefined))
  if (!fieldFits(item.field)) return item
  switch (of.kind) {
    case 'drop':
      return undefined
    case 'fail-item':
      throw new RuleProblem(`the pipeline '${pipeline}' takes no such detection: ${of.message}`, ['detection'])
    case 'placeholders':
      return { ...item, values: item.values.map((value) => (value.kind === 'open' ? filled(value, of.values) : value)) }
    case 'replace':
    case 'map':
      return withTests(item, (test) => (of.kind === 'replace' ? replaced(test, of) : mapped(test, of.values)))
    case 'add-condition':
    case 'fail-rule':
    case 'log-source':
    case 'state':
    case 'attribute':
    case 'nothing':
      return item
    default:
      return unreachable(of)
  }
}

function fits({ every, test }: ItemCondition, item: SearchItem): boolean {
  const texts = valueTexts(item.values)
  return every ? texts.every(test) : texts.some(test)
}

function renamed(item: SearchItem, names: (field: string) => readonly string[] | undefined): Search {
  const changed = withTests(item, (test) =>
    test.kind === 'same-as' ? (names(test.other) ?? [test.other]).map((other) => ({ ...test, other })) : [test],
  )
  const of = (names(item.field) ?? [item.field]).map((field): SearchItem => ({ ...changed, field }))
  const [only] = of
  return only !== undefined && of.length === 1 ? only : { kind: 'or', of }
}

function withTests(item: SearchItem, change: (test: Test) => readonly Test[]): SearchItem {
  const values = item.values.map((value): SearchValue =>
    value.kind === 'open' ? value : { ...value, of: value.of.flatMap(change) },
  )
  return { ...item, values }
}

function filled(
  value: Extract<SearchValue, { kind: 'open' }>,
  values: (name: string) => readonly string[] | undefined,
): SearchValue {
  const more: Record<string, readonly string[]> = {}
  for (const name of openNames(value.text, value.known)) {
    const found = values(name)
    if (found !== undefined) more[name] = found
  }
  return fillPlaceholders(value, more satisfies Placeholders)
}

function replaced(test: Test, of: Extract<Transformation, { kind: 'replace' }>): readonly Test[] {
  if (test.kind === 'number' && test.op === 'eq') {
    const text = of.replace(test.value)
    return text === test.value ? [test] : [{ kind: 'text', parts: readWritten(text), cased: false }]
  }
  if (test.kind !== 'text') return [test]
  return unlessChanged(test, (parts) => {
    if (!of.skip) return readWritten(of.replace(writtenPattern(parts)))
    return parts.flatMap((part): readonly Part[] => {
      if (part.kind !== 'text') return [part]
      const text = of.replace(part.text)
      if (of.interpret) return parsePattern(text)
      return text === '' ? [] : [{ kind: 'text', text }]
    })
  })
}

/** Interchangeable dashes stay so where the change leaves the value as it is. */
function unlessChanged(
  test: Extract<Test, { kind: 'text' }>,
  change: (parts: readonly Part[]) => readonly Part[],
): readonly Test[] {
  const variants = test.parts.some((part) => part.kind === 'dash') ? dashVariants(test.parts) : [test.parts]
  const after = variants.map(change)
  const same = after.every((parts, n) => writtenPattern(parts) === writtenPattern(variants[n] ?? []))
  return same ? [test] : after.map((parts) => ({ ...test, parts }))
}

function mapped(test: Test, values: ReadonlyMap<string, readonly string[]>): readonly Test[] {
  if (test.kind !== 'text') return [test]
  const to = values.get(writtenPattern(test.parts))
  return to === undefined ? [test] : to.map((text) => ({ ...test, parts: parsePattern(text) }))
}
