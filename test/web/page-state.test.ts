import { expect, test } from 'vitest'
import { pages } from '../../web/src/address/address.ts'
import { pageState } from '../../web/src/frame/page-state.ts'
import { madeUpView } from '../sharing/made-up-view.ts'

test('the rail says where each page stands', () => {
  const view = madeUpView()
  expect(Object.fromEntries(pages.slice(0, 6).map(({ name }) => [name, pageState(name, view)]))).toEqual({
    assessment: '2 open',
    claimed: '2 posts',
    real: 'agrees with a copy',
    'how-in': '1 story',
    lookups: '1 watched',
    affected: '3 groups',
  })
})

test('what was not looked at is never said to be none', () => {
  const { stories: _stories, lookups: _lookups, ...rest } = madeUpView()
  const view = { ...rest, provenance: [], threads: [] }
  expect(pageState('how-in', view)).toBe('not investigated')
  expect(pageState('lookups', view)).toBe('not investigated')
  expect(pageState('real', view)).toBe('no sample given')
  expect(pageState('claimed', view)).toBe('no claim given')
})

test('the rail says how many logs lose days, and nothing of logs that are held', () => {
  const view = madeUpView()
  const source = { source: 'vpn-2', entry: 'log_source:vpn-2', revision: 1, secured: [], open: [], lost: [], text: '' }
  const rest = { exhibits: [], unmeasured: [], losses: [], requests: [] }
  const of = (...statuses: readonly ('losing' | 'secured')[]) => ({
    ...view,
    lostNext: { now: '2026-02-04T00:00:00.000000Z', sources: statuses.map((status) => ({ ...source, ...rest, status })) },
  })
  expect(pageState('evidence', of('losing', 'secured'))).toBe('1 log losing days')
  expect(pageState('evidence', of('secured'))).toBe(pageState('evidence', view))
})
