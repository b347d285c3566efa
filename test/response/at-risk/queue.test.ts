import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  atRiskActSchema,
  atRiskQueue,
  briefText,
  keepAtRiskAct,
  outsideText,
  personsAtRisk,
  readAtRiskAct,
  type AtRiskAct,
  type AtRiskQueue,
} from '../../../src/response/index.ts'

type Findings = Parameters<typeof personsAtRisk>[0]
type Asked = Parameters<typeof atRiskQueue>[0]

interface Case extends Pick<Asked, 'eviction' | 'duties' | 'now'> {
  about: string
  findings: Findings
  acts: { by: string; act: AtRiskAct }[]
  compromised: Record<string, string>
  systems: string[]
}
interface Wanted {
  persons: Record<string, { state: string; blocks?: string[]; releasedBy?: string[]; tries?: number; over?: boolean }>
  duties?: [string, boolean][]
  eviction?: string
}

const cases = path.resolve(import.meta.dirname, '../../cases/at-risk')

function queueOf(given: Case): AtRiskQueue {
  return atRiskQueue({
    persons: personsAtRisk(given.findings),
    entered: given.acts.map(({ by, act }, at) => ({
      act: atRiskActSchema.parse(act),
      reason: 'x',
      number: `N${at + 1}`,
      by,
      at: given.now,
    })),
    eviction: given.eviction,
    compromised: new Map(Object.entries(given.compromised)),
    systems: new Set(given.systems),
    duties: given.duties,
    now: given.now,
  })
}

const made = readdirSync(cases)
  .toSorted()
  .map((name) => {
    const read = <T>(file: string): T => JSON.parse(readFileSync(path.join(cases, name, file), 'utf8')) as T
    const given = read<Case>('in.json')
    return { name, about: given.about, given, want: read<Wanted>('want.json') }
  })

describe('who may be told, and what stands against it', () => {
  test.each(made)('$name: $about', ({ name, given, want }) => {
    const queue = queueOf(given)
    expect(queue.persons.map(({ pseudonym }) => pseudonym)).toEqual(Object.keys(want.persons))
    for (const one of queue.persons) {
      const wanted = want.persons[one.pseudonym]
      expect(one.state).toBe(wanted?.state)
      if (wanted?.blocks !== undefined) expect(one.blocks).toEqual(wanted.blocks)
      if (wanted?.releasedBy !== undefined) expect(one.releasedBy).toEqual(wanted.releasedBy)
      if (wanted?.tries !== undefined) expect(one.tries).toBe(wanted.tries)
      if (wanted?.over !== undefined) expect(one.authority?.over).toBe(wanted.over)
    }
    expect(queue.duties.map(({ id, before }) => [id, before])).toEqual(want.duties ?? [])
    if (want.eviction !== undefined) expect(queue.eviction.state).toBe(want.eviction)
    // Pseudonyms only: neither the whole token nor the masked number is said.
    const said = JSON.stringify(queue)
    if (name !== 'tokens-that-begin-alike')
      for (const { subject } of given.findings) expect(said).not.toContain(subject.replace('subscriber:', ''))
    expect(said).not.toContain('+60')
  })
})

test('AR6 the outside of a message says nothing of the matter, whatever the channel', () => {
  for (const kind of ['letter', 'text-message', 'phone', 'in-person', 'through-authority']) {
    const text = (outsideText(kind) ?? []).join(' ')
    expect(text).not.toMatch(/breach|incident|record|data|secur|urgent|police|leak|\d|http|Meridian/i)
  }
  expect(outsideText('text-message')).toHaveLength(2)
  expect(outsideText('in-person')).toBeUndefined()
})

test('the brief says what was read of this person and names no account, number or other person', () => {
  const given = made.find(({ name }) => name === 'channel-outside')?.given
  if (given === undefined) throw new Error('the case is there')
  const [person] = queueOf(given).persons
  if (person === undefined) throw new Error('a person is there')
  const text = briefText(person, '0c32095153f3b68683353d0187d4bf70')
  expect(text).toContain('2026-07-06 to 2026-09-27, on 16 days')
  expect(text).toContain('cell_id, call_ts')
  expect(text).toContain('Released by: Ana Lim and Ben Osman')
  expect(text).not.toMatch(/cdr_report|\+60|crm/)
})

test('an act is kept on three lines and read back; a delay needs its end, and only a delay has one', () => {
  const persons = ['P-0c32095153f3']
  const act: AtRiskAct = { act: 'release', persons }
  expect(readAtRiskAct(keepAtRiskAct(act, 'Go of\n9 October'))).toEqual({ act, reason: 'Go of 9 October' })
  const asked: AtRiskAct = {
    act: 'ask',
    persons,
    authority: 'Police\ncyber unit',
    at: '2026-10-08T09:00:00Z',
    channel: 'in person',
  }
  expect(readAtRiskAct(keepAtRiskAct(asked, 'x'))?.act).toEqual(asked)
  expect(readAtRiskAct('A note\nof somebody\n{"atRisk":{"act":"release"}}')).toBeUndefined()
  expect(readAtRiskAct('A note')).toBeUndefined()
  const answer = { act: 'authority-answer', persons, authority: 'Police', at: '2026-10-08T09:00:00Z' }
  const until = '2026-10-20T00:00:00Z'
  expect(atRiskActSchema.safeParse({ ...answer, answer: 'delay' }).success).toBe(false)
  expect(atRiskActSchema.safeParse({ ...answer, answer: 'delay', until }).success).toBe(true)
  expect(atRiskActSchema.safeParse({ ...answer, answer: 'go', until }).success).toBe(false)
  expect(atRiskActSchema.safeParse({ ...answer, answer: 'delay', until: '2026-10-20' }).success).toBe(false)
  expect(atRiskActSchema.safeParse({ act: 'release', persons: ['+60123456789'] }).success).toBe(false)
})
