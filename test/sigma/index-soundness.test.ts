import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fold } from '../../src/sigma/fold.ts'
import { compile, type Plan, type Rule, type Test } from '../../src/sigma/index.ts'
import { compilePlan } from '../../src/sigma/matcher.ts'
import { Needles } from '../../src/sigma/needles.ts'
import { parsePattern } from '../../src/sigma/pattern.ts'
import { compileRegex, requiredText } from '../../src/sigma/regex.ts'
import { EventView } from '../../src/sigma/view.ts'
import { eventOf } from './event.ts'

const fieldNames = ['Image', 'CommandLine', 'EventID', 'User'] as const
const words = fc.constantFrom('cmd', 'CMD.exe', 'who', 'whoami', '4624', '0x1210', 'a', '', 'ſ', 'K', 'Σ', 'ς', 'net user')
const values = fc.array(words, { maxLength: 3 }).map((some) => some.join(' '))
const patterns = fc.array(fc.oneof(words, fc.constantFrom('*', '?')), { minLength: 1, maxLength: 4 }).map((some) => some.join(''))
const regexes = fc
  .array(
    fc.constantFrom(
      'cmd',
      'who',
      'a',
      'k',
      's',
      '.',
      '.*',
      'x?',
      'who+',
      '(cmd|a)',
      '[a-c]',
      '\\w',
      '\\.',
      'a{0,2}',
      '|',
      '(?i)',
      '^',
      '$',
    ),
    {
      minLength: 1,
      maxLength: 5,
    },
  )
  .map((some) => some.join(''))
  .filter((source) => {
    try {
      compileRegex({ source, flags: '' })
      return true
    } catch {
      return false
    }
  })

const tests: fc.Arbitrary<Test> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), parts: patterns.map(parsePattern), cased: fc.boolean() }),
  fc.record({ kind: fc.constant('regex' as const), source: regexes, flags: fc.constantFrom('', 'i') }),
  fc.record({
    kind: fc.constant('number' as const),
    op: fc.constantFrom('eq' as const, 'gt' as const),
    value: fc.constantFrom('4624', '1'),
  }),
  fc.constantFrom<Test>({ kind: 'present' }, { kind: 'absent' }),
  fc.record({
    kind: fc.constant('same-as' as const),
    other: fc.constantFrom(...fieldNames),
    relation: fc.constantFrom('equals' as const, 'contains' as const),
    cased: fc.boolean(),
  }),
)

const { plan: plans } = fc.letrec<{ plan: Plan }>((tie) => ({
  plan: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({ kind: fc.constant('field' as const), field: fc.constantFrom(...fieldNames), test: tests }),
    fc.record({
      kind: fc.constant('anywhere' as const),
      test: fc.record({
        kind: fc.constant('text' as const),
        parts: patterns.map((one) => parsePattern(`*${one}*`)),
        cased: fc.boolean(),
      }),
    }),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      of: fc.array(tie('plan'), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('not' as const), of: tie('plan') }),
    fc.record({ kind: fc.constant('named' as const), name: fc.constant('s'), of: tie('plan') }),
    fc.record({
      kind: fc.constant('at-least' as const),
      n: fc.constantFrom(1, 2),
      of: fc.array(tie('plan'), { minLength: 2, maxLength: 3 }),
    }),
  ),
}))

const events = fc.dictionary(fc.constantFrom(...fieldNames), values, { maxKeys: 4 })

function ruleOf(plan: Plan, number: number): Rule {
  const logsource = { product: 'test', category: '', service: '' }
  const texts = { title: 't', description: '', author: '', status: '', tags: [], file: 'f', line: 1 }
  return { ...texts, id: `r${String(number).padStart(3, '0')}`, level: 'low', logsource, plan }
}

test('the index never loses a rule: same answer as trying every rule', () => {
  let matched = 0
  fc.assert(
    fc.property(
      fc.array(plans, { minLength: 1, maxLength: 6 }),
      fc.array(events, { minLength: 1, maxLength: 6 }),
      (some, logs) => {
        const rules = some.map(ruleOf)
        const set = compile(rules)
        for (const fields of logs) {
          const expected = rules.filter((rule) => compilePlan(rule.plan)(new EventView({ fields })))
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
      const found = new Set<number>()
      new Needles(new Map(texts.map((text, number) => [text, [number]]))).find(value, (number) => found.add(number))
      expect([...found].sort()).toEqual(texts.flatMap((text, number) => (value.includes(text) ? [number] : [])))
    }),
  )
})
