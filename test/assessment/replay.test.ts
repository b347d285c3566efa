import { expect, test } from 'vitest'
import { proposeAssessment, type Affected, type Assessment } from '../../src/assessment/index.ts'
import { findingId } from '../../src/casefile/index.ts'
import { assessAt, caseNames, readReplay } from './replay.ts'

const nobody: Affected = { groups: [], floor: 5, notes: [] }

const slices = caseNames.flatMap((name) => {
  const { given, wanted } = readReplay(name)
  return wanted.map((want) => ({ name, given, want, at: want.at }))
})

/** Every sentence that is the assessment's own; what others say is quoted apart. */
function ownText({ threads = [], mismatches = [], headline }: Assessment): string {
  const parts = threads.flatMap((thread) => thread.parts)
  return [
    headline,
    ...threads.map((thread) => thread.summary.text),
    ...mismatches.map((one) => one.text),
    ...parts.flatMap((one) => [
      one.ground.text,
      one.restsOn ?? '',
      ...[...one.for, ...one.against, ...one.beside, ...one.coverage].map((each) => each.text),
      ...one.missing,
      ...one.settles.map((each) => each.text),
    ]),
  ].join('\n')
}

test.each(slices)('A1 to A16, $name on $at: no more is said than was then known', ({ given, want }) => {
  const assessment = assessAt(given, want.at)
  const [thread] = assessment.threads ?? []
  const parts = thread?.parts ?? []
  expect(Object.fromEntries(parts.map((one) => [one.part, one.status]))).toEqual(want.parts)
  if (want.strength !== undefined) expect(new Set(parts.map((one) => one.strength))).toEqual(new Set([want.strength]))
  for (const [part, by] of Object.entries(want.said ?? {})) {
    const said = parts.find((one) => one.part === part)?.said ?? []
    expect([...new Set(said.map((one) => one.by))].sort(), part).toEqual(by)
  }
  for (const [part, words] of Object.entries(want.saidWords ?? {}))
    expect(
      parts
        .find((one) => one.part === part)
        ?.said.map((one) => one.text)
        .join('\n'),
    ).toContain(words)
  const access = parts.find((one) => one.part === 'access')
  if (want.openDays !== undefined) expect(access?.openDays.map(({ from, to }) => `${from} to ${to}`)).toEqual(want.openDays)
  if (want.mismatches !== undefined)
    expect([...new Set(assessment.mismatches?.map((one) => one.rule))].sort()).toEqual(want.mismatches)
  const own = ownText(assessment)
  for (const words of want.says ?? []) expect(own).toContain(words)
  for (const words of want.never) expect(own.toLowerCase()).not.toContain(words.toLowerCase())
})

test.each(slices)(
  'A2 and A14, $name on $at: statements are on neither side, and open says what is missing',
  ({ given, want }) => {
    const assessment = assessAt(given, want.at)
    for (const part of assessment.threads?.flatMap((thread) => thread.parts) ?? []) {
      const said = new Set(part.said.map((one) => one.text))
      for (const one of [...part.for, ...part.against]) expect(said.has(one.text)).toBe(false)
      if (part.status === 'open') expect(part.missing.length, part.part).toBeGreaterThan(0)
      if (part.status === 'supported') expect(part.for.length, part.part).toBeGreaterThan(0)
      if (part.status === 'contradicted') expect(part.against.length, part.part).toBeGreaterThan(0)
      for (const one of [part.ground, ...part.for, ...part.against, ...part.beside]) expect(one.cites.length).toBeGreaterThan(0)
    }
  },
)

test.each(caseNames)('A2 %s: without its statements the evidence says the same, and the findings keep their ids', (name) => {
  const { given, wanted } = readReplay(name)
  const at = wanted.at(-1)?.at ?? ''
  const silent = given.facts.filter((fact) => fact.kind !== 'said' || fact.by === 'actor')
  // Without any words of an actor there is no claim left to judge.
  if (!silent.some((fact) => fact.kind === 'said')) return expect(name).toBe('sk-telecom-2025')
  const [loud, quiet] = [given.facts, silent].map((facts) => assessAt({ ...given, facts }, at))
  const statuses = (one: Assessment | undefined): unknown =>
    one?.threads?.flatMap((thread) => thread.parts.map(({ part, status, strength }) => ({ part, status, strength })))
  expect(statuses(quiet)).toEqual(statuses(loud))
  const ids = (one: Assessment | undefined): string[] =>
    one === undefined ? [] : proposeAssessment({ assessment: one, affected: nobody }).map(findingId)
  expect(ids(quiet).length).toBeGreaterThan(0)
  expect(ids(quiet)).toEqual(ids(loud))
})

test.each(caseNames)('%s: every fact names a source, and findings are told apart', (name) => {
  const { given, wanted } = readReplay(name)
  for (const fact of given.facts) for (const key of fact.from) expect(given.sources).toHaveProperty(key)
  const assessment = assessAt(given, wanted.at(-1)?.at ?? '')
  const proposals = proposeAssessment({ assessment, affected: nobody })
  expect(new Set(proposals.map((one) => `${one.subject} ${one.code}`)).size).toBe(proposals.length)
})
