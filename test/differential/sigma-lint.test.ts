import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { rulesLint } from '../../src/app/rules-lint.ts'
import { rulesTest } from '../../src/app/rules-test.ts'
import { lintRules } from '../../src/sigma/index.ts'
import { isReachable } from '../../src/sigma/lint-sources.ts'
import { hasSharedData, orSkipped, publishedRules } from '../sigma/sigmahq.ts'
import { sourcesOfReaders } from './sigma-known-sources.ts'

const root = resolve(import.meta.dirname, '../..')
const directory = mkdtempSync(join(tmpdir(), 'rules-lint-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

test('every log source that readers give is known to lint', async () => {
  const given = await sourcesOfReaders()
  expect(given.length).toBeGreaterThan(200)
  const unknown = given.filter((text) => {
    const [product = '', category = '', service = ''] = text.split('/').map((part) => (part === '*' ? 'invented' : part))
    const same = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b)
    return !isReachable({ product, category, service }, same)
  })
  expect(unknown).toEqual([])
})

const rule = (more: Record<string, unknown>): string =>
  JSON.stringify({
    title: 'Invented',
    id: '22222222-0000-4000-8000-000000000001',
    status: 'test',
    description: 'Invented.',
    author: 'Invented',
    level: 'low',
    tags: ['attack.execution', 'attack.t1059.001'],
    logsource: { product: 'windows', category: 'process_creation' },
    detection: { selection: { Image: 'a' }, condition: 'selection' },
    ...more,
  })

test('a rule with nothing to say about has no notes', () => {
  const { notes, loaded } = lintRules([{ name: 'a.yml', text: rule({}) }])
  expect([notes, loaded.notLoaded]).toEqual([[], []])
})

test.each<[string, Record<string, unknown>, string, string]>([
  ['no level', { level: undefined }, 'missing', 'level is missing'],
  ['no id', { id: undefined }, 'missing', 'id is missing'],
  ['an id of another form', { id: 'one' }, 'missing', 'id is no UUID'],
  ['a tag of no namespace', { tags: ['mine.x'] }, 'tag', 'the tag mine.x is in no namespace of the specification'],
  [
    'a tactic nobody knows',
    { tags: ['attack.magic'] },
    'tag',
    'the tag attack.magic names no tactic, technique, group or software',
  ],
  [
    'a log nobody reads',
    { logsource: { product: 'windows', category: 'file_access' } },
    'unreachable',
    'no log that is read gives events of product windows, category file_access',
  ],
])('%s is noted', (_, more, kind, why) => {
  expect(lintRules([{ name: 'a.yml', text: rule(more) }]).notes.map((one) => [one.kind, one.why])).toEqual([[kind, why]])
})

test('ids that stand twice are noted with the other place, regexes outside RE2 and unknown levels do not load', () => {
  const other = {
    detection: { selection: { 'Image|re': '(?=a)' }, condition: 'selection' },
    id: '22222222-0000-4000-8000-000000000002',
  }
  const { notes, loaded } = lintRules([
    { name: 'b.yml', text: `# two\n${rule({})}` },
    { name: 'a.yml', text: rule({}) },
    { name: 'c.yml', text: rule(other) },
    { name: 'd.yml', text: rule({ level: 'severe' }) },
  ])
  expect(notes.map((one) => [one.file, one.line, one.kind, one.why])).toEqual([
    ['b.yml', 2, 'duplicate', 'the id stands in a.yml, line 1 too'],
    ['d.yml', 1, 'duplicate', 'the id stands in a.yml, line 1 too'],
  ])
  expect(loaded.notLoaded.map((one) => one.file)).toEqual(['b.yml', 'c.yml', 'd.yml'])
})

test('our own rules: all load, ids are unique, fields and tags are complete', async () => {
  const { loaded, notLoaded, notes } = await rulesLint(join(root, 'rules'))
  expect(loaded).toBeGreaterThan(80)
  expect(notLoaded).toEqual([])
  expect(notes.filter((one) => one.kind !== 'unreachable')).toEqual([])
})

test.skipIf(!hasSharedData)(`published rules: few are out of reach, and all say why${orSkipped}`, () => {
  const { notes } = lintRules(publishedRules())
  const unreachable = notes.filter((one) => one.kind === 'unreachable')
  console.info(
    `published rules that no log which is read can reach: ${unreachable.length}; other notes: ${notes.length - unreachable.length}`,
  )
  expect(unreachable.length).toBeGreaterThan(0)
  expect(unreachable.length).toBeLessThan(250)
  expect(unreachable.some((one) => one.why.includes('process_creation'))).toBe(false)
})

test('rules are run on the examples beside them', async () => {
  const write = (name: string, text: string): void => writeFileSync(join(directory, name), text)
  write('good.yml', rule({}))
  write('bad.yml', rule({ id: '22222222-0000-4000-8000-000000000003', title: 'Bad' }))
  write('without.yml', rule({ id: '22222222-0000-4000-8000-000000000004', title: 'Without' }))
  const event = (image: string): object => ({ product: 'windows', category: 'process_creation', fields: { Image: image } })
  for (const [name, positive, negative] of [
    ['good', [event('A')], [event('b')]],
    ['bad', [event('b')], [event('a')]],
  ] as const) {
    mkdirSync(join(directory, name))
    write(`${name}/positive.json`, JSON.stringify(positive))
    write(`${name}/negative.json`, JSON.stringify(negative))
  }
  const told = await rulesTest({ folder: directory })
  expect([told.passed, told.failed, told.without]).toEqual([1, 1, 1])
  expect(told.rules.map((one) => [one.title, one.result, one.why])).toEqual([
    [
      'Bad',
      'fail',
      [
        'no positive example is found by this rule',
        'positive example 1 is found by no rule of the file',
        'negative example 1 is found',
      ],
    ],
    ['Invented', 'pass', []],
    ['Without', 'none', []],
  ])
  write('good/negative.json', '[{"fields": 1}]')
  await expect(rulesTest({ folder: directory })).rejects.toThrow('not as examples are written')
})

test('our own rules pass on their examples, correlations too', async () => {
  const told = await rulesTest({ folder: join(root, 'rules'), examples: join(root, 'test/cases/rules') })
  expect(told.rules.filter((one) => one.result === 'fail')).toEqual([])
  expect(told.without).toBe(0)
  expect(told.passed).toBeGreaterThanOrEqual(80)
})
