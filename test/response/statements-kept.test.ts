import { expect, test } from 'vitest'
import { sha256 } from '../../src/base/index.ts'
import type { Decision, Finding } from '../../src/casefile/index.ts'
import {
  assessmentVersions,
  earlierText,
  keepStatementAct,
  mayActAs,
  readStatements,
  sitrepText,
  statementFlags,
  type StatementAct,
} from '../../src/response/index.ts'
import { knowledgeOf } from './statements-knowledge.ts'
import { shippedLanguages } from './statements-languages.ts'

const languages = shippedLanguages()

function decided(acts: readonly { readonly by: string; readonly act: StatementAct }[]): Decision[] {
  return acts.map(({ by, act }, index) => ({
    id: `D_${index}`,
    number: `D${index + 1}`,
    kind: 'other',
    text: 'x',
    reason: 'x',
    about: [],
    change: keepStatementAct(act),
    by: [by],
    at: `2026-10-06T10:0${index}:00.000Z`,
    custody: index + 1,
    known: { custodyHash: '', custodyCount: 0, openFindings: 0, adoptedFindings: 0 },
  }))
}

const text = 'Our systems are not affected.\n'
const submit: StatementAct = { act: 'submit', audience: 'press', language: 'en', text, sha256: sha256(text), rests: [] }
const sign = (role: 'legal' | 'privacy' | 'communications', answer: 'yes' | 'no'): StatementAct => ({
  act: 'sign',
  statement: 'S1',
  sha256: sha256(text),
  role,
  answer,
})

test('S16 the last word of every role counts; a refusal stands until that role signs', () => {
  const state = (acts: readonly StatementAct[]): unknown => {
    const [one] = readStatements(decided(acts.map((act) => ({ by: 'x', act })))).statements
    return [one?.state, one?.missing]
  }
  expect(state([submit])).toEqual(['waiting', ['legal', 'privacy', 'communications']])
  expect(state([submit, sign('legal', 'yes'), sign('privacy', 'no')])).toEqual(['refused', ['privacy', 'communications']])
  expect(
    state([submit, sign('privacy', 'no'), sign('privacy', 'yes'), sign('legal', 'yes'), sign('communications', 'yes')]),
  ).toEqual(['signed', []])
  expect(state([submit, sign('legal', 'yes'), sign('legal', 'no')])).toEqual(['refused', ['legal', 'privacy', 'communications']])
})

test('S16 a signature over another text counts for nothing, and a text that is not the one hashed is left out', () => {
  const other = { ...sign('legal', 'yes'), sha256: sha256('other') } as StatementAct
  expect(
    readStatements(
      decided([
        { by: 'x', act: submit },
        { by: 'x', act: other },
      ]),
    ).statements[0]?.signOffs,
  ).toEqual([])
  expect(readStatements(decided([{ by: 'x', act: { ...submit, text: 'Changed.' } }])).statements).toEqual([])
})

test('S16 roles are those of the keys', () => {
  expect(mayActAs('Head of Communications', 'communications')).toBe(true)
  expect(mayActAs('General counsel', 'legal')).toBe(true)
  expect(mayActAs('Data Protection Officer (DPO)', 'privacy')).toBe(true)
  for (const role of ['legal', 'privacy', 'communications'] as const) expect(mayActAs('analyst', role)).toBe(false)
  expect(mayActAs('counsel', 'privacy')).toBe(false)
})

test('S17 a finding flags what left, proposed ones too; rejected and withdrawn ones do not; counsel answers for these findings only', () => {
  const story = {
    id: 'F_1',
    kind: 'story',
    subject: 's',
    code: 'attack-story',
    params: { score: '80.0' },
    text: 'A way in.',
  } as const
  const left = {
    act: 'filed',
    audience: 'press',
    language: 'en',
    text,
    sha256: sha256(text),
    at: '2026-10-06T07:00:00Z',
    to: 'Press',
  } as const
  const flags = (
    findings: readonly (typeof story & { status: Finding['status'] })[],
    acts: readonly StatementAct[] = [],
  ): unknown[] => {
    const { statements, counsel } = readStatements(decided([left, ...acts].map((act) => ({ by: 'x', act }))))
    return statementFlags({ statements, counsel, public: [] }, knowledgeOf({ findings }), languages).map((one) => [
      one.statement,
      one.findings,
      one.counsel?.outcome,
    ])
  }
  expect(flags([{ ...story, status: 'proposed' }])).toEqual([['S1', ['F_1'], undefined]])
  expect(flags([{ ...story, status: 'rejected' }])).toEqual([])
  expect(flags([])).toEqual([])
  const word: StatementAct = { act: 'counsel', statement: 'S1', findings: ['F_1'], outcome: 'stands' }
  expect(flags([{ ...story, status: 'adopted' }], [word])).toEqual([['S1', ['F_1'], 'stands']])
  const second = { ...story, id: 'F_2', subject: 't', status: 'proposed' } as unknown as typeof story & { status: 'proposed' }
  expect(flags([{ ...story, status: 'adopted' }, second], [word])).toEqual([['S1', ['F_1', 'F_2'], undefined]])
})

