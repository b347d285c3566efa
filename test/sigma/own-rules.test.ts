import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  attackOf,
  compile,
  Correlator,
  detectionOf,
  loadRules,
  quietRules,
  readPlaceholders,
  type CorrelationDetection,
  type LoadedRules,
  type LogSource,
} from '../../src/sigma/index.ts'
import { eventOf } from './event.ts'

const root = resolve(import.meta.dirname, '../..')
const rulesDir = resolve(root, 'rules')
const casesDir = resolve(root, 'test/cases/rules')
const siteFile = 'site-rules.sigma'
const text = (name: string): string => readFileSync(resolve(rulesDir, name), 'utf8')

const names = readdirSync(rulesDir)
  .filter((name) => name.endsWith('.yml'))
  .map((name) => name.slice(0, -4))

const { placeholders, notLoaded: notFilled } = readPlaceholders({
  name: 'placeholders.example',
  text: text('placeholders.example'),
})
const all = loadRules(names.map((name) => ({ name: `${name}.yml`, text: text(`${name}.yml`) })))
const siteRules = loadRules([{ name: siteFile, text: text(siteFile) }], { placeholders })
const everyRule = [...all.rules, ...siteRules.rules]
const set = compile(all.rules)
const siteSet = compile(siteRules.rules)
const quietCorrelations = quietRules(all.correlations)

/** One event of an example. */
type Example = LogSource & { readonly fields: Readonly<Record<string, string>> }

/** Events in order of time; one may stand for many: `{n}` in its fields counts from 1. */
interface Sequence {
  readonly events: readonly (Example & { readonly time: string; readonly repeat?: number; readonly every?: number })[]
}

function examples<Kind>(name: string, kind: 'positive' | 'negative'): readonly Kind[] {
  return JSON.parse(readFileSync(resolve(casesDir, name, `${kind}.json`), 'utf8')) as readonly Kind[]
}

const inFile = (file: string): { rules: LoadedRules['rules']; correlations: LoadedRules['correlations'] } => ({
  rules: all.rules.filter((rule) => rule.file === file && rule.quiet !== true),
  correlations: all.correlations.filter((one) => one.file === file && !quietCorrelations.has(one.id)),
})
const correlating = names.filter((name) => inFile(`${name}.yml`).correlations.length > 0)
const single = names.filter((name) => !correlating.includes(name))
const siteName = ({ name = '' }: { readonly name?: string }): string => name.replace(/^breachline_site_/, '').replaceAll('_', '-')
const siteNames = siteRules.rules.map(siteName)

test('everything under rules/ loads, and at least 120 rules and correlations are reported', () => {
  expect(all.notLoaded).toEqual([])
  expect(notFilled).toEqual([])
  expect(siteRules.notLoaded).toEqual([])
  const reported = names.flatMap((name) => Object.values(inFile(`${name}.yml`)).flat())
  expect(reported.length).toBeGreaterThanOrEqual(120)
})

test('every rule has two examples each way, and every folder of examples has its rule', () => {
  for (const name of [...names, ...siteNames])
    for (const kind of ['positive', 'negative'] as const) {
      expect([name, kind, existsSync(resolve(casesDir, name, `${kind}.json`))]).toEqual([name, kind, true])
      expect([name, kind, examples(name, kind).length >= 2]).toEqual([name, kind, true])
    }
  expect(readdirSync(casesDir).sort()).toEqual([...names, ...siteNames].sort())
})

