import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  reminderText,
  requestActSchema,
  requestText,
  requestWords,
  trackRequests,
  type RequestAct,
  type RequestTerms,
} from '../../../src/response/index.ts'

interface Case {
  about: string
  acts: RequestAct[]
  preservations: Parameters<typeof trackRequests>[0]['preservations']
  owners: Record<string, string>
  now: string
}
type Wanted = Record<string, [string, boolean, string | null]> & {
  evidence?: Record<string, [string | null, string][]>
  to?: Record<string, string>
}

const cases = path.resolve(import.meta.dirname, '../../cases/requests')
const made = readdirSync(cases)
  .toSorted()
  .map((name) => {
    const read = <T>(file: string): T => JSON.parse(readFileSync(path.join(cases, name, file), 'utf8')) as T
    const given = read<Case>('in.json')
    return { name, about: given.about, given, want: read<Wanted>('want.json') }
  })

describe('requests from the draft to the end', () => {
  test.each(made)('$name: $about', ({ given, want }) => {
    const { evidence = {}, to = {}, ...wanted } = want
    const tracked = trackRequests({
      entered: given.acts.map((act, at) => ({
        act: requestActSchema.parse(act),
        number: `D${at + 1}`,
        by: 'Ana Lim',
        at: '2026-10-07T00:00:00.000Z',
        reason: 'x',
      })),
      preservations: given.preservations,
      ownerOf: (source) => given.owners[source],
      words: requestWords,
      now: given.now,
    })
    expect(tracked.map((one) => [one.number, [one.state, one.overdue, one.next ?? null]])).toEqual(Object.entries(wanted))
    for (const one of tracked) {
      const hashes = evidence[one.number]
      if (hashes !== undefined) expect(one.evidence.map(({ exhibit, sha256 }) => [exhibit ?? null, sha256])).toEqual(hashes)
      const name = to[one.number]
      if (name !== undefined) expect(one.to.name).toBe(name)
      for (const { decision } of one.life) expect(decision).toMatch(/^D\d+$/)
    }
  })
})

const terms: RequestTerms = {
  act: 'draft',
  kind: 'evidence',
  to: { kind: 'vendor', name: 'Citrine Outreach' },
  from: 'Ana Lim, Meridian Telekom',
  what: ['access log of the campaign database'],
  period: { from: '2026-02-01', to: '2026-02-28' },
  reference: 'RQ_2ae43f0187',
  due: '2026-10-10T10:00:00.000000Z',
  dueFrom: { kind: 'duty', duty: 'citrine-contract/evidence' },
}

test('RQ4 the text says what, by when and how, and nothing else of the case', () => {
  const text = requestText(terms, '2026-10-07T00:00:00.000Z')
  for (const said of [
    'Reference: RQ_2ae43f0187',
    'To: Citrine Outreach',
    'access log of the campaign database',
    '2026-02-01 to 2026-02-28',
    'By: 2026-10-10 10:00 UTC (the time of the agreement between us)',
    'SHA-256 of every file',
    'noted as a statement and leaves it open',
  ])
    expect(text).toContain(said)
  expect(text).not.toMatch(/breach|leak|claim|suspect|order is needed|citrine-contract/i)
  const authority = requestText(
    { ...terms, kind: 'preservation', to: { kind: 'authority', name: 'National Cyber Centre' } },
    terms.due,
  )
  expect(authority).toContain('If an order is needed for this')
  expect(authority).toContain('Please keep, as it is')
  const reminder = reminderText(terms, { sentAt: '2026-10-08T09:00:00.000000Z', now: '2026-10-11T00:00:00.000Z', due: terms.due })
  expect(reminder).toContain('Our request of 2026-10-08 09:00 UTC was to be answered by 2026-10-10 10:00 UTC')
  expect(reminder).not.toContain('access log')
})

test('evidence without a hash, a time without its zone, and a request that is none are refused', () => {
  const at = '2026-10-08T09:00:00Z'
  const answer = { act: 'answer', request: 'RQ1', at, gives: 'evidence', exhibits: [], hashes: [] }
  expect(requestActSchema.safeParse(answer).success).toBe(false)
  expect(requestActSchema.safeParse({ ...answer, hashes: ['a'.repeat(64)] }).success).toBe(true)
  expect(requestActSchema.safeParse({ ...answer, gives: 'statement' }).success).toBe(true)
  expect(requestActSchema.safeParse({ ...answer, gives: 'statement', at: '2026-10-08T09:00:00' }).success).toBe(false)
  expect(requestActSchema.safeParse({ act: 'close', request: 'D1' }).success).toBe(false)
})
