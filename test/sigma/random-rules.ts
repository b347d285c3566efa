import fc from 'fast-check'
import type { Plan, Rule, Test } from '../../src/sigma/index.ts'
import { parsePattern } from '../../src/sigma/pattern.ts'
import { compileRegex } from '../../src/sigma/regex.ts'

const fieldNames = ['Image', 'CommandLine', 'EventID', 'User'] as const
const words = fc.constantFrom(
  'cmd',
  'CMD.exe',
  'who',
  'whoami',
  '4624',
  '0x1210',
  'a',
  '',
  'ſ',
  'K',
  'Σ',
  'ς',
  'net user',
  '/c x/y',
  'C:\\Tmp\\',
  '"q"',
  'sekurlsa::',
  '\u0001\t',
)
export const values = fc.array(words, { maxLength: 3 }).map((some) => some.join(' '))
const patterns = fc.array(fc.oneof(words, fc.constantFrom('*', '?')), { minLength: 1, maxLength: 4 }).map((some) => some.join(''))
export const regexes = fc
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

export const { plan: plans } = fc.letrec<{ plan: Plan }>((tie) => ({
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

export const events = fc.dictionary(fc.constantFrom(...fieldNames), values, { maxKeys: 4 })

/** A rule of one plan. */
export function ruleOf(plan: Plan, number: number, product = 'test'): Rule {
  const logsource = { product, category: '', service: '' }
  const texts = { title: 't', description: '', author: '', status: '', tags: [], file: 'f', line: 1 }
  return { ...texts, id: `r${String(number).padStart(3, '0')}`, level: 'low', logsource, plan }
}
