import { expect, test } from 'vitest'
import { attributionFigures } from '../../bench/attribution.ts'
import { attributed, fitted, leaveOneOut, shownShare } from '../../bench/attribution/leave-one-out.ts'
import { shipped } from './attribution-made.ts'

test('the constants are what leaving one campaign out gives', { timeout: 60_000 }, () => {
  const shown = shownShare(attributed(leaveOneOut(shipped, 0)))
  const cases = attributed(leaveOneOut(shipped, shown))
  const { temperature, unknown } = fitted(cases)
  expect({ temperature, unknown, shown, campaigns: cases.length, version: shipped.attack.version }).toEqual({
    temperature: shipped.fit.temperature,
    unknown: shipped.fit.unknown,
    shown: shipped.fit.shown,
    campaigns: shipped.fit.campaigns,
    version: shipped.fit.version,
  })
})

test('the bars hold, with constants fitted without the campaign too', { timeout: 120_000 }, () => {
  const figures = attributionFigures(shipped)
  const of = (name: string): number => figures[name] ?? Number.NaN
  expect(of('log-loss')).toBeLessThan(4.57)
  expect(Math.abs(of('confidence minus accuracy'))).toBeLessThan(0.05)
  expect(of('held-out constants: log-loss')).toBeLessThan(4.57)
  expect(Math.abs(of('held-out: confidence minus accuracy'))).toBeLessThan(0.05)
  expect(of('one group named, the right one')).toBe(of('one group named'))
  expect(of('top 1')).toBeLessThan(0.7)
})
