import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson, contentId, fixed, type Canonical } from '../../src/base/index.ts'

const vectors = JSON.parse(readFileSync(join(import.meta.dirname, '../cases/base/canonical.json'), 'utf8')) as {
  value: Canonical
  canonical: string
  id: string
}[]

test.each(vectors)('$canonical', ({ value, canonical, id }) => {
  expect(canonicalJson(value)).toBe(canonical)
  expect(contentId('F', value)).toBe(id)
})

test('the order of keys and members left out do not change an id', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.integer()), (object) => {
      const turned = Object.fromEntries([...Object.entries(object).toReversed(), ['left out', undefined]])
      expect(canonicalJson(turned as Canonical)).toBe(canonicalJson({ ...object, 'left out': undefined }))
      expect(JSON.parse(canonicalJson(object))).toEqual(JSON.parse(JSON.stringify(object)))
    }),
  )
})

test.each([0.5, Number.NaN, 2 ** 53, '\ud800'])('%s is refused', (value) => {
  expect(() => canonicalJson(value)).toThrow(/internal error/)
})

test('a fixed decimal never says minus nothing', () => {
  expect([fixed(-0.0001, 2), fixed(1.005, 1), fixed(-1.25, 1)]).toEqual(['0.00', '1.0', '-1.3'])
})
