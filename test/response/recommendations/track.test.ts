import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { Finding } from '../../../src/casefile/index.ts'
import {
  readMitigations,
  recommendActSchema,
  promisedInPublic,
  trackRecommendations,
  type ProposedRecommendation,
  type RecommendAct,
  type TrackedRecommendations,
} from '../../../src/response/index.ts'

const file = path.resolve(import.meta.dirname, '../../../data/recommendations/mitigations.json')
const table = readMitigations(readFileSync(file, 'utf8'))

const proposal: ProposedRecommendation = {
  id: 'logs-off-the-host',
  text: 'Send records off the host.',
  because: 'A log was cleared.',
  owner: 'SOC',
  days: 21,
  proof: 'List of hosts.',
  retest: { how: 'Clear a test log.', days: 30 },
  techniques: ['T1070.001'],
  mitigations: [{ id: 'M1029', name: 'Remote Data Storage', answers: ['T1070.001'] }],
  grounds: [{ gap: 'log-cleared:jmp-01', text: 'Security of jmp-01 was cleared.', cites: [] }],
}
const said: Finding = {
  id: 'F_0123456789abcdef',
  kind: 'claim',
  subject: 'thread:x',
  code: 'claim-victim-statement',
  params: { name: 'Meridian Telekom', points: ['investigating', 'measures'] },
  cites: [],
  text: 'Meridian Telekom states: "..."',
  grounds: [],
  producer: 'claims',
  value: { text: 'We are putting additional security measures in place.' },
  status: 'proposed',
  at: '2026-10-07T00:00:00.000Z',
}
const adopt: RecommendAct = {
  act: 'adopt',
  recommendation: proposal.id,
  owner: 'Aisha Rahman',
  due: '2026-10-20',
  as: {
    text: proposal.text,
    proof: proposal.proof,
    retest: { ...proposal.retest },
    techniques: ['T1070.001'],
    mitigations: ['M1029'],
    grounds: [{ id: 'log-cleared:jmp-01', text: 'Security of jmp-01 was cleared.' }],
  },
}
const done: RecommendAct = { act: 'done', recommendation: proposal.id, proof: '38 hosts send', exhibits: ['E12'] }
const test1 = (passed: boolean): RecommendAct => ({
  act: 'retest',
  recommendation: proposal.id,
  passed,
  on: '2026-10-19',
  found: 'x',
  exhibits: [],
})

/** After these acts, entered at noon of 18 October, asked on a day. */
function after(
  acts: readonly RecommendAct[],
  options: {
    readonly on?: string
    readonly proposed?: readonly ProposedRecommendation[]
    readonly findings?: readonly Finding[]
    readonly promised?: ReturnType<typeof promisedInPublic>
  } = {},
): TrackedRecommendations {
  return trackRecommendations({
    proposed: options.proposed ?? [proposal],
    entered: acts.map((act, at) => ({
      act: recommendActSchema.parse(act),
      number: `D${at + 1}`,
      by: 'Ana Lim',
      at: '2026-10-18T12:00:00.000Z',
      reason: 'because',
    })),
    findings: options.findings ?? [],
    promised: options.promised ?? [],
    table,
    now: `${options.on ?? '2026-10-18'}T12:00:00.000Z`,
  })
}
const only = (state: TrackedRecommendations): unknown => state.recommendations[0]

test('RC3 proposed until a named person adopts it, with owner and day; late when its day is past', () => {
  expect(only(after([]))).toMatchObject({ state: 'proposed', owner: 'SOC', due: '2026-11-08', late: false })
  expect(after([]).recommendations[0]).not.toHaveProperty('number')
  expect(only(after([adopt]))).toMatchObject({
    number: 'R1',
    state: 'adopted',
    owner: 'Aisha Rahman',
    due: '2026-10-20',
    late: false,
  })
  expect(only(after([adopt], { on: '2026-10-20' }))).toMatchObject({ late: false })
  expect(only(after([adopt], { on: '2026-10-21' }))).toMatchObject({ late: true })
  const again = { ...adopt, owner: 'Ben Osman', due: '2026-10-25' }
  expect(only(after([adopt, again], { on: '2026-10-21' }))).toMatchObject({ number: 'R1', owner: 'Ben Osman', late: false })
})

test('RC4 done with its proof, tested again by its day; what does not hold is open again', () => {
  expect(only(after([adopt, done], { on: '2026-11-17' }))).toMatchObject({
    state: 'done',
    late: false,
    done: { proof: '38 hosts send', exhibits: ['E12'] },
    retestDue: '2026-11-17',
    retestLate: false,
  })
  expect(only(after([adopt, done], { on: '2026-11-18' }))).toMatchObject({ state: 'done', retestLate: true })
  expect(only(after([adopt, done, test1(true)], { on: '2027-11-18' }))).toMatchObject({
    state: 'held',
    retestLate: false,
    late: false,
  })
  const failed = after([adopt, done, test1(false)], { on: '2026-10-21' }).recommendations[0]
  expect(failed).toMatchObject({ state: 'adopted', late: true, tests: [{ passed: false }] })
  expect(failed).not.toHaveProperty('done')
  expect(only(after([adopt, done, test1(false), done, test1(true)]))).toMatchObject({ state: 'held' })
  expect(only(after([adopt, test1(true)]))).toMatchObject({ state: 'adopted' })
})

