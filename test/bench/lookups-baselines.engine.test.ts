import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { bench } from '../../bench/bench.ts'
import { loadLog, tokenOf } from '../../bench/lookups/load-log.ts'
import { lackingFeatures, subscriberFeatures } from '../../bench/lookups/subscriber-features.ts'
import { ordinaryReadLog } from '../../src/drill/index.ts'
import { loadDays } from '../../src/lookups/days.ts'
import { lookupTables } from '../../src/lookups/index.ts'
import { namesOf } from '../../src/lookups/names.ts'
import { openLake } from '../../src/store/index.ts'

const directory = mkdtempSync(join(tmpdir(), 'lookups-baselines-'))
const lake = await openLake({ directory, tables: lookupTables })

afterAll(async () => {
  await lake.close()
  rmSync(directory, { recursive: true, force: true })
})

test('features tell every read of the log once, and what lacks a reason is a part of it', async () => {
  const log = await loadLog(lake, { ...ordinaryReadLog, seed: 100, size: 5_000, accounts: 400 })
  const names = await namesOf(lake, log)
  const { subscribers, columns } = await subscriberFeatures(lake, { days: await loadDays(lake, { ...log, names }), names })
  const of = (name: string): Float64Array => columns.get(name) ?? new Float64Array()
  const sum = (name: string): number => of(name).reduce((all, one) => all + one, 0)
  expect(sum('reads')).toBe(log.rows)
  expect(new Set(subscribers).size).toBe(subscribers.length)
  for (const column of columns.values()) {
    expect(column.length).toBe(subscribers.length)
    expect(column.every(Number.isFinite)).toBe(true)
  }
  const within = (part: string, whole: string): boolean => of(part).every((one, at) => one <= (of(whole)[at] ?? -1))
  expect(within('accounts without a reason', 'accounts')).toBe(true)
  expect(within('days without a reason', 'days')).toBe(true)
  expect(within('teams', 'accounts')).toBe(true)
  expect(of('share of days without a reason').every((one) => one >= 0 && one <= 1)).toBe(true)
  expect(lackingFeatures.every((name) => columns.has(name))).toBe(true)
  // A target is read by the six accounts without a reason; hardly anybody else is read so often without one.
  const targets = log.truth.targets.map((one) => subscribers.indexOf(tokenOf(one))).filter((at) => at !== -1)
  const mean = targets.reduce((all, at) => all + (of('accounts without a reason')[at] ?? 0), 0) / targets.length
  expect(mean).toBeGreaterThan(2)
  expect(sum('accounts without a reason') / subscribers.length).toBeLessThan(0.5)
})

test('lookups-baselines: forests are counted beside the other ways, and the same again', async () => {
  const once = await bench({ name: 'lookups-baselines', size: 5_000, runs: 2 })
  const counts = once.variants[0]?.counts ?? {}
  for (const way of [
    'a forest over all features, 256 rows a tree',
    'a forest over features without a reason, 4096 rows a tree',
  ]) {
    const [least, most] = ['least', 'most'].map((bound) => counts[`seed 100: among the first twenty by ${way}, ${bound}`] ?? -1)
    expect(least).toBeGreaterThanOrEqual(0)
    expect(most).toBeGreaterThanOrEqual(least ?? 20)
    expect(most).toBeLessThanOrEqual(20)
  }
})
