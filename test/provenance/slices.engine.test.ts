import { afterAll, expect, test } from 'vitest'
import { openDesk } from './desk.ts'
import { extractCut, registerHistory } from './own-history.ts'
import { lastDay, onDay, population, some } from './subscribers.ts'

const people = population(2_000, 41)
const cutDay = lastDay - 50
const all = ['msisdn', 'full_name', 'city', 'plan', 'status', 'device']

const desk = await openDesk()
afterAll(() => desk.close())
await registerHistory(desk, people, all)
const large = people.slice(0, 1_700)
await desk.register(onDay(large, cutDay), all, extractCut('halcyon', 'Halcyon Print', cutDay))

test('P12 a block of the own system that lies among the people of a large extract is the own system first', async () => {
  const verdict = await desk.judge(some(onDay(large, lastDay - 30), 500, 8), all)
  expect(verdict.sources[0]?.copy).toBe('crm')
  expect(verdict.sources[0]?.posterior).toBeGreaterThan(0.9)
  expect(verdict.sources.find((one) => one.copy === 'halcyon')?.posterior).toBeLessThan(0.01)
})

test('P12 the same people with values of half a year ago are a copy that is not registered', async () => {
  const verdict = await desk.judge(some(onDay(large, lastDay - 180), 500, 9), all)
  expect(verdict.verdict).toBe('unknown-copy')
  expect(verdict.unknownCopy).toBeGreaterThan(0.9)
})