test('what was adopted stays as it read, when its ground is gone; what was dropped is not proposed again', () => {
  const gone = after([adopt], { proposed: [] }).recommendations
  expect(gone).toMatchObject([
    {
      state: 'adopted',
      rests: false,
      text: proposal.text,
      grounds: [{ gap: 'log-cleared:jmp-01' }],
      mitigations: [{ id: 'M1029' }],
    },
  ])
  const changed = { ...proposal, text: 'Something else.' }
  expect(only(after([adopt], { proposed: [changed] }))).toMatchObject({ text: proposal.text, rests: true })
  expect(after([{ act: 'drop', recommendation: proposal.id }]).recommendations).toMatchObject([
    { state: 'dropped', number: 'R1' },
  ])
  expect(only(after([{ act: 'drop', recommendation: proposal.id }, adopt]))).toMatchObject({ state: 'adopted', number: 'R1' })
})

test('RC6 a measure promised in public is tracked against what was adopted', () => {
  const promised: RecommendAct = { act: 'promise', text: 'More measures', where: 'press release', on: '2026-10-08' }
  const cover = (promise: string): RecommendAct => ({ act: 'cover', promise, recommendations: [proposal.id] })
  const states = (acts: readonly RecommendAct[], on = '2026-10-18'): readonly unknown[] =>
    after(acts, { on, findings: [said] }).promises.map(({ id, state }) => [id, state])
  expect(states([])).toEqual([['F_0123456789abcdef', 'untracked']])
  expect(after([], { findings: [said] }).promises[0]?.text).toBe('We are putting additional security measures in place.')
  expect(states([promised])).toEqual([
    ['F_0123456789abcdef', 'untracked'],
    ['D1', 'untracked'],
  ])
  const covered = [adopt, promised, cover('D2')]
  expect(states(covered)[1]).toEqual(['D2', 'open'])
  expect(states(covered, '2026-10-21')[1]).toEqual(['D2', 'late'])
  expect(states([...covered, done])[1]).toEqual(['D2', 'done'])
  expect(states([...covered, done, test1(true)])[1]).toEqual(['D2', 'held'])
  expect(states([...covered, done, test1(false)])[1]).toEqual(['D2', 'open'])
  expect(states([...covered, { act: 'drop', recommendation: proposal.id }])[1]).toEqual(['D2', 'untracked'])
})

test('statements without a measure, of others, rejected or withdrawn, promise nothing', () => {
  const none = [
    { ...said, params: { points: ['investigating'] } },
    { ...said, code: 'claim-denial' },
    { ...said, status: 'rejected' as const },
    { ...said, withdrawn: true },
  ]
  expect(after([], { findings: none }).promises).toEqual([])
})

test('RC8 what a statement of ours promised is proposed, kept by what is adopted for it, and as late', () => {
  const left = [
    {
      id: 'S1',
      at: '2026-10-07T09:00:00.000Z',
      text: 'We are investigating. We have put additional security measures in place.\n\nNew customers are welcome. Kami mengambil langkah keselamatan tambahan.',
    },
  ]
  const promised = promisedInPublic(left)
  expect(promised.map((one) => [one.id, one.on])).toEqual([
    ['S1.2', '2026-10-07'],
    ['S1.4', '2026-10-07'],
  ])
  const before = after([], { promised })
  expect(before.recommendations.map((one) => [one.id, one.state])).toEqual([
    [proposal.id, 'proposed'],
    ['promise-s1-2', 'proposed'],
    ['promise-s1-4', 'proposed'],
  ])
  expect(before.promises.map((one) => [one.id, one.state])).toEqual([
    ['S1.2', 'untracked'],
    ['S1.4', 'untracked'],
  ])
  const own = before.recommendations[1]
  const taken: RecommendAct = {
    ...adopt,
    recommendation: 'promise-s1-2',
    as: {
      text: own?.text ?? '',
      proof: own?.proof ?? '',
      retest: own?.retest ?? { how: '', days: 0 },
      techniques: [],
      mitigations: [],
      grounds: [{ id: 'S1.2', text: 'x' }],
    },
  }
  expect(after([taken], { promised, on: '2026-10-21' }).promises).toMatchObject([
    { id: 'S1.2', state: 'late', by: ['promise-s1-2'] },
    { id: 'S1.4', state: 'untracked', by: [] },
  ])
  // Kept by another recommendation: nothing of its own is proposed any more.
  const cover: RecommendAct = { act: 'cover', promise: 'S1.4', recommendations: [proposal.id] }
  const covered = after([adopt, cover], { promised })
  expect(covered.promises[1]).toMatchObject({ state: 'open', by: [proposal.id] })
  expect(covered.recommendations.map((one) => one.id)).toEqual([proposal.id, 'promise-s1-2'])
  expect(
    promisedInPublic([{ id: 'S2', at: '2026-10-08T00:00:00.000Z', text: 'Further information follows. New numbers are free.' }]),
  ).toEqual([])
})
