import fc from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { compile, loadRules, readPipelines, readPlaceholders, type LogSource } from '../../src/sigma/index.ts'
import { parsePattern } from '../../src/sigma/pattern.ts'
import { readWritten, writtenPattern } from '../../src/sigma/written-pattern.ts'
import { eventOf } from './event.ts'

const cases = resolve(import.meta.dirname, '../cases/sigma/pipelines')
const read = (...path: string[]): string => readFileSync(resolve(cases, ...path), 'utf8')

interface Want {
  readonly source?: Partial<LogSource>
  readonly matches: readonly Record<string, string>[]
  readonly misses: readonly Record<string, string>[]
}

describe('a pipeline changes a rule before it runs', () => {
  test.each(readdirSync(cases))('%s', (name) => {
    const { pipelines, notLoaded } = readPipelines([{ name: 'pipeline.yml', text: read(name, 'pipeline.yml') }])
    expect(notLoaded).toEqual([])
    const loaded = loadRules([{ name: 'in.yml', text: read(name, 'in.yml') }], { pipelines })
    expect(loaded.notLoaded).toEqual([])
    const set = compile(loaded.rules)
    const want = JSON.parse(read(name, 'want.json')) as Want
    const source = want.source ?? { product: 'test', category: 'process_creation' }
    const answer = (fields: Record<string, string>): unknown => ({ fields, matches: set.match(eventOf(source, fields)).length })
    expect(want.matches.length).toBeGreaterThan(0)
    expect(want.misses.length).toBeGreaterThan(0)
    expect(want.matches.map(answer)).toEqual(want.matches.map((fields) => ({ fields, matches: 1 })))
    expect(want.misses.map(answer)).toEqual(want.misses.map((fields) => ({ fields, matches: 0 })))
  })
})

const rule = (detection: string): string =>
  `title: r\nid: 00000000-0000-4000-8000-000000000001\nlogsource: {product: test}\ndetection: ${detection}\n`

function whyNot(pipeline: string, detection = '{s: {F: a}, condition: s}'): string | undefined {
  const { pipelines, notLoaded } = readPipelines([{ name: 'p.yml', text: pipeline }])
  expect(notLoaded).toEqual([])
  return loadRules([{ name: 'r.yml', text: rule(detection) }], { pipelines }).notLoaded[0]?.why
}

test('a pipeline can make a rule fail, and what it leaves unasked is no rule', () => {
  const failing = 'name: p\ntransformations:\n  - {type: rule_failure, message: no such logs}\n'
  expect(whyNot(failing)).toBe("the pipeline 'p' takes no such rule: no such logs")
  const item = 'name: p\ntransformations:\n  - type: detection_item_failure\n    message: F is not there\n'
  expect(whyNot(item)).toBe("the pipeline 'p' takes no such detection: F is not there")
  const elsewhere = `${item}    field_name_conditions:\n      - {type: include_fields, fields: [G]}\n`
  expect(whyNot(elsewhere)).toBeUndefined()
  expect(whyNot('transformations:\n  - {type: drop_detection_item}\n')).toBe('the pipelines left nothing of the detection')
  expect(
    whyNot('vars: {A: a}\ntransformations:\n  - {type: value_placeholders}\n', "{s: {'F|expand': '%B%'}, condition: s}"),
  ).toBe("no values are given for the placeholder '%B%'")
})

test.each([
  [
    'transformations:\n  - {type: drop_detection_item}\n  - {type: query_expression_placeholders}\n',
    3,
    "the transformation 'query_expression_placeholders' is not supported",
  ],
  ['transformations:\n  - {type: hashes_fields}\n', 2, "the transformation 'hashes_fields' is not supported"],
  ['transformations:\n  - {mapping: {a: b}}\n', 2, 'the transformation has no type'],
  [
    'transformations:\n  - type: drop_detection_item\n    rule_conditions:\n      - {type: moon_phase}\n',
    4,
    "the rule condition 'moon_phase' is not supported",
  ],
  [
    'transformations:\n  - type: drop_detection_item\n    detection_item_conditions:\n      - {type: processing_state}\n',
    4,
    "the detection item condition 'processing_state' is not supported",
  ],
  [
    'transformations:\n  - type: drop_detection_item\n    field_name_conditions:\n      - {type: processing_state}\n',
    4,
    "the field name condition 'processing_state' is not supported",
  ],
  [
    'transformations:\n  - type: drop_detection_item\n    rule_cond_expr: a and b\n    rule_conditions:\n      a: {type: is_sigma_rule}\n',
    3,
    "there is no condition 'b'",
  ],
  [
    "transformations:\n  - type: replace_string\n    regex: '(?=a)'\n",
    3,
    'the regex is not RE2 syntax: error parsing regexp: invalid or unsupported Perl syntax: `(?=`',
  ],
  [
    "transformations:\n  - {type: replace_string, regex: a, replacement: '\\1'}\n",
    2,
    'the replacement names a group that the regex does not have',
  ],
  ['postprocessing:\n  - {type: embed}\n', 2, "'postprocessing' works on the text of queries; there is none here"],
  ['name: a\nallowed_backends: [splunk]\n', 2, 'the pipeline is for certain back ends only'],
  ['- a\n', 1, 'a pipeline is a map with transformations'],
])('what is not supported is refused by name and line: %s', (text, line, why) => {
  expect(readPipelines([{ name: 'p.yml', text }])).toEqual({ pipelines: [], notLoaded: [{ file: 'p.yml', line, why }] })
})

