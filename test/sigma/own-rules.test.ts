import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { attackOf, compile, detectionOf, loadRules, type LogSource } from '../../src/sigma/index.ts'
import { eventOf } from './event.ts'

const root = resolve(import.meta.dirname, '../..')
const names = readdirSync(resolve(root, 'rules'))
  .filter((name) => name.endsWith('.yml'))
  .map((name) => name.slice(0, -4))

type Example = LogSource & { readonly fields: Record<string, string> }

function examples(name: string, kind: 'positive' | 'negative'): Example[] {
  return JSON.parse(readFileSync(resolve(root, 'test/cases/rules', name, `${kind}.json`), 'utf8')) as Example[]
}

function load(name: string): ReturnType<typeof loadRules> {
  return loadRules([{ name: `${name}.yml`, text: readFileSync(resolve(root, 'rules', `${name}.yml`), 'utf8') }])
}

test('every rule has positive and negative examples, and every folder of examples has its rule', () => {
  for (const name of names) {
    expect([name, existsSync(resolve(root, 'test/cases/rules', name, 'positive.json'))]).toEqual([name, true])
    expect([name, existsSync(resolve(root, 'test/cases/rules', name, 'negative.json'))]).toEqual([name, true])
  }
  expect(readdirSync(resolve(root, 'test/cases/rules')).sort()).toEqual([...names].sort())
  expect(names.length).toBeGreaterThanOrEqual(12)
})

describe('rules/', () => {
  test.each(names)('%s fires on its examples and only there', (name) => {
    const { rules, notLoaded } = load(name)
    expect(notLoaded).toEqual([])
    expect(rules).toHaveLength(1)
    const set = compile(rules)
    const positive = examples(name, 'positive')
    const negative = examples(name, 'negative')
    expect(positive.length).toBeGreaterThan(0)
    expect(negative.length).toBeGreaterThan(0)
    for (const one of positive) {
      const [rule] = set.match(eventOf(one, one.fields))
      expect([one.fields, rule?.id]).toEqual([one.fields, rules[0]?.id])
      if (rule !== undefined) expect(detectionOf(rule, eventOf(one, one.fields)).fields).not.toEqual({})
    }
    for (const one of negative) {
      // A negative from another log source would miss for a reason that tests nothing.
      expect(positive.some((other) => sourceOf(other) === sourceOf(one))).toBe(true)
      expect([one.fields, set.match(eventOf(one, one.fields)).length]).toEqual([one.fields, 0])
    }
  })

  test.each(names)('%s says who wrote it, what it is for and which techniques it shows', (name) => {
    const [rule] = load(name).rules
    expect(rule?.author).toBe('Breachline')
    expect(rule?.id).toMatch(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    expect(rule?.description).toMatch(/^[A-Z].{40,}\.$/)
    const attack = attackOf(rule?.tags ?? [])
    expect(attack.tactics.length).toBeGreaterThan(0)
    expect(attack.techniques.length).toBeGreaterThan(0)
  })
})

test('ids and titles are unique', () => {
  const rules = names.flatMap((name) => load(name).rules)
  expect(new Set(rules.map((rule) => rule.id)).size).toBe(names.length)
  expect(new Set(rules.map((rule) => rule.title)).size).toBe(names.length)
})

function sourceOf({ product, category, service }: LogSource): string {
  return [product, category, service].join('/')
}
