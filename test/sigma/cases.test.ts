import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { compile, explain, loadRules } from '../../src/sigma/index.ts'
import { eventOf } from './event.ts'

const cases = resolve(import.meta.dirname, '../cases/sigma')
const read = (...path: string[]): string => readFileSync(resolve(cases, ...path), 'utf8')

interface Want {
  readonly matches: readonly Record<string, string>[]
  readonly misses: readonly Record<string, string>[]
}

describe('a rule matches and misses as the specification says', () => {
  test.each(readdirSync(resolve(cases, 'matching')))('%s', (name) => {
    const { rules, notLoaded } = loadRules([{ name, text: read('matching', name, 'in.yml') }])
    expect(notLoaded).toEqual([])
    const [rule] = rules
    if (rule === undefined) throw new Error('no rule')
    const set = compile(rules)
    const want = JSON.parse(read('matching', name, 'want.json')) as Want
    const answer = (fields: Record<string, string>): unknown => ({
      fields,
      matches: set.match(eventOf({ product: 'test' }, fields)).length,
    })
    const explained = (fields: Record<string, string>): unknown => ({
      fields,
      holds: explain(rule, eventOf({ product: 'test' }, fields)).holds,
    })
    expect(want.matches.length).toBeGreaterThan(0)
    expect(want.misses.length).toBeGreaterThan(0)
    expect(want.matches.map(answer)).toEqual(want.matches.map((fields) => ({ fields, matches: 1 })))
    expect(want.misses.map(answer)).toEqual(want.misses.map((fields) => ({ fields, matches: 0 })))
    expect(want.matches.map(explained)).toEqual(want.matches.map((fields) => ({ fields, holds: true })))
    expect(want.misses.map(explained)).toEqual(want.misses.map((fields) => ({ fields, holds: false })))
  })
})

describe('a rule that cannot be loaded is named with its line and the reason', () => {
  test.each(readdirSync(resolve(cases, 'not-loaded')))('%s', (name) => {
    const { rules, notLoaded } = loadRules([{ name: 'in.yml', text: read('not-loaded', name, 'in.yml') }])
    expect(rules).toEqual([])
    expect(notLoaded).toEqual([{ file: 'in.yml', ...(JSON.parse(read('not-loaded', name, 'want.json')) as object) }])
  })
})
