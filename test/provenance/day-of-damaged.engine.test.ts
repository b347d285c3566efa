import { afterAll, expect, test } from 'vitest'
import { openDesk } from './desk.ts'
import { registerHistory } from './own-history.ts'
import { dayText, lastDay, onDay, population, some } from './subscribers.ts'

const people = population(2_000, 47)
const columns = ['msisdn', 'nric', 'full_name']

const desk = await openDesk()
afterAll(() => desk.close())
await registerHistory(desk, people, columns)

const day = lastDay - 600
const late = people.filter(({ joined }) => joined > day + 60)
/** Customers of all years: nothing of them tells a day. */
const loyal = people.filter(({ joined, versions }) => joined < lastDay - 1_003 && (versions.at(-1)?.to ?? 0) > lastDay)

test('P8 numbers that belong to somebody who joined later say nothing of the day', async () => {
  const rows = some(onDay(loyal, day), 300, 3).map((cells, at) =>
    at % 6 === 0 ? { ...cells, msisdn: late[at % late.length]?.msisdn ?? '' } : cells,
  )
  const verdict = await desk.judge(rows, columns)
  expect(rows.length).toBe(300)
  expect(late.length).toBeGreaterThan(100)
  expect(verdict.sources[0]?.rowsInside).toBe(300)
  expect(verdict.sources[0]?.asOf).toBeUndefined()
})

test('P8 people who joined and left do say it', async () => {
  const asOf = (await desk.judge(some(onDay(people, day), 300, 4), columns)).sources[0]?.asOf
  expect((asOf?.from ?? '') <= dayText(day) && dayText(day) <= (asOf?.to ?? '')).toBe(true)
})
