import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lintLaw, readingOf } from '../../src/response/index.ts'
import { nearest } from '../../src/response/nearest.ts'
import { lawFiles, shipped } from './laws.ts'

const pdpa = lawFiles().find((one) => one.name === 'my-pdpa-12b.yml')?.text ?? ''
const lineOf = (text: string, words: string): number => text.split('\n').findIndex((line) => line.includes(words)) + 1

test('every shipped law fits', () => {
  for (const one of lawFiles()) expect({ file: one.name, flaws: lintLaw(one.text).flaws }).toEqual({ file: one.name, flaws: [] })
})

test.each([
  [
    'a misspelt key',
    'effectiveFrom: 2025',
    'efectiveFrom: 2025',
    'efectiveFrom:',
    'efectiveFrom',
    '"effectiveFrom" is likely meant',
  ],
  [
    'a misspelt key of a rule',
    '    recipient: Personal',
    '    recipent: Personal',
    'recipent:',
    'rules.0.recipent',
    '"recipient" is likely meant',
  ],
  ['a misspelt word', 'status: in-force', 'status: in-froce', 'status:', 'status', '"in-force" is likely meant'],
  [
    'a misspelt trigger',
    '[informed-by-third-party, detection, awareness]',
    '[informed-by-third-party, detektion, awareness]',
    'detektion',
    'rules.0.trigger.1',
    '"detection" is likely meant',
  ],
  ['a period in words', 'period: { hours: 72 }', 'period: three days', 'period: three', 'rules.0.period', 'a period is'],
  ['a misspelt unit', 'period: { days: 30 }', 'period: { day: 30 }', 'day: 30', 'rules.1.period', 'a period is'],
  ['rows for persons', '{ personsOver: 1000 }', '{ rowsOver: 1000 }', 'rowsOver', 'rules.0.thresholds.1.any.0', 'personsOver'],
  [
    'a step after a misspelt one',
    'after: commissioner',
    'after: comissioner',
    'after: comissioner',
    'rules.1.after',
    '"commissioner" is likely meant',
  ],
  [
    'a form that is not there',
    'form: data-subjects',
    'form: data-subject',
    'form: data-subject',
    'rules.2.form',
    '"data-subjects" is likely meant',
  ],
  ['a zone that is none', 'zone: Asia/Kuala_Lumpur', 'zone: Asia/Kuala_Lumpr', 'zone:', 'zone', 'no time zone'],
  ['a date that is none', 'read: 2026-11-22', 'read: 22.11.2026', 'read: 22.11.2026', 'standing.0.source.read', 'YYYY-MM-DD'],
  ['a tab', 'jurisdiction: MY', '\tjurisdiction: MY', 'jurisdiction: MY', '', ''],
])('R23 %s: the line and the field are named', (_, right, wrong, words, field, what) => {
  expect(pdpa).toContain(right)
  const text = pdpa.replace(right, wrong)
  const { law, flaws } = lintLaw(text)
  expect(law).toBeUndefined()
  const flaw = flaws.find((one) => one.field === field && one.what.includes(what))
  expect(flaw, JSON.stringify(flaws)).toBeDefined()
  expect(flaw?.line).toBe(lineOf(text, words))
})

test('R23 what is missing is said to be missing, at the place where it belongs', () => {
  const text = pdpa
    .replace('    recipient: Personal Data Protection Commissioner\n    step: Notify', '    step: Notify')
    .replace('advice: not legal advice\n', '')
  const { flaws } = lintLaw(text)
  expect(flaws).toMatchObject([
    { line: 1, field: 'advice', what: 'is missing; write "not legal advice"' },
    { line: lineOf(text, '- id: commissioner'), field: 'rules.0.recipient', what: 'is missing' },
  ])
})

test('R23 several mistakes are told at once, in order of lines', () => {
  const { flaws } = lintLaw(
    pdpa.replace('status: in-force', 'status: law').replace('period: { days: 7 }', 'period: { weeks: 1 }'),
  )
  expect(flaws.map((one) => one.field)).toEqual(['status', 'rules.2.period'])
})

test('an own file may leave out the jurisdiction, a law may not; a draft says what is open', () => {
  expect(lintLaw(pdpa.replace('jurisdiction: MY\n', '')).flaws.map((one) => one.field)).toEqual(['jurisdiction'])
  expect(lintLaw(pdpa.replace('jurisdiction: MY\n', 'origin: contract\n')).flaws).toEqual([])
  expect(lintLaw(pdpa.replace('status: in-force', 'status: uncertain')).flaws.map((one) => one.field)).toEqual(['open'])
})

test('any text is answered with a law or with flaws, never with an exception', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 400 }), fc.nat({ max: pdpa.length }), (text, at) => {
      for (const one of [text, pdpa.slice(0, at), pdpa.slice(0, at) + text + pdpa.slice(at)]) {
        const { law, flaws } = lintLaw(one)
        expect(law !== undefined).toBe(flaws.length === 0)
        for (const flaw of flaws) expect(flaw.line).toBeGreaterThan(0)
      }
    }),
    { numRuns: 60 },
  )
})

test('a word far from every known one gets no guess', () => {
  expect(nearest('zzzzzz', ['hours', 'days'])).toBeUndefined()
  expect(nearest('houers', ['hours', 'days'])).toBe('hours')
})

test('each rule reads as sentences: when, from what, only if, not if, who may put it off, how it was read', () => {
  for (const law of shipped.laws) {
    const reading = readingOf(law)
    expect(reading.rules).toHaveLength(law.rules.length)
    for (const [n, rule] of reading.rules.entries()) {
      const text = rule.sentences.join('\n')
      expect(text).toContain('The clock starts ')
      expect(text).toMatch(/put (?:off|the date off)/)
      for (const group of law.rules[n]?.thresholds ?? []) expect(text).toContain(`Only if ${group.text}`)
      for (const group of law.rules[n]?.exemptions ?? []) expect(text).toContain(`Not if ${group.text}`)
      expect(text).not.toMatch(/undefined|\[object|judgement:/)
    }
    expect(reading.disclaimer).toContain('Not legal advice')
  }
  const draft = shipped.laws.find((one) => one.id === 'kr-network-act-48-3')
  expect(draft && readingOf(draft).standing).toContain('starts no clock until a named person enables it')
})
