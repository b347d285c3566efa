import { expect, test } from 'vitest'
import { attackOf, compile, detectionOf, explain, loadRules } from '../../src/sigma/index.ts'
import { eventOf } from './event.ts'

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const rule = (n: number, detection = '{s: {F: a}, condition: s}', more = ''): string =>
  `title: Rule ${n}\nid: ${id(n)}\nlogsource: {product: test}\ndetection: ${detection}\n${more}`

test('one file may hold several documents; each stands for itself', () => {
  const text = `${rule(2)}---\n${rule(3, '{s: {F|nope: a}, condition: s}')}---\n${rule(1)}---\ncorrelation: {type: event_count}\n`
  const { rules, notLoaded } = loadRules([{ name: 'many.yml', text }])
  expect(rules.map((one) => [one.id, one.line])).toEqual([
    [id(1), 11],
    [id(2), 1],
  ])
  expect(notLoaded).toEqual([
    { file: 'many.yml', line: 9, why: "unknown modifier 'nope'" },
    { file: 'many.yml', line: 16, why: 'the correlation has no title' },
  ])
})

test('the same id twice: the first file by name counts, the other is named', () => {
  const files = [
    { name: 'b.yml', text: rule(1) },
    { name: 'a.yml', text: rule(1) },
  ]
  const loaded = loadRules(files)
  const { rules, notLoaded } = loaded
  expect(rules.map((one) => one.file)).toEqual(['a.yml'])
  expect(notLoaded).toEqual([{ file: 'b.yml', line: 1, why: `the rule ${id(1)} was already loaded from a.yml` }])
  expect(loadRules(files.toReversed())).toEqual(loaded)
})

test('a rule without an id gets one from what it says, whatever the file', () => {
  const text = rule(1).replace(/^id: .*\n/m, '')
  const first = loadRules([{ name: 'a.yml', text }]).rules[0]
  const second = loadRules([{ name: 'b.yml', text: `# comment\n${text}` }]).rules[0]
  expect(first?.id).toMatch(/^R_[0-9a-f]{32}$/)
  expect(second?.id).toBe(first?.id)
})

test('hostile files end in a reason, not in an exception', () => {
  const why = (text: string): string | undefined => loadRules([{ name: 'x.yml', text }]).notLoaded[0]?.why
  expect(why('['.repeat(200_000))).toBe('nested deeper than 64 levels')
  expect(why('- '.repeat(200_000))).toBe('nested deeper than 64 levels')
  expect(why('? '.repeat(200_000))).toBe('nested deeper than 64 levels')
  expect(why(Array.from({ length: 1_300 }, (_, n) => `${' '.repeat(n)}a:`).join('\n'))).toBeDefined()
  expect(why(`title: ${'x'.repeat(2 * 1024 * 1024)}`)).toBe('larger than 1048576 bytes')
  expect(why(rule(1, `{s: {F|re: '${'a'.repeat(5_000)}'}, condition: s}`))).toBe('the regex is longer than 4096 characters')
  const all = Array.from({ length: 300 }, (_, n) => `v${n}`).join(', ')
  const many = rule(1, `{s: {F: [${all}]}, condition: ${'s or '.repeat(300)}s}`)
  expect(why(many)).toBe('asks for more than 50000 tests')
  expect(why('title: {a: b}')).toBe("'title' is a text")
  expect(why(rule(1, '{__proto__: {F: a}, condition: __proto__}'))).toBeUndefined()
  expect(why(rule(1, '{s: {F: a}, condition: constructor}'))).toMatch(/defines no search identifier 'constructor'/)
})

test('placeholders are filled from the values given, each choice a value', () => {
  const text = rule(1, "{s: {'F|expand|endswith': '\\%x-%Servers%'}, condition: s}")
  expect(loadRules([{ name: 'a.yml', text }]).notLoaded).toHaveLength(1)
  const { rules } = loadRules([{ name: 'a.yml', text }], { placeholders: { Servers: ['srv1', 'dc*'] } })
  const set = compile(rules)
  const hits = ['a%x-SRV1', '%x-dc-07', '%x-srv2', 'x-srv1'].map((F) => set.match(eventOf({ product: 'test' }, { F })).length)
  expect(hits).toEqual([1, 1, 0, 0])
})

