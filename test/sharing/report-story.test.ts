import { expect, test } from 'vitest'
import { htmlReport, type CaseView } from '../../src/sharing/index.ts'
import { madeUpView } from './made-up-view.ts'

type Story = NonNullable<CaseView['stories']>['stories'][number]

/** The page of the invented case, its first story changed. */
function pageWith(change: (story: Story) => Story): string {
  const view = madeUpView()
  const [first] = view.stories?.stories ?? []
  if (view.stories === undefined || first === undefined) throw new Error('the invented case tells a story')
  return htmlReport({ ...view, stories: { ...view.stories, stories: [change(first)] } }).replace(/\s+/g, ' ')
}

const cite = { kind: 'exhibit', sha256: 'e'.repeat(64), file: 'vpn.log', at: { kind: 'line', n: 7 } } as const

test('the other reading of the beginning stands beside the one told, with what speaks against it', () => {
  const page = pageWith((story) => ({
    ...story,
    alternative: {
      kind: 'vpn',
      where: '198.51.100.21',
      time: '2026-08-14T01:50:00.000000Z',
      certainty: 0.4,
      text: 'It can have begun with a login of the account j.ong at web-01 from 198.51.100.21.',
      cites: [cite],
    },
  }))
  expect(page).toContain('<th>As told</th>')
  expect(page).toContain('<th>Alternative</th>')
  expect(page).toContain('It can have begun with a login of the account j.ong at web-01 from 198.51.100.21.')
  expect(page).toContain('40.0 %')
  expect(page).toContain('Speaks against it')
})

test('without another reading no alternative is told', () => {
  const page = pageWith((story) => ({ ...story, steps: story.steps.slice(0, 1), reached: [] }))
  expect(page).toContain('Initial access: A script was written into the web root')
  expect(page).not.toContain('<th>Alternative</th>')
  expect(page).not.toContain('By logins')
  expect(page).toContain('No move from host to host was seen.')
})

test('a move is told with the logins that led to it and a change of account, as sure as it is', () => {
  const login = (
    from: string,
    to: string,
    account: string,
    time: string,
  ): NonNullable<Story['lateralMovement'][number]['logins']>['logins'][number] => ({
    from,
    to,
    account,
    time,
    certainty: 1,
    how: 'type 3',
    cite,
  })
  const page = pageWith((story) => ({
    ...story,
    lateralMovement: [
      {
        from: 'web-01',
        to: 'app-02',
        account: 'meridian\\svc_batch',
        time: '2026-08-15T01:05:00.000000Z',
        means: 'service installed',
        certainty: 0.9,
        cites: [cite],
        logins: {
          logins: [
            login('198.51.100.21', 'web-01', 'meridian\\j.ong', '2026-08-15T00:50:00.000000Z'),
            login('web-01', 'app-02', 'meridian\\svc_batch', '2026-08-15T01:05:00.000000Z'),
          ],
          certainty: 0.5,
          switches: [{ on: 'web-01', from: 'meridian\\j.ong', to: 'meridian\\svc_batch', clear: false }],
        },
      },
    ],
  }))
  expect(page).toContain('service installed')
  expect(page).toContain('By logins: 198.51.100.21 &gt; web-01 (meridian\\j.ong')
  expect(page).toContain('certainty 50.0 %')
  expect(page).toContain(
    'On web-01 the account changed from meridian\\j.ong to meridian\\svc_batch, or another that was in use there did.',
  )
})

test('rows and bytes stand in the words of the story; what is not recorded is said to be so', () => {
  const page = pageWith((story) => ({
    ...story,
    reached: story.reached.map((one) => ({
      ...one,
      data: {
        certainty: 'read' as const,
        host: 'cdr-db',
        accounts: [],
        peers: [],
        records: 3,
        rows: { low: 12, high: 40, basis: 'largest statement and all together', words: '12 to 40 rows' },
        categories: [],
      },
    })),
  }))
  expect(page).toContain('rows: 12 to 40 rows (largest statement and all together); bytes not recorded')
})