test('pipelines run in order of priority, then in the order given', () => {
  const prefix = (text: string, priority?: number): { name: string; text: string } => ({
    name: text,
    text: `${priority === undefined ? '' : `priority: ${priority}\n`}transformations:\n  - {type: field_name_prefix, prefix: ${text}}\n`,
  })
  const { pipelines } = readPipelines([prefix('c.', 20), prefix('a.'), prefix('b.', 10), prefix('d.', 20)])
  const { rules } = loadRules([{ name: 'r.yml', text: rule('{s: {F: a}, condition: s}') }], { pipelines })
  const matches = (field: string): number => compile(rules).match(eventOf({ product: 'test' }, { [field]: 'a' })).length
  expect([matches('d.c.b.a.F'), matches('a.b.c.d.F')]).toEqual([1, 0])
})

test('a filter is changed with its rule; a correlation reads the fields under their new names', () => {
  const text = [
    rule('{s: {F: a}, condition: s}').replace('title: r', 'title: r\nname: r'),
    'title: f\nlogsource: {product: test}\nfilter: {rules: any, x: {User: adm}, condition: not x}\n',
    'title: c\ncorrelation: {type: value_count, rules: [r], group-by: [User], timespan: 1m, condition: {gte: 2, field: Port}}\n',
  ].join('---\n')
  const mapping = 'transformations:\n  - {type: field_name_mapping, mapping: {User: user.name, Port: port}}\n'
  const { pipelines } = readPipelines([{ name: 'p.yml', text: mapping }])
  const { rules, correlations, notLoaded } = loadRules([{ name: 'all.yml', text }], { pipelines })
  expect(notLoaded).toEqual([])
  const set = compile(rules)
  expect(set.match(eventOf({ product: 'test' }, { F: 'a', 'user.name': 'adm' }))).toEqual([])
  expect(set.match(eventOf({ product: 'test' }, { F: 'a', User: 'adm' }))).toHaveLength(1)
  expect(correlations[0]?.groupBy).toEqual(['User'])
  expect(correlations[0]?.parts).toEqual([{ id: rules[0]?.id, groupFields: ['user.name'], valueFields: ['port'] }])
  const several = readPipelines([{ name: 'p.yml', text: mapping.replace('user.name', '[a, b]') }])
  expect(loadRules([{ name: 'all.yml', text }], several).notLoaded).toEqual([
    { file: 'all.yml', line: 12, why: "the pipeline 'p.yml' gives several names to a field the correlation reads" },
  ])
})

test('values for placeholders come from a map of names; anything else is refused with its line', () => {
  expect(readPlaceholders({ name: 'v.yml', text: 'Servers: [dc1, dc2]\nPort: 22\n' })).toEqual({
    placeholders: { Servers: ['dc1', 'dc2'], Port: ['22'] },
    notLoaded: [],
  })
  expect(readPlaceholders({ name: 'v.yml', text: 'Servers:\n  - a\n  - {b: c}\n' }).notLoaded).toEqual([
    { file: 'v.yml', line: 3, why: "'Servers' is a list of texts" },
  ])
  expect(readPlaceholders({ name: 'v.yml', text: '- a\n' }).notLoaded).toHaveLength(1)
})

test('a pattern written for replacements reads back as it was', () => {
  const letters = fc.array(fc.constantFrom('a', '\\', '*', '?', '-'), { maxLength: 10 }).map((some) => some.join(''))
  fc.assert(
    fc.property(letters, (text) => {
      expect(readWritten(writtenPattern(parsePattern(text)))).toEqual(parsePattern(text))
    }),
    { numRuns: 3_000 },
  )
})
