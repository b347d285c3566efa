import { expect, test } from 'vitest'
import { findingId, type Finding, type Proposal } from '../../src/casefile/index.ts'
import { duties, factsFrom, noticeMarkdown, noticeOf, proposals, type Facts } from '../../src/response/index.ts'
import { shipped } from './laws.ts'
import { texts } from './notices/given.ts'

const sha = 'a'.repeat(64)
const cite = { kind: 'exhibit', sha256: sha, file: 'sample.csv', at: { kind: 'row', n: 412 } } as const
const name = (hash: string): string | undefined => (hash === sha ? 'E3' : undefined)

function finding(kind: Proposal['kind'], status: Finding['status'], text: string, more: Partial<Finding> = {}): Finding {
  const one = { kind, subject: text, code: 'c', params: {}, cites: [cite], text, grounds: [], producer: 'test' } as const
  return { ...one, id: findingId(one), status, at: '2026-10-06T00:00:00Z', ...more }
}

const facts: Facts = factsFrom({
  jurisdictions: ['EU'],
  zones: { EU: 'Europe/Berlin' },
  roles: ['telecom-provider'],
  threads: [],
  detections: [{ at: { at: '2026-10-05T12:00:00.000000Z', zone: 'stated' }, text: 'Rows agree with an extract.', cites: [cite] }],
  judgements: { 'personal-data': { answer: 'yes', cites: [cite] } },
  entries: { 'operator-name': { text: 'Meridian Telekom', cites: [cite] } },
})

const draft = (findings: readonly Finding[], given: Facts = facts, id = 'eu-611-2013/authority-first'): string => {
  const answer = duties({ facts: given, laws: shipped.laws, now: Date.parse('2026-10-05T13:00:00Z') })
  const duty = answer.duties.find((one) => one.id === id)
  if (duty === undefined) throw new Error('no such duty')
  const of = {
    caseTitle: 'A claim',
    caseId: 'claim',
    operator: '',
    zone: 'UTC',
    asOf: '2026-10-05T13:00:00.000Z',
    form: 'x/y',
    filed: [],
  }
  return noticeMarkdown(noticeOf({ ...of, duty, facts: given, findings, texts }), name)
}

test('R24 fields are filled from adopted findings and entries with cites, the rest is marked missing', () => {
  const text = draft([finding('affected', 'adopted', '1,640 persons in the sample.')])
  expect(text).toContain('## 10 Number of subscribers or individuals\n\n1,640 persons in the sample. (E3 row 412)')
  expect(text).toContain('## 1 Name of the provider\n\nMeridian Telekom (E3 row 412)')
  expect(text).toContain('[MISSING: 12 Mitigation]')
  expect(text).toContain('Fields: 17; missing: 13.')
})

test('R25 proposed values never fill a field; rejected, parked and withdrawn ones do not appear at all', () => {
  const text = draft([
    finding('affected', 'proposed', 'PROPOSED count'),
    finding('affected', 'rejected', 'REJECTED count'),
    finding('affected', 'parked', 'PARKED count'),
    finding('affected', 'adopted', 'WITHDRAWN count', { withdrawn: true }),
  ])
  const [notice = '', apart = ''] = text.split('## Proposed, not adopted')
  expect(notice).not.toContain('PROPOSED')
  expect(notice).toContain('[MISSING: 10 Number of subscribers or individuals]')
  expect(apart).toContain('PROPOSED count (E3 row 412)')
  expect(text).not.toMatch(/REJECTED|PARKED|WITHDRAWN/)
})

test('R24 the time of awareness stands in the notice only once a person decided it', () => {
  const law = 'eu-nis2-23/early-warning'
  const base: Facts = { ...facts, roles: ['essential-entity'] }
  expect(draft([], base, law)).toContain('[MISSING: When the entity became aware]')
  expect(draft([], base, law)).toContain('no person has decided on it')
  const decided: Facts = {
    ...base,
    decisions: [
      {
        kind: 'awareness',
        at: { at: '2026-10-05T12:30:00.000000Z', zone: 'stated' },
        by: 'A. Rahman',
        reason: 'Rows checked',
        cites: [cite],
      },
    ],
  }
  const text = draft([], decided, law)
  expect(text).toContain('2026-10-05 12:30 UTC, as decided by A. Rahman: Rows checked (E3 row 412)')
  expect(text).not.toContain('[MISSING: When the entity became aware]')
})

test('R26 R27 the head says draft and not legal advice; evidence cannot become markup', () => {
  const text = draft([
    finding('affected', 'adopted', '# Sent\n\n<script>x</script> [link](http://x) ![p](y) \u202Egnp\u001B[31m'),
  ])
  expect(text).toContain('**Draft, not sent. Not legal advice; to be checked by counsel.**')
  expect(text).not.toContain('<script>')
  expect(text).not.toMatch(/^# Sent/m)
  expect(text).not.toMatch(/(?<!\\)\]\(/)
  expect(text).not.toMatch(/[\u202E\u001B]/)
})

test('R28 finding ids do not depend on the time of asking; a step done changes its own', () => {
  const ids = (given: Facts, now: string): string[] =>
    proposals(duties({ facts: given, laws: shipped.laws, now: Date.parse(now) })).map(findingId)
  const before = ids(facts, '2026-10-05T13:00:00Z')
  expect(before.length).toBeGreaterThan(2)
  expect(ids(facts, '2027-01-01T00:00:00Z')).toEqual(before)
  const done: Facts = {
    ...facts,
    done: [{ duty: 'eu-611-2013/authority-first', at: { at: '2026-10-06T00:00:00.000000Z', zone: 'stated' }, cites: [cite] }],
  }
  expect(ids(done, '2026-10-05T13:00:00Z')).not.toEqual(before)
})

test('every proposal cites the law file and the event it rests on', () => {
  for (const one of proposals(duties({ facts, laws: shipped.laws, now: 0 }))) {
    expect(one.cites.length).toBeGreaterThan(0)
    expect(one.producer).toBe('response')
    if (one.subject.startsWith('duty:'))
      expect(one.cites.some((c) => c.kind === 'reference' && c.file.startsWith('data/laws/'))).toBe(true)
  }
})
