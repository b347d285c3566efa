import { expect, test } from 'vitest'
import { bucketsOf } from '../../src/app/story-view-density.ts'
import { RecentAnswers } from '../../src/app/story-view-recent.ts'

test('buckets cover the range in whole widths from the epoch on, never more than asked for; no range is refused', () => {
  for (const hours of [0.001, 1, 30, 24 * 90, 24 * 365 * 30]) {
    const from = '2026-04-20T02:07:13Z'
    const to = new Date(Date.parse(from) + hours * 3_600_000).toISOString()
    const { start, step, count } = bucketsOf({ from, to, buckets: 240 })
    expect(start % step).toBe(0)
    expect(start * 1000).toBeLessThanOrEqual(Date.parse(from))
    expect((start + step * count) * 1000).toBeGreaterThanOrEqual(Date.parse(to))
    expect(count).toBeLessThanOrEqual(240)
    expect(count).toBeGreaterThan(0)
  }
  for (const range of [
    { from: 'x', to: '2026-01-01T00:00:00Z' },
    { from: '2026-01-02T00:00:00Z', to: '2026-01-02T00:00:00Z' },
    { from: '1969-01-01T00:00:00Z', to: '2026-01-01T00:00:00Z' },
  ])
    expect(() => bucketsOf({ ...range, buckets: 10 })).toThrow('range of time')
})

test('an answer is asked for once, kept while it is among the last, and forgotten when it failed', async () => {
  const recent = new RecentAnswers<number>(2)
  let asked = 0
  const ask = (): Promise<number> => Promise.resolve((asked += 1))
  expect([await recent.get('a', ask), await recent.get('a', ask), await recent.get('b', ask)]).toEqual([1, 1, 2])
  await recent.get('a', ask)
  await recent.get('c', ask)
  expect([await recent.get('a', ask), await recent.get('b', ask)]).toEqual([1, 4])
  await expect(recent.get('d', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await recent.get('d', ask)).toBe(5)
})
