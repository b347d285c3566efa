import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { fileSource } from '../../src/base/index.ts'
import { readEvents } from '../../src/events/index.ts'
import { compile, loadRules } from '../../src/sigma/index.ts'
import { compilePlan } from '../../src/sigma/matcher.ts'
import { viewOf } from '../../src/sigma/view.ts'
import { isWrittenFor } from '../../src/sigma/rule-set.ts'
import { eventOf } from './event.ts'
import { filesBelow, hasSharedData, orSkipped, publishedRules, regressionFolder, regressionRecords } from './sigmahq.ts'

describe.skipIf(!hasSharedData)(`published rules${orSkipped}`, () => {
  const files = hasSharedData ? publishedRules() : []
  const { rules, notLoaded } = loadRules(files)
  const set = compile(rules)
  const regressions = hasSharedData ? filesBelow(regressionFolder, '.json') : []

  test('of the 3,754 rules all load but those whose placeholders need values', () => {
    expect(files.length).toBe(3_754)
    expect(rules.length + notLoaded.length).toBe(files.length)
    expect(notLoaded.filter((one) => !one.why.startsWith('no values are given for the placeholder'))).toEqual([])
    expect(notLoaded.length).toBeLessThanOrEqual(2)
  })

  test('every rule that the regression folder names is among them', () => {
    const ids = new Set(rules.map((rule) => rule.id))
    const named = [...new Set(filesBelow(regressionFolder, 'info.yml').map((path) => ruleNamed(path)))]
    expect(named.length).toBe(92)
    expect(named.filter((id) => !ids.has(id))).toEqual([])
  })

  test('with values for the placeholders all load', () => {
    const again = loadRules(files, { placeholders: { known_cdcs: ['cdc-01'] } })
    expect(again.notLoaded).toEqual([])
  })

  test('the order of the files does not matter', () => {
    const some = files.slice(0, 300)
    expect(loadRules(some.toReversed())).toEqual(loadRules(some))
  })

  test('every published true positive fires its rule', () => {
    expect(regressions.length).toBeGreaterThan(0)
    const silent = regressions.filter((path) => {
      const { id } = expectation(path)
      const rule = rules.find((one) => one.id === id)
      if (rule === undefined) return true
      return !regressionRecords(path).some((fields) => set.match(eventOf(rule.logsource, fields)).includes(rule))
    })
    expect(silent).toEqual([])
  })

  test('every published true positive fires from its EVTX file, with the log source the events room derives', async () => {
    const silent: string[] = []
    for (const path of filesBelow(regressionFolder, '.evtx')) {
      const { id, count } = expectation(path)
      let found = 0
      for await (const batch of readEvents(await fileSource(path))) {
        found += batch.records.filter((event) => set.match(event).some((rule) => rule.id === id)).length
      }
      if (found < count) silent.push(path)
    }
    expect(silent).toEqual([])
  })

  test('the index gives what a full scan gives', () => {
    const matchers = rules.map((rule) => ({ rule, matches: compilePlan(rule.plan) }))
    let matched = 0
    for (const [number, path] of regressions.entries()) {
      // Every event is also offered to log sources it is not from: more rules meet each other's values.
      const sources = [rules[(number * 97) % rules.length]?.logsource ?? {}, { product: 'windows', category: 'process_creation' }]
      for (const fields of regressionRecords(path)) {
        for (const source of sources) {
          const event = eventOf(source, fields)
          const view = viewOf(event)
          const expected = matchers.filter(({ rule, matches }) => isWrittenFor(rule.logsource, event) && matches(view))
          expect(set.match(event).map((rule) => rule.id)).toEqual(expected.map(({ rule }) => rule.id))
          matched += expected.length
        }
      }
    }
    expect(matched).toBeGreaterThan(100)
  })
})

function ruleNamed(info: string): string {
  return /rule_metadata:\s+- id: (\S+)/.exec(readFileSync(info, 'utf8'))?.[1] ?? ''
}

/** Which rule must fire on a regression file, and how often. */
function expectation(path: string): { readonly id: string; readonly count: number } {
  const info = readFileSync(path.replace(/[^/]+$/, 'info.yml'), 'utf8')
  const id = /rule_metadata:\s+- id: (\S+)/.exec(info)?.[1] ?? ''
  return { id, count: Number(/match_count: (\d+)/.exec(info)?.[1] ?? 1) }
}
