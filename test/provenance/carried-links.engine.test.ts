import { afterAll, expect, test } from 'vitest'
import { openDesk } from './desk.ts'
import { registerHistory } from './own-history.ts'
import { dayText, lastDay, onDay, population, some, type Cells } from './subscribers.ts'

const people = population(2_000, 31)
const cutDay = lastDay - 200
const all = ['msisdn', 'nric', 'full_name', 'city', 'plan', 'status', 'device']
const printed = ['msisdn', 'full_name', 'city', 'plan', 'status', 'device']

const desk = await openDesk()
afterAll(() => desk.close())
await registerHistory(desk, people, all)
const extract = (id: string, holder: string) =>
  ({ id, kind: 'extract', holder, system: 'CRM', asOf: dayText(cutDay), history: false }) as const
const held = onDay(people.slice(0, 1_200), cutDay)
const others = onDay(people.slice(800), cutDay)
await desk.register(held, printed, extract('halcyon', 'Halcyon Print'))
await desk.register(others, printed, extract('orbis', 'Orbis Contact'))

/** Every third number is one that nobody has. */
const damaged = (records: readonly Cells[]): Cells[] =>
  records.map((cells, at) => (at % 3 === 0 ? { ...cells, msisdn: `60199${String(900_000 + at)}` } : cells))

test('P23 a row that one copy knows by an identifier is met in the copies that hold another one of that person', async () => {
  const inside = some(onDay(people.slice(0, 700), cutDay), 200, 5)
  const outside = some(onDay(people.slice(1_300), cutDay), 90, 6)
  const rowsInside = async (records: readonly Cells[], copy: string): Promise<number | undefined> =>
    (await desk.judge(records, all)).sources.find((one) => one.copy === copy)?.rowsInside
  const whole = [...inside, ...outside]
  expect(await rowsInside(whole, 'halcyon')).toBe(inside.length)
  expect(await rowsInside(damaged(whole), 'halcyon')).toBe(inside.length)
  // People that a copy does not hold stay unmet there.
  expect(await rowsInside(damaged(inside), 'orbis')).toBe(0)
})

test('P22 P23 rows damaged in their only identifier are found again in the extract too, not in the own system alone', async () => {
  const rows = some(held, 300, 7)
  const verdict = await desk.judge(damaged(rows), printed)
  expect(verdict.sources[0]?.copy).toBe('halcyon')
  expect(verdict.sources[0]?.posterior).toBeGreaterThan(0.9)
  const met = (copy: string): number => verdict.sources.find((one) => one.copy === copy)?.rowsInside ?? 0
  expect(met('halcyon')).toBeGreaterThan(rows.length * 0.9)
  expect(met('crm')).toBeGreaterThanOrEqual(met('halcyon') - 2)
  // Another extract meets those of the people that it holds, and no more.
  const numbers = new Set(others.map((cells) => cells['msisdn']))
  const both = rows.filter((cells) => numbers.has(cells['msisdn'])).length
  expect(met('orbis')).toBeLessThanOrEqual(both)
  expect(met('orbis')).toBeGreaterThan(both * 0.9)
})
