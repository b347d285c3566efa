import { expect, test } from 'vitest'
import { dueActSchema, duties, keepAct, readAct, readFacts, withActs, type DueAct, type Facts } from '../../src/response/index.ts'
import { shipped } from './laws.ts'

const laws = shipped.laws.filter((one) => one.id === 'my-pdpa-12b')
const base = readFacts({
  file: 'f',
  text: JSON.stringify({
    jurisdictions: ['MY'],
    roles: ['controller'],
    candidates: [{ kind: 'detection', at: '2026-10-05T08:00:00+08:00', text: 'Found.' }],
  }),
})
const entered = (...acts: DueAct[]): Facts =>
  withActs(
    base,
    acts.map((act, n) => ({
      act,
      by: 'DPO',
      at: `2026-10-06T0${n}:00:00.000000Z`,
      reason: `reason ${n}`,
      cites: [{ kind: 'decision', id: `d${n}` }],
    })),
  )
const due = (facts: Facts): ReturnType<typeof duties>['duties'] =>
  duties({ facts, laws, now: Date.parse('2026-10-07T00:00:00Z') }).duties
const commissioner = 'my-pdpa-12b/commissioner'

test('an act is kept and read back as it was entered; other changes are no act', () => {
  const act: DueAct = { act: 'moment', kind: 'awareness', at: '2026-10-06T09:00:00+08:00' }
  expect(readAct(keepAct(act))).toEqual(act)
  expect(readAct({ kind: 'cut', story: 'S' })).toBeUndefined()
  expect(readAct({ due: { act: 'judge', question: 'guilty', answer: 'yes' } })).toBeUndefined()
  expect(readAct(undefined)).toBeUndefined()
})

test.each([
  [{ act: 'done', duty: commissioner, at: '2026-10-06T09:00:00' }],
  [{ act: 'moment', kind: 'awareness', at: 'noon' }],
  [{ act: 'zone', jurisdiction: 'EU', zone: 'Mars/Olympus' }],
  [{ act: 'count', at: '2026-10-06T09:00:00Z', min: 5, max: 4 }],
  [{ act: 'judge', question: 'personal-data', answer: 'perhaps' }],
])('%j does not fit: a time has a zone, a zone exists, bounds are in order', (act) => {
  expect(dueActSchema.safeParse(act).success).toBe(false)
})

test('the last word on a question counts, with who said it and the decision as its cite', () => {
  const facts = entered(
    { act: 'judge', question: 'personal-data', answer: 'no' },
    { act: 'judge', question: 'personal-data', answer: 'yes' },
  )
  expect(facts.judgements['personal-data']).toMatchObject({ answer: 'yes', by: 'DPO', cites: [{ kind: 'decision', id: 'd1' }] })
})

test('moment, count, step, entry, zone and draft reach the clocks', () => {
  const facts = entered(
    { act: 'judge', question: 'personal-data', answer: 'yes' },
    { act: 'moment', kind: 'awareness', at: '2026-10-05T10:00:00+08:00' },
    { act: 'count', at: '2026-10-05T12:00:00+08:00', min: 2000 },
    { act: 'entry', key: 'summary', text: 'An extract was posted.' },
    { act: 'done', duty: commissioner, at: '2026-10-06T10:00:00+08:00', ref: 'letter 1' },
    { act: 'zone', jurisdiction: 'EU', zone: 'Europe/Dublin' },
    { act: 'enable-law', law: 'kr-pipa-34' },
  )
  const [first, further] = due(facts)
  expect(first).toMatchObject({ status: 'done', due: '2026-10-08T02:00:00.000000Z', start: { provisional: false } })
  expect(first?.fields.find((one) => one.key === 'summary')?.value).toBe('An extract was posted.')
  expect(further).toMatchObject({ status: 'running', due: '2026-11-05T15:59:59.000000Z' })
  expect(facts.zones).toEqual({ EU: 'Europe/Dublin' })
  expect(facts.enabled).toMatchObject([{ law: 'kr-pipa-34', by: 'DPO' }])
})

test('R38 a decision against a notice is said with the clock, which goes on; recording the step takes it back', () => {
  const against = entered({ act: 'judge', question: 'personal-data', answer: 'yes' }, { act: 'not-notify', duty: commissioner })
  expect(due(against)[0]).toMatchObject({
    status: 'running',
    due: '2026-10-08T00:00:00.000000Z',
    notNotified: { by: 'DPO', reason: 'reason 1' },
  })
  const after = entered(
    { act: 'judge', question: 'personal-data', answer: 'yes' },
    { act: 'not-notify', duty: commissioner },
    { act: 'done', duty: commissioner, at: '2026-10-06T10:00:00+08:00' },
  )
  expect(due(after)[0]?.notNotified).toBeUndefined()
})