test('S18 versions: changed with its new evidence, new, gone, back; a run that says the same makes none', () => {
  const finding = (id: string, subject: string, sha: string, more: Partial<Finding> = {}): Finding => ({
    id,
    kind: 'assessment',
    subject,
    code: 'assertion-open',
    params: {},
    cites: [{ kind: 'exhibit', sha256: sha, file: sha, at: { kind: 'whole' } }],
    text: `text of ${id}`,
    grounds: [],
    producer: 'assessment',
    at: '',
    status: 'proposed',
    ...more,
  })
  const line = (act: 'proposed' | 'restated' | 'withdrawn', n: number) =>
    ({ kind: 'run', act, at: `2026-10-0${n}T00:00:00Z`, run: `run ${n}` }) as const
  const versions = assessmentVersions(
    [
      { finding: finding('F_a', 'A1', 'e1'), history: [line('proposed', 1), line('withdrawn', 2)] },
      { finding: finding('F_b', 'A1', 'e2', { supersedes: 'F_a' }), history: [line('proposed', 2)] },
      { finding: finding('F_c', 'A2', 'e1'), history: [line('proposed', 1), line('withdrawn', 2), line('restated', 3)] },
      { finding: finding('F_d', 'A3', 'e1'), history: [line('proposed', 1)] },
      { finding: finding('F_e', 'A4', 'e1'), history: [line('proposed', 1), line('restated', 2)] },
      { finding: { ...finding('F_due', 'duty', 'e1'), kind: 'due' }, history: [line('proposed', 4)] },
    ],
    [
      { sha256: 'e1', number: 'E1', file: 'claim.txt', at: '2026-10-01T00:00:00Z' },
      { sha256: 'e2', number: 'E2', file: 'web.log', at: '2026-10-02T00:00:00Z' },
    ],
  )
  expect(versions.map(({ version, changes }) => [version, changes.map(({ subject, how, why }) => [subject, how, why])])).toEqual([
    [
      1,
      [
        ['A1', 'new', 'first analysis'],
        ['A2', 'new', 'first analysis'],
        ['A3', 'new', 'first analysis'],
        ['A4', 'new', 'first analysis'],
      ],
    ],
    [
      2,
      [
        ['A1', 'changed', 'rests on new evidence: E2'],
        ['A2', 'gone', 'other evidence came in (E2), which the answer does not cite; it changed what this is weighed against'],
        ['A4', 'reworded', 'the same finding in other words, or with other grounds'],
      ],
    ],
    [3, [['A2', 'back', 'rests on further evidence that was there before: E1']]],
  ])
})

test('S19 nothing from evidence becomes markup in a situation report', () => {
  const report = sitrepText({
    case: { id: 'x', title: '# <b>x</b>', operator: 'Meridian Telekom' },
    at: '2026-10-07T09:00:00.000Z',
    known: [{ text: '<img src=x> [a](http://b)\n## head', rests: [], fresh: false }],
    notKnown: [],
    decided: [],
    next: [],
    versions: [],
    waiting: 0,
  })
  expect(report).not.toMatch(/(?<!\\)(?:<img|\[a)|\n## head/)
  expect(report).toContain('No question is open.')
})

test('what left is read at the time it left', () => {
  const { sentences } = earlierText(
    { label: 'S1', kind: 'released', at: '2025-03-01T00:00:00Z', text: 'We learned of it on 5 February.' },
    languages,
  )
  expect(sentences[0]?.said).toEqual([{ kind: 'time', of: 'aware', days: ['2025-02-05'] }])
})
