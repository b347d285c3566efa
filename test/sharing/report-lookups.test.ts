import { expect, test } from 'vitest'
import { htmlReport, type CaseView } from '../../src/sharing/index.ts'
import { madeUpView } from './made-up-view.ts'

type Review = NonNullable<CaseView['lookups']>

/** The part of the report on record access, for a review with further members. */
function section(change: (review: Review) => Partial<Review>): string {
  const view = madeUpView()
  const review = view.lookups
  if (review === undefined) throw new Error('the made-up view has a review')
  const page = htmlReport({ ...view, lookups: { ...review, ...change(review) } })
  return /<section id="records">[\s\S]*?<\/section>/.exec(page)?.[0] ?? ''
}

const cites = (review: Review) => review.watched[0]?.cites.slice(0, 1) ?? []

test('three queues stand apart, with busy days, unjustified reads and what the tests can say', () => {
  const html = section((review) => ({
    busyDays: [
      {
        account: 'desk.7',
        day: '2026-08-01',
        subscribers: 600,
        usual: '41.0',
        p: '1.0e-9',
        qValue: '3.0e-6',
        cites: cites(review),
      },
    ],
    unjustified: [
      {
        kind: 'again-and-again',
        account: 'desk.9',
        subscriber: 'cd34',
        masked: '+60 12-*** **11',
        p: '1.0e-8',
        qValue: '2.0e-3',
        grounds: [
          {
            text: 'This account read the same subscriber on 6 days without a recorded reason, and never with one.',
            cites: cites(review),
          },
        ],
        cites: cites(review),
      },
    ],
    power: { text: 'With this log a target read once a week would be found.', points: [] },
    permutation: { runs: 1, flagged: 0, silent: true, text: 'The same tests flag nobody.' },
  }))
  const order = [
    'Read covertly',
    'Accounts used',
    'Bulk reads',
    'Busy days',
    'Read without justification',
    'What these tests can say',
  ].map((title) => html.indexOf(`<h3>${title}</h3>`))
  expect(order.every((at) => at > 0)).toBe(true)
  expect(order).toEqual(order.toSorted((a, b) => a - b))
  expect(html).toContain('600 subscribers read by account desk.7, 41.0 usual')
  expect(html).toContain(
    'Account desk.9, subscriber <code>+60 12-*** **11</code>: This account read the same subscriber on 6 days',
  )
  expect(html).toContain('The same tests flag nobody.')
  expect(html).not.toContain('cd34')
})

test('a watched subscriber has its reads against reasons, with fields, periods and cites', () => {
  const html = section((review) => ({
    watched: review.watched.map((one) => ({
      ...one,
      fields: ['b_number', 'cell_id'],
      askedFrom: '2026-06-09',
      askedTo: '2026-10-03',
      timeline: [
        { day: '2026-07-09', account: 'svc_batch', reads: 1, explained: 'none' as const, cites: cites(review) },
        { day: '2026-07-16', account: 'desk.7', reads: 1, explained: 'ticket-afterwards' as const, cites: cites(review) },
      ],
    })),
  }))
  expect(html).toContain(
    '2 days of reading against reasons; fields read: b_number, cell_id; periods asked for: 2026-06-09 to 2026-10-03',
  )
  expect(html).toMatch(/2026-07-09, account svc_batch: no recorded reason\s+<span class="cites"/)
  expect(html).toContain('2026-07-16, account desk.7: own ticket, opened after the read')
})

test('a review without the further members says nothing of them', () => {
  const html = section(() => ({}))
  expect(html).not.toMatch(/Busy days|without justification|What these tests can say|against reasons/)
  expect(html).toContain('identifier not recorded for 9,120 reads')
})

test('a source is told with the share of its reads that names nobody', () => {
  expect(section((review) => ({ notRecorded: review.notRecorded.map((one) => ({ ...one, share: '41.0 %' })) }))).toContain(
    'identifier not recorded for 41.0 % of reads, 9,120 reads',
  )
})