test('a rule meets only events of its log source; parts it leaves out take anything', () => {
  const source = (text: string, n: number): string => rule(n).replace('{product: test}', text)
  const { rules } = loadRules([
    { name: '1', text: source('{product: windows}', 1) },
    { name: '2', text: source('{product: windows, category: registry_event}', 2) },
    { name: '3', text: source('{category: registry_set}', 3) },
    { name: '4', text: source('{product: windows, service: security}', 4) },
    { name: '5', text: source('{product: Linux}', 5) },
  ])
  const set = compile(rules)
  const met = (product: string, category: string, service: string): string[] =>
    set.match(eventOf({ product, category, service }, { F: 'a' })).map((one) => one.id.slice(-1))
  expect(met('windows', 'registry_set', 'sysmon')).toEqual(['1', '2', '3'])
  expect(met('windows', 'registry_event', '')).toEqual(['1', '2'])
  expect(met('windows', '', 'security')).toEqual(['1', '4'])
  expect(met('linux', '', '')).toEqual(['5'])
  expect(met('', 'registry_set', '')).toEqual(['3'])
  expect(met('', '', '')).toEqual([])
})

test('a detection carries the rule, the event and the fields that decided', () => {
  const detection = '{s: {F|contains: a, G: [b, c]}, k: [word], f: {H: x}, condition: s and k and not f}'
  const { rules } = loadRules([{ name: 'r.yml', text: rule(1, detection, 'level: high\ntags: [attack.t1003.001]\n') }])
  const event = eventOf({ product: 'test' }, { F: 'xAx', G: 'C', I: 'a word here', J: 'other' })
  const [matched] = compile(rules).match(event)
  if (matched === undefined) throw new Error('no match')
  expect(detectionOf(matched, event)).toEqual({
    rule: id(1),
    title: 'Rule 1',
    level: 'high',
    tags: ['attack.t1003.001'],
    time: '2026-11-22T10:00:00.000000Z',
    host: 'web-01',
    account: '',
    at: { kind: 'record', n: 1 },
    fields: { F: 'xAx', G: 'C', I: 'a word here' },
  })
})

test('an explanation names every part with its answer', () => {
  const { rules } = loadRules([{ name: 'r.yml', text: rule(1, '{s: {F|endswith: a}, f: {H: x}, condition: s and not f}') }])
  const [one] = rules
  if (one === undefined) throw new Error('no rule')
  expect(explain(one, eventOf({ product: 'test' }, { F: 'xa', H: 'X' }))).toEqual({
    what: 'Rule 1',
    holds: false,
    fields: {},
    of: [
      { what: 'log source test', holds: true, fields: {}, of: [] },
      {
        what: 'all of',
        holds: false,
        fields: {},
        of: [
          { what: 's', holds: true, fields: {}, of: [{ what: "F is '*a'", holds: true, fields: { F: 'xa' }, of: [] }] },
          {
            what: 'not',
            holds: false,
            fields: {},
            of: [{ what: 'f', holds: true, fields: {}, of: [{ what: "H is 'x'", holds: true, fields: { H: 'X' }, of: [] }] }],
          },
        ],
      },
    ],
  })
})

test('ATT&CK tags give tactics, techniques and software, nothing else', () => {
  const tags = [
    'attack.credential_access',
    'attack.t1003.001',
    'attack.T1190',
    'attack.g0093',
    'attack.s0002',
    'cve.2021.44228',
    'car.2013-05-004',
  ]
  expect(attackOf([...tags, 'attack.initial-access', 'attack.t1190'])).toEqual({
    tactics: ['credential-access', 'initial-access'],
    techniques: ['T1003.001', 'T1190'],
    software: ['S0002'],
  })
})
