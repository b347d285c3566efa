import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { limits } from '../../src/base/index.ts'
import { checkStatement, earlierText } from '../../src/response/index.ts'
import { knowledgeOf, type StatedCase } from './statements-knowledge.ts'
import { shippedLanguages } from './statements-languages.ts'
import { coreTime } from '../base/core-time.ts'

interface Want {
  readonly ok: boolean
  readonly refused: readonly [number, string, readonly string[]][]
  readonly allowed?: readonly string[]
  readonly hidden?: readonly number[]
  readonly contradictions: readonly [string, string][]
  readonly rests?: readonly (readonly string[])[]
}

const languages = shippedLanguages()
const folder = join(import.meta.dirname, '../cases/statements/texts')

test.each(readdirSync(folder))('S4-S12 %s', (name) => {
  const read = (file: string): string => readFileSync(join(folder, name, file), 'utf8')
  const stated = JSON.parse(read('case.json')) as StatedCase
  const want = JSON.parse(read('want.json')) as Want
  const earlier = (stated.earlier ?? []).map((one) => earlierText({ ...one, kind: 'released' }, languages))
  const found = checkStatement(read('in.txt'), { knowledge: knowledgeOf(stated), languages, earlier })
  expect({
    ok: found.ok,
    refused: found.refusals.map(({ line, phrase, needs }) => [
      line,
      phrase,
      [...new Set(needs.flatMap(({ need, met }) => (met ? [] : [need])))],
    ]),
    ...(want.allowed === undefined ? {} : { allowed: found.allowed.map(({ phrase }) => phrase) }),
    ...(want.hidden === undefined ? {} : { hidden: found.hidden.map(({ line }) => line) }),
    contradictions: found.contradictions.map(({ kind, before }) => [kind, before.label]),
    ...(want.rests === undefined ? {} : { rests: found.rests.map(({ findings }) => findings) }),
  }).toEqual(want)
})

test('a refusal says what would be needed and what can be said instead', () => {
  const found = checkStatement('Our systems are unaffected.', {
    knowledge: knowledgeOf({
      systems: [{ id: 'crm', name: 'CRM', hosts: ['ord-app-07'], data: [] }],
      needed: { from: '2026-06-01', to: '2026-10-07' },
    }),
    languages,
    earlier: [],
  })
  const [refusal] = found.refusals
  expect(refusal?.needs.map(({ text }) => text)).toEqual([
    'Name in the same paragraph the days of the logs that it rests on (2026-06-01 to 2026-10-07).',
    'Name in the same paragraph the systems that were examined: CRM.',
    'The logs at hand do not cover it: CRM: no log of ord-app-07 is at hand.',
    'It needs an adopted assessment of access to own systems that is not "supported".',
    'No standing finding speaks against it.',
  ])
  expect(refusal?.instead).toContain('Say which systems were examined')
})

test('S13 hostile texts: too large, empty, no text; a long one is read in time that grows with its length', () => {
  const check = (text: string): unknown => checkStatement(text, { knowledge: knowledgeOf({}), languages, earlier: [] })
  expect(() => check('a'.repeat(limits.statementBytes + 1))).toThrow('larger than the limit')
  expect(() => check(' \n\n')).toThrow('is empty')
  expect(() => check('PK\u0003\u0004\u0000\u0000')).toThrow('no plain text')
  const seconds = (text: string): number => {
    const start = coreTime()
    check(text)
    return (coreTime() - start) / 1_000
  }
  const evil = [
    'no '.repeat(60_000),
    'evidence, '.repeat(25_000),
    '1 '.repeat(100_000),
    '9,'.repeat(100_000),
    '((( '.repeat(50_000),
    'a.'.repeat(100_000),
  ]
  for (const text of evil) expect(seconds(text), text.slice(0, 12)).toBeLessThan(10)
})
