import { afterAll, expect, test } from 'vitest'
import { openDesk } from './desk.ts'
import { extractCut, registerHistory } from './own-history.ts'
import { lastDay, onDay, population, some } from './subscribers.ts'

const people = population(2_400, 43)
const all = ['msisdn', 'full_name', 'city', 'plan', 'status', 'device']

const desk = await openDesk()
afterAll(() => desk.close())
await registerHistory(desk, people, all)
/** A large extract of long ago, and a small one of other days whose people lie among it. */
const largeDay = lastDay - 500
await desk.register(onDay(people.slice(0, 2_000), largeDay), all, extractCut('halcyon', 'Halcyon Print', largeDay))
const few = people.slice(300, 900)
const smallDay = lastDay - 100
await desk.register(onDay(few, smallDay), all, extractCut('lantern', 'Lantern Care', smallDay))
/** Two extracts of one week: the larger has neither status nor device, the smaller has both. */
const weekDay = lastDay - 200
const without = all.filter((field) => field !== 'status' && field !== 'device')
await desk.register(onDay(people.slice(0, 1_500), weekDay - 3), without, extractCut('kestrel', 'Kestrel Claims', weekDay - 3))
await desk.register(onDay(people.slice(200, 800), weekDay), all, extractCut('orchid', 'Orchid Messaging', weekDay))

test('P12 a slice of an extract has the fields of that extract and no others', async () => {
  // One status in four and one device in eight is damaged.
  const leaked = some(onDay(people.slice(200, 800), weekDay), 300, 12).map((row, at) => ({
    ...row,
    ...(at % 4 === 0 ? { status: 'lain' } : {}),
    ...(at % 8 === 4 ? { device: 'lain' } : {}),
  }))
  const verdict = await desk.judge(leaked, all)
  expect(verdict.sources[0]?.copy).toBe('orchid')
  expect(verdict.sources[0]?.posterior).toBeGreaterThan(0.9)
})

test('P12 a slice of an extract that lies among the people of a smaller one is of the extract whose values it has', async () => {
  const verdict = await desk.judge(some(onDay(few, largeDay), 300, 8), all)
  expect(verdict.sources[0]?.copy).toBe('halcyon')
  expect(verdict.sources[0]?.posterior).toBeGreaterThan(0.9)
})

test('P12 the people of an extract with values of a day on which none was cut are a copy that is not registered', async () => {
  const verdict = await desk.judge(some(onDay(few, lastDay - 300), 300, 9), all)
  expect(verdict.unknownCopy).toBeGreaterThan(0.9)
})

test('P8 rows of a registered extract beside rows of the own system of the last weeks do not move its day', async () => {
  const recent = some(onDay(people.slice(0, 2_000), lastDay - 40), 200, 10)
  const old = some(onDay(people.slice(0, 2_000), largeDay), 100, 11)
  const verdict = await desk.judge([...recent, ...old], all)
  expect(verdict.sources[0]?.copy).toBe('crm')
  expect(verdict.unknownCopy).toBeLessThan(0.5)
})
