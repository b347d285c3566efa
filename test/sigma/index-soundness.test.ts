import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fold } from '../../src/sigma/fold.ts'
import { compile } from '../../src/sigma/index.ts'
import { compilePlan } from '../../src/sigma/matcher.ts'
import { Needles } from '../../src/sigma/needles.ts'
import { compileRegex, requiredText } from '../../src/sigma/regex.ts'
import { viewOf } from '../../src/sigma/view.ts'
import { eventOf } from './event.ts'
import { events, plans, regexes, ruleOf, values } from './random-rules.ts'

test('the index never loses a rule: same answer as trying every rule', () => {
  let matched = 0
  fc.assert(
    fc.property(
      fc.array(plans, { minLength: 1, maxLength: 6 }),
      fc.array(events, { minLength: 1, maxLength: 6 }),
      (some, logs) => {
        const rules = some.map((plan, at) => ruleOf(plan, at))
        const set = compile(rules)
        for (const fields of logs) {
          const expected = rules.filter((rule) => compilePlan(rule.plan)(viewOf({ fields })))
          expect(set.match(eventOf({ product: 'test' }, fields))).toEqual(expected)
          matched += expected.length
        }
      },
    ),
    { numRuns: 800 },
  )
  expect(matched).toBeGreaterThan(200)
})

test('what a regex is said to require stands in everything it matches', () => {
  fc.assert(
    fc.property(regexes, values, fc.constantFrom('', 'i'), (source, value, flags) => {
      if (compileRegex({ source, flags })(value)) expect(fold(value)).toContain(fold(requiredText(source)))
    }),
    { numRuns: 3_000 },
  )
})

test.each([
  ['whoami', 'whoami'],
  ['^cmd\\.exe /c', 'cmd.exe /c'],
  ['abc?def', 'def'],
  ['abcd{0,3}ef', 'abc'],
  ['(?i)powershell', 'powershell'],
  ['a|b', ''],
  ['(a|b)cde', 'cde'],
  ['[a|b]cd', 'cd'],
  ['\\Qa|b\\E', ''],
  ['\\x41bc', ''],
  ['a{b|c}d', ''],
  ['é?abc', 'abc'],
])('requiredText(%s) is %s', (source, text) => {
  expect(requiredText(source)).toBe(text)
})

test('needles find every text that stands in a value, and only those', () => {
  const letters = fc.array(fc.constantFrom('a', 'b', 'c', 'σ', '😀'), { maxLength: 9 }).map((some) => some.join(''))
  fc.assert(
    fc.property(fc.uniqueArray(letters, { maxLength: 8 }), letters, letters, (texts, one, other) => {
      const value = one + other
      const found: number[] = []
      new Needles(new Map(texts.map((text, number) => [text, [number]]))).find(value, found)
      expect([...new Set(found)].sort()).toEqual(texts.flatMap((text, number) => (value.includes(text) ? [number] : [])))
    }),
  )
})
