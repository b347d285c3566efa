import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { compile, Correlator, loadRules, type CorrelationDetection } from '../../src/sigma/index.ts'
import { eventOf } from './event.ts'

const cases = resolve(import.meta.dirname, '../cases/sigma/correlations')
const read = (...path: string[]): string => readFileSync(resolve(cases, ...path), 'utf8')

interface Event {
  readonly time: string
  readonly fields: Readonly<Record<string, string>>
}

describe('correlations find what the specification says, in invented events', () => {
  test.each(readdirSync(cases))('%s', (name) => {
    const { rules, correlations, notLoaded } = loadRules([{ name: 'in.yml', text: read(name, 'in.yml') }])
    expect(notLoaded).toEqual([])
    const set = compile(rules)
    const found: CorrelationDetection<number>[] = []
    const correlator = new Correlator<number>(correlations, { emit: (one) => found.push(one) })
    const events = JSON.parse(read(name, 'events.json')) as Event[]
    for (const [n, { time, fields }] of events.entries())
      for (const rule of set.match(eventOf({ product: 'test' }, fields)))
        correlator.take({ rule: rule.id, time, host: '', account: '', fields, ref: n })
    correlator.finish()
    const want = JSON.parse(read(name, 'want.json')) as { rule: string; level?: string }[]
    const outermost = new Set(want.map((one) => one.rule))
    expect(want.length).toBeGreaterThan(0)
    const got = found
      .filter((one) => outermost.has(one.correlation.id))
      .map(({ correlation, group, count, events: cited, time, first, last, value }) => {
        const told = { rule: correlation.id, group, count, events: cited, time, first, last, value }
        return want.some((one) => one.level !== undefined) ? { ...told, level: correlation.level } : told
      })
    expect(got.sort((a, b) => (a.time < b.time ? -1 : 1))).toEqual(want)
  })
})
