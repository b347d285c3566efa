import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseCondition, type Condition } from '../../src/sigma/condition.ts'

type Tree =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'not'; readonly of: Tree }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Tree[] }

const { tree: trees } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({ kind: fc.constant('name' as const), name: fc.constantFrom('a', 'b', 'sel_1', 'filter-x') }),
    fc.record({ kind: fc.constant('not' as const), of: tie('tree') }),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      of: fc.array(tie('tree'), { minLength: 2, maxLength: 3 }),
    }),
  ),
}))

const strength = { or: 0, and: 1, not: 2, name: 3 } as const

/** Writes a tree with parentheses only where they are needed, or everywhere. */
function write(tree: Tree, everywhere: boolean): string {
  const inner = (one: Tree, least: number): string => {
    const text = write(one, everywhere)
    return everywhere || strength[one.kind] < least ? `(${text})` : text
  }
  switch (tree.kind) {
    case 'name':
      return tree.name
    case 'not':
      return `not ${inner(tree.of, strength.not)}`
    case 'and':
    case 'or':
      return tree.of.map((one) => inner(one, strength[tree.kind] + 1)).join(` ${tree.kind} `)
  }
}

function shape(condition: Condition): Tree {
  switch (condition.kind) {
    case 'name':
      return { kind: 'name', name: condition.name }
    case 'not':
      return { kind: 'not', of: shape(condition.of) }
    case 'and':
    case 'or':
      return { kind: condition.kind, of: condition.of.map(shape) }
    case 'of':
      throw new Error('no quantifier was written')
  }
}

test('what is written from a tree reads back as the tree', () => {
  fc.assert(
    fc.property(trees, fc.boolean(), (tree, everywhere) => {
      expect(shape(parseCondition(write(tree, everywhere)))).toEqual(tree)
    }),
    { numRuns: 1_000 },
  )
})

test('any text gives a condition or a reason with a column, never another error', () => {
  const words = fc.array(fc.constantFrom('a', 'and', 'or', 'not', '(', ')', '1', 'all', 'of', 'them', 'x*', '|', ',', '%'), {
    maxLength: 10,
  })
  fc.assert(
    fc.property(words, (some) => {
      try {
        parseCondition(some.join(' '))
      } catch (error) {
        expect(String(error)).toMatch(/column \d+|the condition is empty/)
      }
    }),
    { numRuns: 2_000 },
  )
})

test.each([
  ['1 of sel*', { kind: 'of', n: 1, names: 'sel*', column: 6 }],
  ['ALL OF THEM', { kind: 'of', n: 'all', names: 'THEM', column: 8 }],
  ['not 2 of x', { kind: 'not', of: { kind: 'of', n: 2, names: 'x', column: 10 } }],
])('%s', (text, tree) => {
  expect(parseCondition(text)).toEqual(tree)
})
