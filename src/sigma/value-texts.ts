import type { ItemText } from './pipeline.ts'
import type { Test } from './plan.ts'
import type { SearchValue } from './search-tree.ts'
import { writtenPattern } from './written-pattern.ts'

/** The values of an item as conditions of pipelines see them. */
export function valueTexts(values: readonly SearchValue[]): ItemText[] {
  return values.flatMap((value) => (value.kind === 'open' ? { text: value.text, isNull: false } : value.of.map(testText)))
}

function testText(test: Test): ItemText {
  if (test.kind === 'text') return { text: writtenPattern(test.parts), isNull: false }
  if (test.kind === 'number' && test.op === 'eq') return { text: test.value, isNull: false }
  return { text: undefined, isNull: test.kind === 'absent' }
}
