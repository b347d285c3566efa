import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  proposeRecommendations,
  readMitigations,
  readRecommendationRules,
  signalsOf,
  type RecommendationRule,
} from '../../../src/response/index.ts'

const data = path.resolve(import.meta.dirname, '../../../data/recommendations')
const cases = path.resolve(import.meta.dirname, '../../cases/recommendations')
const table = readMitigations(readFileSync(path.join(data, 'mitigations.json'), 'utf8'))

function shipped(): readonly RecommendationRule[] {
  const read = readRecommendationRules(readFileSync(path.join(data, 'rules.yml'), 'utf8'))
  if ('wrong' in read) throw new Error(read.wrong)
  return read.rules
}

interface Wanted {
  recommended: string[]
  mitigations?: Record<string, string[]>
  /** Text that must stand nowhere in what is recommended. */
  never?: string[]
  owner?: Record<string, string>
  /** On how many grounds one rests. */
  grounds?: Record<string, number>
}

const names = readdirSync(cases).toSorted()
const made = names.map((name) => {
  const read = <T>(file: string): T => JSON.parse(readFileSync(path.join(cases, name, file), 'utf8')) as T
  const given = read<Parameters<typeof signalsOf>[0] & { about: string }>('in.json')
  return {
    name,
    about: given.about,
    want: read<Wanted>('want.json'),
    got: proposeRecommendations(shipped(), signalsOf(given), table),
  }
})

describe('what is recommended, and what is not', () => {
  test.each(made)('$name: $about', ({ want, got }) => {
    expect(got.map(({ id }) => id)).toEqual(want.recommended)
    for (const one of got) {
      expect(one.grounds.length).toBeGreaterThan(0)
      for (const ground of one.grounds) expect((ground.finding === undefined) !== (ground.gap === undefined)).toBe(true)
    }
    const by = new Map(got.map((one) => [one.id, one]))
    for (const [id, ids] of Object.entries(want.mitigations ?? {}))
      expect(
        by.get(id)?.mitigations.map((one) => one.id),
        id,
      ).toEqual(ids)
    for (const [id, owner] of Object.entries(want.owner ?? {})) expect(by.get(id)?.owner).toBe(owner)
    for (const [id, count] of Object.entries(want.grounds ?? {})) expect(by.get(id)?.grounds).toHaveLength(count)
    for (const text of want.never ?? []) expect(JSON.stringify(got)).not.toContain(text)
  })
})

test('every shipped rule is called for by a case, and every mitigation of a rule answers one of its techniques', () => {
  const met = new Set(made.flatMap(({ got }) => got.map(({ id }) => id.split('/')[0])))
  for (const rule of shipped()) {
    expect(met.has(rule.id), rule.id).toBe(true)
    for (const id of rule.mitigations)
      expect(table.mitigation(id, rule.techniques)?.answers.length ?? 0, `${rule.id} ${id}`).toBeGreaterThan(0)
    for (const id of rule.techniques.filter((one) => rule.mitigations.length > 0 && one.startsWith('T')))
      expect(
        rule.mitigations.some((mitigation) => table.mitigation(mitigation, [id])?.answers.length === 1),
        `${rule.id}: nothing answers ${id}`,
      ).toBe(true)
  }
})

test('the table names ATT&CK and FiGHT, their versions, and no mitigation that advises against itself', () => {
  expect(table.versions).toEqual({ attack: '18.1', fight: '3.0.1' })
  expect(table.mitigation('M1032', ['T1133', 'T1505.003'])).toEqual({
    id: 'M1032',
    name: 'Multi-factor Authentication',
    answers: ['T1133'],
  })
  expect(table.mitigation('FGM5101', ['FGT5017'])?.name).toBe('Isolate CDR Database')
  expect(table.mitigation('M9999', [])).toBeUndefined()
  expect(shipped().flatMap(({ mitigations }) => mitigations)).not.toContain('M1055')
})

test('a rule that does not fit is named by its field', () => {
  const rule = `- id: x\n  when: { signal: [log-cleared] }\n  do: a\n  because: b\n  owner: c\n  within: P3D\n  proof: d\n  retest: { how: e, after: P3D }\n  techniques: []\n  mitigations: []\n`
  expect(readRecommendationRules(rule)).toMatchObject({ rules: [{ id: 'x', per: 'case' }] })
  const wrong = (text: string): string => {
    const read = readRecommendationRules(text)
    return 'wrong' in read ? read.wrong : ''
  }
  expect(wrong(rule + rule)).toBe('x stands there twice')
  expect(wrong(rule.replace('log-cleared', 'log-clear'))).toContain('0.when.signal.0')
  expect(wrong(rule.replace('P3D', 'PT3H'))).toBe('0.within: must be whole days, such as P30D')
  expect(wrong(rule.replace('mitigations: []', 'mitigations: [1032]'))).toContain('0.mitigations.0')
  expect(wrong('- [')).toContain('is no YAML')
})
