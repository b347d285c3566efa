import fc from 'fast-check'
import { expect, test } from 'vitest'
import { epochMs } from '../../src/base/index.ts'
import { losing, type LogSource, type Registered } from '../../src/inventory/index.ts'

const source = (id: string, retentionDays?: number, owner?: string): Registered<LogSource> => ({
  kind: 'log_source',
  id,
  entry: `log_source:${id}`,
  revision: 1,
  ...(retentionDays === undefined ? {} : { retentionDays }),
  ...(owner === undefined ? {} : { owner }),
})
const now = '2026-10-06T15:30:00Z'

test('what is lost and since when, what is held, what goes next and whom to ask', () => {
  const [one] = losing({
    sources: [source('vpn-2', 90, 'Network team')],
    now,
    from: '2026-07-01',
    to: '2026-07-12',
    held: () => [
      { from: '2026-07-04', to: '2026-07-05' },
      { from: '2026-07-10', to: '2026-07-10' },
    ],
  })
  expect(one).toMatchObject({
    status: 'losing',
    secured: [
      { from: '2026-07-04', to: '2026-07-05' },
      { from: '2026-07-10', to: '2026-07-10' },
    ],
    lost: [
      { from: '2026-07-01', to: '2026-07-03' },
      { from: '2026-07-06', to: '2026-07-07' },
    ],
    lostSince: '2026-10-06T00:00:00.000000Z',
    open: [
      { from: '2026-07-08', to: '2026-07-09' },
      { from: '2026-07-11', to: '2026-07-12' },
    ],
    next: { day: '2026-07-08', begins: '2026-10-06T00:00:00.000000Z', gone: '2026-10-07T00:00:00.000000Z' },
    text: 'vpn-2 is losing 2026-07-08 now, all of it gone by 2026-10-07 00:00 UTC: ask Network team for 2026-07-08 to 2026-07-09, 2026-07-11 to 2026-07-12; 2026-07-01 to 2026-07-03, 2026-07-06 to 2026-07-07 are overwritten and in no exhibit.',
  })
})

test('the next to lose a day stands first; an unknown retention is never taken for a long one; days to come do not count', () => {
  const sources = [
    source('none', 0),
    source('year', 365),
    source('unknown'),
    source('quarter', 90),
    source('month', 30),
    source('held', 30),
  ]
  const found = losing({
    sources,
    now,
    from: '2026-08-01T10:00:00+08:00',
    to: '2026-12-31',
    held: ({ id }) =>
      id === 'held'
        ? [{ from: '2026-08-01', to: '2026-10-06' }]
        : id === 'none'
          ? [{ from: '2026-10-06', to: '2026-10-06' }]
          : [],
  })
  expect(found.map((one) => `${one.source} ${one.status} ${one.next?.day ?? '-'}`)).toEqual([
    'month losing 2026-09-06',
    'quarter losing 2026-08-01',
    'year losing 2026-08-01',
    'unknown unknown -',
    'none lost -',
    'held secured -',
  ])
  expect(found.map((one) => one.open.at(-1)?.to)).toEqual([
    '2026-10-06',
    '2026-10-06',
    '2026-10-06',
    '2026-10-06',
    undefined,
    undefined,
  ])
  expect(found[3]?.lost).toEqual([])
})

test('a day is lost exactly when its last record is past retention and no exhibit has it, at any time of day', () => {
  const day = 86_400_000
  const base = Date.parse('2026-01-01T00:00:00Z')
  const iso = (ms: number): string => new Date(ms).toISOString()
  const count = (ranges: readonly { from: string; to: string }[]): number =>
    ranges.reduce((sum, one) => sum + (Date.parse(one.to) - Date.parse(one.from)) / day + 1, 0)
  fc.assert(
    fc.property(
      fc.record({
        kept: fc.integer({ min: 0, max: 300 }),
        ago: fc.integer({ min: 0, max: 300 }),
        time: fc.integer({ min: 0, max: day - 1 }),
        heldFrom: fc.integer({ min: 0, max: 300 }),
        heldDays: fc.integer({ min: 0, max: 20 }),
      }),
      ({ kept, ago, time, heldFrom, heldDays }) => {
        const at = base + time
        const from = base - ago * day
        const heldAt = base - heldFrom * day
        const held = { from: iso(heldAt).slice(0, 10), to: iso(heldAt + heldDays * day).slice(0, 10) }
        const [one] = losing({ sources: [source('x', kept)], now: iso(at), from: iso(from), to: iso(at), held: () => [held] })
        const days = Array.from({ length: ago + 1 }, (_, n) => from + n * day)
        const wanted = days.filter((start) => start < heldAt || start > heldAt + heldDays * day)
        const gone = wanted.filter((start) => start + day + kept * day <= at)
        expect(count(one?.lost ?? [])).toBe(gone.length)
        expect(count(one?.open ?? [])).toBe(wanted.length - gone.length)
        expect(count(one?.secured ?? [])).toBe(days.length - wanted.length)
        if (one?.next !== undefined) expect(epochMs(one.next.gone)).toBeGreaterThan(at)
      },
    ),
  )
})
