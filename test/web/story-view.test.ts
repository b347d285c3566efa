import { expect, test } from 'vitest'
import { graphOf } from '../../web/src/how-in/graph-parts.ts'
import { lanesOf } from '../../web/src/how-in/lanes.ts'
import { rangeOf, ticks, wholeOf, within } from '../../web/src/how-in/time-range.ts'
import { madeUpView } from '../sharing/made-up-view.ts'

const made = madeUpView().stories?.stories[0]
if (made === undefined) throw new Error('the made-up case has a story')
const hop = (from: string, to: string, account: string, time: string) => ({
  from,
  to,
  account,
  time,
  means: 'logon',
  certainty: 1,
  cites: [],
})
const story = {
  ...made,
  lateralMovement: [
    hop('web-01', 'app-02', 'svc_batch', '2026-08-15T01:05:00.000000Z'),
    hop('web-01', 'app-02', 'svc_batch', '2026-08-16T01:05:00.000000Z'),
    hop('app-02', 'elsewhere', 'adm', '2026-08-20T01:05:00.000000Z'),
  ],
}

test('lanes follow the order in which the story comes to the hosts', () => {
  expect(lanesOf(story)).toEqual(['web-01', 'app-02', 'cdr-db', 'elsewhere'])
})

test('hops of one account between two hosts are one edge; the way in comes from outside; no edge without both nodes', () => {
  const { nodes, edges, left } = graphOf(story)
  expect(nodes.map((one) => [one.label, one.shape])).toEqual([
    ['outside', 'outside'],
    ['web-01', 'compromised'],
    ['app-02', 'compromised'],
    ['cdr-db', 'touched'],
    ['elsewhere', 'suspected'],
  ])
  expect(edges.map((one) => one.label)).toEqual(['web server', 'svc_batch (2)', 'adm'])
  expect(left).toBe(0)
})

test('the range of the URL stays inside the whole; nonsense gives the whole', () => {
  const whole = wholeOf(story)
  expect(rangeOf({}, whole)).toEqual(whole)
  expect(rangeOf({ from: 'x', to: '2026-08-01T00:00:00Z' }, whole)).toEqual(whole)
  const part = rangeOf({ from: '2026-08-15T00:00:00Z', to: '2099-01-01T00:00:00Z' }, whole)
  expect(part.to).toBe(whole.to)
  expect(within(part, '2026-08-14T02:11:09.000000Z')).toBe(false)
  expect(within(part, '2026-08-15T01:05:00.000000Z')).toBe(true)
})

test('ticks never exceed what fits, from a minute to decades', () => {
  for (const span of [60_000, 3_600_000, 86_400_000, 90 * 86_400_000, 30 * 365 * 86_400_000]) {
    const range = { from: Date.parse('2026-08-14T02:11:09Z'), to: Date.parse('2026-08-14T02:11:09Z') + span }
    const marks = ticks(range, 8)
    expect(marks.length).toBeGreaterThan(0)
    expect(marks.length).toBeLessThanOrEqual(9)
    expect(marks.every((one) => one.at >= range.from && one.at <= range.to)).toBe(true)
  }
})
