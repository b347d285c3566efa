import { expect, test } from 'vitest'
import { deadlineReminders, deadlinesOf, type TrackedRecommendations } from '../../src/response/index.ts'
import type { TrackedRequest } from '../../src/response/index.ts'

const now = '2026-10-20T12:00:00.000Z'
const ms = (text: string): number => Date.parse(text)

function request(number: string, more: Partial<TrackedRequest> = {}): TrackedRequest {
  return {
    number,
    kind: 'evidence',
    to: { kind: 'vendor', name: 'Citrine Outreach' },
    what: ['access log', 'export log'],
    draftedBy: 'Ana Lim',
    draftedAt: '2026-10-10T00:00:00.000Z',
    textSha256: '0'.repeat(64),
    state: 'sent',
    due: '2026-10-21T10:00:00.000Z',
    dueFrom: { kind: 'stated' },
    overdue: false,
    life: [],
    evidence: [],
    ...more,
  }
}

type Recommendation = TrackedRecommendations['recommendations'][number]
function recommendation(number: string, more: Partial<Recommendation> = {}): Recommendation {
  return {
    id: `id-${number}`,
    number,
    text: 'Send logs off the host',
    because: '',
    owner: 'Aisha Rahman',
    due: '2026-10-19',
    proof: '',
    retest: { how: '', days: 30 },
    techniques: [],
    mitigations: [],
    grounds: [],
    state: 'adopted',
    late: true,
    rests: true,
    retestLate: false,
    tests: [],
    ...more,
  }
}

const all = deadlinesOf({
  now,
  requests: [
    request('RQ1'),
    request('RQ2', {
      state: 'drafted',
      due: '2026-10-20T11:00:00.000Z',
      overdue: true,
      dueFrom: { kind: 'duty', duty: 'own/evidence' },
    }),
    request('RQ3', { state: 'answered' }),
    request('RQ4', { state: 'closed' }),
    request('RQ5', { state: 'refused' }),
  ],
  recommendations: [
    recommendation('R1'),
    recommendation('R2', { state: 'done', late: false, retestDue: '2026-11-18' }),
    recommendation('R3', { state: 'held', late: false }),
    recommendation('R4', { state: 'dropped', late: false }),
    recommendation('R5', { state: 'proposed', late: false }),
  ],
  promises: [{ id: 'S1.2', text: 'x', where: 'statement S1', state: 'late', by: ['id-R1'], cites: [] }],
})

test('DL1 what is asked and taken up stands by its end; what is answered, done, dropped or only proposed does not', () => {
  expect(all.map((one) => [one.id, one.kind, one.end, one.overdue])).toEqual([
    ['R1', 'recommendation', '2026-10-19T23:59:59.000Z', true],
    ['RQ2', 'request', '2026-10-20T11:00:00.000Z', true],
    ['RQ1', 'request', '2026-10-21T10:00:00.000Z', false],
    ['R2', 'retest', '2026-11-18T23:59:59.000Z', false],
  ])
  expect(all[0]?.promises).toEqual(['S1.2'])
  expect(all[1]?.duty).toBe('own/evidence')
})

test('DL2 each is told two days, a day, four hours and one hour before, and at its end, once', () => {
  const told = (since: string, until: string): string[] => deadlineReminders(all, ms(since), ms(until))
  expect(told('2026-10-18T12:00:00Z', now)).toEqual([
    'Send logs off the host, Aisha Rahman (promised in public): its date passed 12 h 0 min ago [R1]',
    'asked of Citrine Outreach, evidence: access log and 1 more (nobody sent it yet): its date passed 1 h 0 min ago [RQ2]',
    'asked of Citrine Outreach, evidence: access log and 1 more: 22 h 0 min left [RQ1]',
  ])
  expect(told('2026-10-20T10:59:00Z', '2026-10-20T11:01:00Z')).toHaveLength(1)
  expect(told('2026-10-20T11:01:00Z', '2026-10-20T11:59:00Z')).toEqual([])
  // Whoever starts the program later hears of everything that is overdue, once.
  const month = ms('2026-11-10T00:00:00Z')
  const overdue = all.map((one) => ({ ...one, overdue: one.kind === 'request' }))
  expect(deadlineReminders(overdue, undefined, month).map((one) => one.slice(-5))).toEqual(['[RQ2]', '[RQ1]'])
  expect(deadlineReminders(overdue, month - 60_000, month)).toEqual([])
})
