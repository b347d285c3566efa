import fc from 'fast-check'
import { expect, test } from 'vitest'
import { epochMs } from '../../src/base/index.ts'
import { retentionLoss, type LogSource } from '../../src/inventory/index.ts'

const source = (id: string, retentionDays?: number, owner?: string): LogSource => ({
  kind: 'log_source',
  id,
  ...(retentionDays === undefined ? {} : { retentionDays }),
  ...(owner === undefined ? {} : { owner }),
})
const now = '2026-10-06T15:30:00Z'

test('what is lost, what goes next and whom to ask', () => {
  const [loss] = retentionLoss({
    logSources: [source('web-access', 90, 'Web platform team')],
    now,
    needFrom: '2026-07-01',
    days: 2,
  })
  expect(loss).toEqual({
    source: 'web-access',
    owner: 'Web platform team',
    retentionDays: 90,
    status: 'losing',
    lost: { from: '2026-07-01', to: '2026-07-07', days: 7 },
    next: [
      { day: '2026-07-08', begins: '2026-10-06T00:00:00.000000Z', gone: '2026-10-07T00:00:00.000000Z' },
      { day: '2026-07-09', begins: '2026-10-07T00:00:00.000000Z', gone: '2026-10-08T00:00:00.000000Z' },
    ],
    text: 'web-access has lost 7 needed days (2026-07-01 to 2026-07-07); 2026-07-08 is gone by 2026-10-07T00:00Z: ask Web platform team to secure it.',
  })
})

test('sources stand in the order of urgency; an unknown retention is never taken for a long one', () => {
  const logSources = [source('none', 0), source('year', 365), source('unknown'), source('quarter', 90), source('month', 30)]
  const losses = retentionLoss({ logSources, now, needFrom: '2026-08-01T10:00:00+08:00' })
  expect(losses.map((one) => `${one.source} ${one.status}`)).toEqual([
    'month losing',
    'quarter holds',
    'year holds',
    'unknown unknown',
    'none lost',
  ])
  expect(losses[1]?.lost).toBeUndefined()
  expect(losses[1]?.next[0]).toMatchObject({ day: '2026-08-01', gone: '2026-10-31T00:00:00.000000Z' })
  expect(losses[3]).toMatchObject({ next: [], text: expect.stringContaining('not known') })
})

test('a day is lost exactly when its last record is past retention, at any time of day', () => {
  const day = 86_400_000
  const base = Date.parse('2026-01-01T00:00:00Z')
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 400 }),
      fc.integer({ min: 0, max: 300 }),
      fc.integer({ min: 0, max: day - 1 }),
      (kept, ago, time) => {
        const at = base + time
        const from = base - ago * day
        const iso = (ms: number): string => new Date(ms).toISOString()
        const [loss] = retentionLoss({ logSources: [source('x', kept)], now: iso(at), needFrom: iso(from), days: 1000 })
        const days = Array.from({ length: ago + 1 }, (_, n) => from + n * day)
        const gone = days.filter((start) => start + day + kept * day <= at)
        expect(loss?.lost?.days ?? 0).toBe(gone.length)
        expect(loss?.next.length).toBe(days.length - gone.length)
        for (const each of loss?.next ?? []) expect(epochMs(each.gone)).toBeGreaterThan(at)
      },
    ),
  )
})
