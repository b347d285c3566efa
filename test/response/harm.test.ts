import { expect, test } from 'vitest'
import { readFacts } from '../../src/response/index.ts'
import { assessHarm, type HarmAssessment } from '../../src/response/harm.ts'
import { severityOf } from '../../src/response/severity.ts'

const none = { cites: [] }
const all = { confidentiality: 'none', integrity: 'none', availability: 'none', malicious: 'no' } as const
const assess = (harm: object, more: object = {}): HarmAssessment =>
  assessHarm(readFacts({ file: 'f', text: JSON.stringify({ jurisdictions: ['MY'], roles: ['controller'], harm, ...more }) }))
const proposed = (harm: object, question: string): string | undefined =>
  assess(harm).proposals.find((one) => one.judgement === question)?.proposed

test('R40 ENISA severity: DPC x EI + CB, with the telecom examples of its annex', () => {
  const week = severityOf({ data: ['traffic'], identifiable: 'maximum', period: 'weeks', ...all }, none)
  expect(week.score).toEqual([2, 2])
  expect(week.bands).toEqual(['medium'])
  const year = severityOf({ data: ['traffic', 'name'], identifiable: 'maximum', period: 'years', ...all }, none)
  expect(year.score).toEqual([3, 3])
  const stolen = severityOf(
    { data: ['financial'], identifiable: 'significant', ...all, confidentiality: 'unknown-recipients', malicious: 'yes' },
    none,
  )
  expect(stolen.score).toEqual([3 * 0.75 + 1, 3 * 0.75 + 1])
  expect(stolen.bands).toEqual(['high'])
})

test('R40 ENISA severity: what nobody stated widens the score and is named; nothing stated gives none', () => {
  const wide = severityOf({ data: ['contact'] }, none)
  expect(wide.score).toEqual([0.25, 3])
  expect(wide.bands).toEqual(['low', 'high'])
  expect(wide.missing).toHaveLength(5)
  expect(severityOf({}, none).score).toBeUndefined()
  expect(severityOf({ data: ['name'] }, { min: 101, cites: [] }).flags).toEqual(['more than 100 persons'])
  expect(severityOf({ data: ['name'] }, { min: 100, cites: [] }).flags).toEqual([])
})

test.each([
  [{}, 'significant-harm', 'unknown'],
  [{ data: ['contact', 'contract'] }, 'significant-harm', 'unknown'],
  [{ data: ['name', 'contact'] }, 'significant-harm', 'yes'],
  [{ data: ['financial'] }, 'significant-harm', 'yes'],
  [{ data: ['sim-secret'] }, 'significant-harm', 'yes'],
  [{ data: ['device-and-line'] }, 'significant-harm', 'unknown'],
  [{ data: ['name', 'contact'] }, 'sg-significant-harm', 'unknown'],
  [{ data: ['name', 'financial'] }, 'sg-significant-harm', 'yes'],
  [{ data: ['contract', 'credentials'] }, 'sg-significant-harm', 'yes'],
  [{ data: ['credentials'] }, 'sg-significant-harm', 'unknown'],
  [{ data: ['traffic'] }, 'adverse-effect', 'yes'],
  [{ data: ['contact'] }, 'adverse-effect', 'unknown'],
  [{ data: ['contact'], malicious: 'yes' }, 'adverse-effect', 'yes'],
  [{ data: ['contact'], malicious: 'yes' }, 'risk-unlikely', 'no'],
  [{ data: ['contact'], malicious: 'yes', unintelligible: 'yes' }, 'risk-unlikely', 'unknown'],
  [{ data: ['health'], identifiable: 'maximum' }, 'high-risk', 'yes'],
  [{ data: ['contact'], identifiable: 'maximum', malicious: 'yes' }, 'high-risk', 'unknown'],
])('R39 %j: %s is proposed as %s', (harm, question, want) => {
  expect(proposed(harm, question)).toBe(want)
})

test('R39 no rule proposes that harm is absent: "no" stands only for "a risk is unlikely"', () => {
  for (const data of [['contact'], ['name', 'contact'], ['other'], ['device-and-line'], []])
    for (const malicious of ['yes', 'no', 'unknown'])
      for (const one of assess({ data, malicious }).proposals)
        if (one.proposed === 'no') expect(one.judgement).toBe('risk-unlikely')
})

test('R41 what a named person decided stands beside the proposal; an answer without a name is no decision', () => {
  const judged = assess(
    { data: ['name', 'contact'] },
    { judgements: { 'significant-harm': { answer: 'no', by: 'DPO', reason: 'Invented persons.' }, 'high-risk': 'yes' } },
  )
  expect(judged.proposals.find((one) => one.judgement === 'significant-harm')).toMatchObject({
    proposed: 'yes',
    decided: { answer: 'no', by: 'DPO', reason: 'Invented persons.' },
  })
  expect(judged.proposals.find((one) => one.judgement === 'high-risk')?.decided).toBeUndefined()
})
