import { expect, test } from 'vitest'
import { htmlReport, terminalAssessment, type CaseView } from '../../src/sharing/index.ts'
import { madeUpView } from './made-up-view.ts'

const cite = { kind: 'exhibit', sha256: 'ab'.repeat(32), file: 'logs/a.evtx', at: { kind: 'record', n: 9 } } as const

function view(status: 'losing' | 'secured'): CaseView {
  const made = madeUpView()
  return {
    ...made,
    coverage: {
      ...made.coverage,
      rows: [
        {
          host: '<b>app01</b>',
          source: 'Security',
          family: 'eventlog',
          events: 15,
          untimed: 0,
          from: '2026-01-06T08:15:00.000000Z',
          to: '2026-01-06T10:14:00.000000Z',
          silences: null,
          days: [],
          numbers: [
            {
              name: 'EventRecordID',
              from: 100,
              to: 118,
              present: 14,
              missing: 5,
              stretches: 1,
              largest: [],
              standing: 'followed',
            },
          ],
          breaks: [{ kind: 'cleared', log: 'Security', time: '', account: '', cite }],
          breakCount: 1,
          jumps: [],
          jumpCount: 0,
          techniques: 58,
          cites: [cite],
        },
      ],
      visibility: [
        {
          attackVersion: '18.1',
          from: '',
          to: '',
          techniques: 691,
          could: ['T1078'],
          unsure: [],
          not: ['T1190'],
          unnamed: [],
          byTactic: [{ tactic: 'initial-access', techniques: 2, could: 1, unsure: 0, not: ['T1190'] }],
        },
      ],
    },
    lostNext: {
      now: '2026-02-04T00:00:00.000000Z',
      period: { from: '2026-01-06', to: '2026-01-20', because: 'from the first post to the opening of the case' },
      sources: [
        {
          source: 'vpn-2',
          entry: 'log_source:vpn-2',
          revision: 1,
          status,
          secured: [],
          open: [],
          lost: [],
          text: 'vpn-2 loses 2026-01-06 from 2026-02-05 00:00 UTC to 2026-02-06 00:00 UTC: ask the owner.',
          exhibits: ['E4'],
          unmeasured: [],
          losses: [
            {
              number: 'L1',
              from: '2026-01-02',
              to: '2026-01-03',
              lostAt: '2026-02-01T00:00:00.000000Z',
              reason: 'Overwritten <i>early</i>',
              by: ['Aisha Rahman'],
              at: '2026-02-02T00:00:00.000000Z',
            },
          ],
          requests: [],
        },
      ],
    },
  }
}

test('the report tells missing records, what could have been seen, what is lost next, and what was recorded as lost', () => {
  const html = htmlReport(view('losing'))
  expect(html).toContain('5 of 19')
  expect(html).toContain('1, 0, not known')
  expect(html).toContain('T1190')
  expect(html).toContain('What is lost next')
  expect(html).toContain('vpn-2 loses 2026-01-06')
  expect(html).toContain('2026-01-02 to 2026-01-03 recorded as lost by Aisha Rahman')
  expect(html).not.toContain('<b>app01')
  expect(html).not.toContain('<i>early')
})

test('a view without inventory or table says nothing of either', () => {
  const html = htmlReport(madeUpView())
  expect(html).not.toContain('What is lost next')
  expect(html).not.toContain('What could have been seen')
})

test('the terminal names the next log to go, and none when every needed day is held', () => {
  const text = terminalAssessment(view('losing'), { width: 120 })
  expect(text).toContain('Losing    vpn-2 loses 2026-01-06')
  expect(text.split('\n').length).toBeLessThanOrEqual(40)
  expect(terminalAssessment(view('secured'), { width: 120 })).not.toContain('Losing')
})
