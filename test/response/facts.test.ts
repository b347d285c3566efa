import { expect, test } from 'vitest'
import type { Thread } from '../../src/claims/index.ts'
import { duties, factsFrom, factsJsonSchema, readFacts } from '../../src/response/index.ts'
import { shipped } from './laws.ts'

const base = { jurisdictions: ['MY'], roles: ['controller'] }
const read = (value: object, zone?: string): ReturnType<typeof readFacts> =>
  readFacts({ file: 'facts.json', text: JSON.stringify(value), ...(zone === undefined ? {} : { zone }) })

test.each([
  ['not JSON', '{', 'not JSON'],
  ['an unknown key', JSON.stringify({ ...base, hack: 1 }), 'Unrecognized key'],
  ['a role that is none', JSON.stringify({ ...base, roles: ['king'] }), 'roles.0'],
  [
    'a time that is none',
    JSON.stringify({ ...base, candidates: [{ kind: 'detection', at: 'noon', text: 'x' }] }),
    'candidates.0.at',
  ],
  [
    'a date that does not exist',
    JSON.stringify({ ...base, decisions: [{ at: '2026-02-30', by: 'x', reason: 'y' }] }),
    'decisions.0.at',
  ],
  ['a zone that is none', JSON.stringify({ ...base, zone: 'Mars/Olympus' }), 'zone'],
  ['half a person', JSON.stringify({ ...base, persons: { min: 1.5 } }), 'persons.min'],
  ['min above max', JSON.stringify({ ...base, persons: { min: 3, max: 2 } }), 'min is above max'],
  [
    'a false cite',
    JSON.stringify({ ...base, persons: { min: 3, cites: [{ kind: 'exhibit', sha256: 'x', file: 'f', at: { kind: 'whole' } }] } }),
    'sha256',
  ],
])('a facts file with %s is refused with the field named', (_, text, message) => {
  expect(() => readFacts({ file: 'facts.json', text })).toThrow(message)
})

test('R8 the zone inside the file goes before the zone of the command; none is said to be unknown', () => {
  const candidates = [{ kind: 'detection', at: '2026-10-05T08:00:00', text: 'x' }]
  expect(read({ ...base, candidates }).candidates[0]?.at).toEqual({ at: '2026-10-05T08:00:00.000000Z', zone: 'unknown' })
  expect(read({ ...base, candidates }, '+02:00').candidates[0]?.at).toEqual({
    at: '2026-10-05T06:00:00.000000Z',
    zone: 'assumed',
  })
  expect(read({ ...base, candidates, zone: '+08:00' }, '+02:00').candidates[0]?.at.at).toBe('2026-10-05T00:00:00.000000Z')
})

test('items without cites cite the facts file by place', () => {
  const facts = read({ ...base, candidates: [{ kind: 'detection', at: '2026-10-05', text: 'x' }] })
  expect(facts.candidates[0]?.cites).toEqual([
    expect.objectContaining({ kind: 'reference', file: 'facts.json', key: 'candidates/1' }),
  ])
})

test('the schema names every part of the form', () => {
  const schema = factsJsonSchema() as { properties: object; required: string[] }
  expect(Object.keys(schema.properties)).toEqual(
    expect.arrayContaining(['jurisdictions', 'roles', 'candidates', 'decisions', 'persons', 'judgements', 'done', 'entries']),
  )
  expect(schema.required).toEqual(['jurisdictions', 'roles'])
})

const cite = { kind: 'exhibit', sha256: 'b'.repeat(64), file: 'result.json', at: { kind: 'record', n: 1 } } as const
const thread: Thread = {
  id: 'thread:x',
  actor: 'x',
  victims: [],
  posts: [
    {
      at: { at: '2026-10-05T09:00:00.000000Z', zone: 'stated' },
      channel: 'c',
      source: 'actor',
      text: 'second',
      attachments: [],
      cite,
    },
    {
      at: { at: '2026-10-05T07:00:00.000000Z', zone: 'stated' },
      channel: 'c',
      source: 'actor',
      text: 'first',
      attachments: [],
      cite,
    },
    {
      reportedAt: { at: '2026-10-05T08:00:00.000000Z', zone: 'unknown', bound: 'not-later-than' },
      channel: 'press',
      source: 'reported',
      text: 'report',
      attachments: [],
      cite,
    },
  ],
  assertions: [],
  demands: [],
  deadlines: [],
  statements: [{ by: 'victim', text: 'We look into it.', at: { at: '2026-10-05T10:00:00.000000Z', zone: 'stated' }, cite }],
  thirdParties: [],
}

test('facts of a case: first post, first report and the operator’s statement are candidates; nobody is held to be aware', () => {
  const facts = factsFrom({
    jurisdictions: ['MY'],
    roles: ['controller'],
    threads: [thread],
    intrusions: [{ from: '2026-08-01T00:00:00.000000Z', text: 'web shell', cites: [cite] }],
    affected: {
      groups: [
        { category: 'identity', persons: 1640, cites: [cite] },
        { category: 'call records', persons: 19, cites: [cite] },
        { category: 'bank details', cites: [cite] },
      ],
    },
  })
  expect(facts.candidates.map((one) => [one.kind, one.at.at])).toEqual([
    ['informed-by-third-party', '2026-10-05T07:00:00.000000Z'],
    ['informed-by-third-party', '2026-10-05T08:00:00.000000Z'],
    ['suspicion', '2026-10-05T10:00:00.000000Z'],
    ['occurrence', '2026-08-01T00:00:00.000000Z'],
  ])
  expect(facts.candidates.some((one) => one.kind === 'awareness')).toBe(false)
  expect(facts.decisions).toEqual([])
  expect(facts.persons).toEqual({ min: 1640, cites: [cite] })
  expect(facts.dataCategories).toEqual(['bank details', 'call records', 'identity'])
})

test('R1 the answer is the same in whatever order the moments are given', () => {
  const candidates = [
    { kind: 'detection', at: '2026-10-05T08:00:00Z', text: 'b' },
    { kind: 'detection', at: '2026-10-05T08:00:00Z', text: 'a' },
    { kind: 'suspicion', at: '2026-10-04T08:00:00Z', text: 'c' },
  ]
  const events = (list: typeof candidates): string[] =>
    duties({ facts: read({ ...base, candidates: list }), laws: shipped.laws, now: 0 }).triggerEvents.map(
      (one) => one.id + one.text,
    )
  expect(events(candidates)).toEqual(['T1c', 'T2a', 'T3b'])
  expect(events(candidates.toReversed())).toEqual(events(candidates))
})
