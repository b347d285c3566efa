import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fold } from '../../src/sigma/fold.ts'
import { compileGlob } from '../../src/sigma/glob.ts'
import { parsePattern, patternText, withAny, withDashes, type Part } from '../../src/sigma/pattern.ts'

const letters = fc.constantFrom('a', 'b', 'A', '\\', '*', '?', '-', '/', ' ', '😀', 'é')
const patterns = fc.array(letters, { maxLength: 12 }).map((some) => some.join(''))
const values = fc.array(letters, { maxLength: 16 }).map((some) => some.join(''))

/** The meaning of a pattern in its plainest form: try everything. */
function oracle(parts: readonly Part[], value: readonly string[]): boolean {
  const [first, ...rest] = parts
  if (first === undefined) return value.length === 0
  switch (first.kind) {
    case 'any':
      return Array.from({ length: value.length + 1 }, (_, n) => n).some((n) => oracle(rest, value.slice(n)))
    case 'one':
      return value.length > 0 && oracle(rest, value.slice(1))
    case 'dash':
      return value.length > 0 && '-/–—―'.includes(value[0] ?? '') && oracle(rest, value.slice(1))
    case 'text': {
      const text = Array.from(first.text)
      return text.every((character, n) => value[n] === character) && oracle(rest, value.slice(text.length))
    }
  }
}

test('a pattern with wildcards matches as the plain definition says', () => {
  fc.assert(
    fc.property(patterns, values, fc.boolean(), (pattern, value, flags) => {
      const parts = flags ? withDashes(parsePattern(pattern)) : parsePattern(pattern)
      expect(compileGlob(parts, true)(value)).toBe(oracle(parts, Array.from(value)))
    }),
    { numRuns: 3_000 },
  )
})

test('without case a pattern matches what it matches in folded form', () => {
  fc.assert(
    fc.property(patterns, values, (pattern, value) => {
      const parts = parsePattern(pattern)
      const folded = parts.map((part) => (part.kind === 'text' ? { ...part, text: fold(part.text) } : part))
      expect(compileGlob(parts, false)(fold(value))).toBe(oracle(folded, Array.from(fold(value))))
    }),
    { numRuns: 1_000 },
  )
})

test('a value that fits a pattern made from its own pieces is found by contains', () => {
  fc.assert(
    fc.property(values, values, values, (before, middle, after) => {
      const parts: Part[] = middle === '' ? [] : [{ kind: 'text', text: middle }]
      expect(compileGlob(withAny(parts, 'around'), false)(fold(before + middle + after))).toBe(true)
    }),
  )
})

test('folding goes character by character: a part folds to a part', () => {
  const text = fc.string({ unit: 'binary', maxLength: 20 })
  fc.assert(fc.property(text, text, (a, b) => fold(a + b) === fold(a) + fold(b)))
  expect(fold('ΟΔΟΣ')).toBe(fold('οδος'))
})

test('a pattern is written as it reads', () => {
  expect(patternText(parsePattern('a*b?c'))).toBe('a*b?c')
  expect(parsePattern(patternText(parsePattern(String.raw`x\*y`)))).toEqual(parsePattern(String.raw`x\*y`))
})

test('long values of one letter against many stars take no time', () => {
  const value = 'a'.repeat(60_000)
  const matches = compileGlob(parsePattern(`${'*a?a'.repeat(30)}*b`), false)
  expect(matches(value)).toBe(false)
})
