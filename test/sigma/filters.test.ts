import { expect, test } from 'vitest'
import { compile, explain, loadRules } from '../../src/sigma/index.ts'
import { eventOf } from './event.ts'

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const rule = (n: number, logsource = '{product: test}'): string =>
  `title: Rule ${n}\nid: ${id(n)}\nname: rule_${n}\nlogsource: ${logsource}\ndetection: {selection: {F: a}, condition: selection}\n`
const filter = (rules: string, condition: string, logsource = '{product: test}'): string =>
  `title: Ours\nlogsource: ${logsource}\nfilter:\n    rules: ${rules}\n    selection: {User|startswith: adm_}\n    condition: ${condition}\n`

function loaded(...documents: string[]): ReturnType<typeof loadRules> {
  return loadRules([{ name: 'all.yml', text: documents.join('---\n') }])
}

function matched({ rules }: ReturnType<typeof loadRules>, fields: Record<string, string>): string[] {
  return compile(rules)
    .match(eventOf({ product: 'test' }, fields))
    .map((one) => one.title)
}

test.each([
  ['by id', `[${id(1)}]`],
  ['by id in capitals', `[${id(1).toUpperCase()}]`],
  ['by name', '[rule_1]'],
])('a filter narrows the rule it names %s, and no other', (_, rules) => {
  const all = loaded(rule(1), rule(2), filter(rules, 'not selection'))
  expect(all.notLoaded).toEqual([])
  expect(all.filters).toEqual([{ id: '', title: 'Ours', appliedTo: [id(1)], file: 'all.yml', line: 13 }])
  expect(matched(all, { F: 'a', User: 'adm_1' })).toEqual(['Rule 2'])
  expect(matched(all, { F: 'a', User: 'ann' })).toEqual(['Rule 1', 'Rule 2'])
  expect(matched(all, { F: 'b', User: 'ann' })).toEqual([])
})

test('the condition of a filter is added as it is written', () => {
  const all = loaded(rule(1), filter('[rule_1]', 'selection'))
  expect(matched(all, { F: 'a', User: 'adm_1' })).toEqual(['Rule 1'])
  expect(matched(all, { F: 'a', User: 'ann' })).toEqual([])
})

test.each(['any', '[any]', '[]'])('rules: %s narrows every rule of the log source', (rules) => {
  const all = loaded(rule(1), rule(2), rule(3, '{product: other}'), filter(rules, 'not selection'))
  expect(all.filters[0]?.appliedTo).toEqual([id(1), id(2)])
  expect(matched(all, { F: 'a', User: 'adm_1' })).toEqual([])
})

test('a filter for another log source is not added, and says so', () => {
  const all = loaded(rule(1), filter('[rule_1]', 'not selection', '{product: test, category: dns}'))
  expect(all.filters).toEqual([])
  expect(all.notLoaded).toEqual([{ file: 'all.yml', line: 10, why: 'the rules it names are for another log source' }])
  expect(matched(all, { F: 'a', User: 'adm_1' })).toEqual(['Rule 1'])
})

test('names of a filter and of its rule do not meet, and an explanation names the filter', () => {
  const all = loaded(rule(1), filter('any', 'not 1 of them'))
  const [one] = all.rules
  if (one === undefined) throw new Error('no rule')
  const told = explain(one, eventOf({ product: 'test' }, { F: 'a', User: 'adm_1' }))
  expect(told.holds).toBe(false)
  expect(told.of[1]?.of.map((part) => [part.what, part.holds])).toEqual([
    ['selection', true],
    ['filter: Ours', false],
  ])
})

test('an id that a rule does not state is the same with and without a filter', () => {
  const bare = rule(1).replace(/^id: .*\n/m, '')
  const plain = loaded(bare).rules[0]?.id
  expect(loaded(bare, filter('[rule_1]', 'not selection')).rules[0]?.id).toBe(plain)
  expect(plain).toMatch(/^R_/)
})