describe('rules/', () => {
  test.each(single)('%s fires on its examples and only there', (name) => {
    const { rules } = inFile(`${name}.yml`)
    expect(rules.length).toBeGreaterThan(0)
    checkExamples(name, { rules, set })
  })

  test.each(correlating)('%s fires on its sequences and only there', (name) => {
    const { correlations } = inFile(`${name}.yml`)
    const ids = correlations.map((one) => one.id)
    const seen = new Set<string>()
    for (const sequence of examples<Sequence>(name, 'positive')) {
      const found = run(sequence).filter((one) => ids.includes(one.correlation.id))
      expect([sequence, found.length > 0]).toEqual([sequence, true])
      for (const one of found) seen.add(one.correlation.id)
    }
    expect([...seen].sort()).toEqual([...ids].sort())
    for (const sequence of examples<Sequence>(name, 'negative')) {
      const found = run(sequence).filter((one) => ids.includes(one.correlation.id))
      expect([sequence, found.length]).toEqual([sequence, 0])
    }
  })

  test.each(siteNames)('%s fires on its examples with the example values of its placeholders', (name) => {
    const rules = siteRules.rules.filter((rule) => siteName(rule) === name)
    checkExamples(name, { rules, set: compile(rules) })
    // Nothing is claimed while a site has not said who its vendors and partners are.
    const without = loadRules([{ name: siteFile, text: text(siteFile) }])
    expect(without.rules.map((rule) => rule.id)).not.toContain(rules[0]?.id)
  })

  test.each([...all.rules, ...siteRules.rules, ...all.correlations].map((rule) => [rule.title, rule] as const))(
    '%s says who wrote it, what it is for and which techniques it shows',
    (_, rule) => {
      expect(rule.author).toBe('Breachline')
      expect(rule.id).toMatch(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
      expect(rule.description).toMatch(/^[A-Z].{40,}\.$/)
      const attack = attackOf(rule.tags)
      expect(attack.tactics.length).toBeGreaterThan(0)
      expect(attack.techniques.length).toBeGreaterThan(0)
    },
  )

  test.each([...names.map((name) => `${name}.yml`), siteFile])('%s gives references and ordinary reasons', (file) => {
    for (const document of text(file).split(/^---$/m)) {
      expect(document).toMatch(/^references:\n(?: {4}- https:\/\/\S+\n)+/m)
      expect(document).toMatch(/^falsepositives:\n(?: {4}- .+\n)+/m)
    }
  })
})

test('ids, names and titles are unique, and names cannot meet those of other rules', () => {
  const both = [...everyRule, ...all.correlations]
  const named = both.flatMap(({ name = '' }) => (name === '' ? [] : [name]))
  expect(new Set(named).size).toBe(named.length)
  expect(named.filter((name) => !name.startsWith('breachline_'))).toEqual([])
  expect(new Set(both.map((rule) => rule.id)).size).toBe(both.length)
  expect(new Set(both.map((rule) => rule.title)).size).toBe(both.length)
})

test('the placeholders of the example file are those the site rules use', () => {
  const used = [...text(siteFile).matchAll(/%([a-z_]+)%/g)].map((match) => match[1])
  expect([...new Set(used)].sort()).toEqual(Object.keys(placeholders).sort())
})

/** Single events: each positive fires a rule of the file, each rule fires on one of them, no negative fires any. */
function checkExamples(
  name: string,
  { rules, set: compiled }: { readonly rules: LoadedRules['rules']; readonly set: ReturnType<typeof compile> },
): void {
  const ids = rules.map((rule) => rule.id)
  const fired = new Set<string>()
  const positive = examples<Example>(name, 'positive')
  for (const one of positive) {
    const event = eventOf(one, one.fields)
    const found = compiled.match(event).filter((rule) => ids.includes(rule.id))
    expect([one.fields, found.length > 0]).toEqual([one.fields, true])
    for (const rule of found) {
      fired.add(rule.id)
      expect(detectionOf(rule, event).fields).not.toEqual({})
    }
  }
  expect([...fired].sort()).toEqual([...ids].sort())
  for (const one of examples<Example>(name, 'negative')) {
    // A negative from another log source would miss for a reason that tests nothing.
    expect(positive.some((other) => sourceOf(other) === sourceOf(one))).toBe(true)
    const found = compiled.match(eventOf(one, one.fields)).filter((rule) => ids.includes(rule.id))
    expect([one.fields, found.length]).toEqual([one.fields, 0])
  }
}

function run({ events }: Sequence): CorrelationDetection<number>[] {
  const hits = events
    .flatMap(({ time, repeat = 1, every = 0, fields, ...source }) =>
      Array.from({ length: repeat }, (_, n) => ({
        source,
        time: new Date(Date.parse(time) + n * every * 1_000).toISOString().replace('Z', '000Z'),
        fields: Object.fromEntries(
          Object.entries(fields).map(([field, value]) => [field, value.replaceAll('{n}', String(n + 1))]),
        ),
      })),
    )
    .sort((a, b) => (a.time < b.time ? -1 : 1))
  const found: CorrelationDetection<number>[] = []
  const correlator = new Correlator<number>(all.correlations, { emit: (one) => found.push(one) })
  for (const [ref, { source, time, fields }] of hits.entries())
    for (const rule of set.match(eventOf(source, fields)))
      correlator.take({ rule: rule.id, time, host: '', account: '', fields, ref })
  correlator.finish()
  return found
}

test('the whole set stays silent on an event that says nothing', () => {
  for (const rule of everyRule) {
    const event = eventOf(rule.logsource, { note: 'nothing' })
    expect([...set.match(event), ...siteSet.match(event)]).toEqual([])
  }
})

function sourceOf({ product, category, service }: LogSource): string {
  return [product, category, service].join('/')
}
