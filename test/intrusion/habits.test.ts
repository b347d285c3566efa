import { expect, test } from 'vitest'
import { composeStories, storyGroups } from '../../src/intrusion/compose.ts'
import { habitualBits } from '../../src/intrusion/habits.ts'
import { sighting } from './made.ts'

const day = (n: number, clock = '18:20'): string => `2026-03-${String(n).padStart(2, '0')}T${clock}:00.000000Z`
const month = { from: day(1, '00:00'), to: day(31, '00:00') }
const none = { movements: [], reads: [], silences: [] }

test('a rule that fires every other day counts for little, one that fires once counts in full', () => {
  const job = Array.from({ length: 15 }, (_, at) => sighting({ time: day(1 + 2 * at), host: 'db-1', rule: 'job' }))
  const rare = sighting({ time: day(9), host: 'web-1', rule: 'rare' })
  const bits = habitualBits([...job, rare], month)
  expect(bits(rare)).toBe(8)
  expect(bits(job[0]!)).toBe(3)
  expect(bits({ ...job[0]!, level: 'critical' })).toBe(4)
  expect(storyGroups({ sightings: [...job, rare], movements: [], span: month }).map((group) => group[0]?.host)).toEqual(['web-1'])
})

test('logs of under two weeks tell nothing of habits', () => {
  const job = Array.from({ length: 5 }, (_, at) => sighting({ time: day(1 + at), host: 'db-1', rule: 'job' }))
  expect(habitualBits(job, { from: day(1), to: day(10) })(job[0]!)).toBe(8)
})

test('the same act on three days or more is one story that says so; on two days it is two', () => {
  const nightly = (days: number) =>
    Array.from({ length: days }, (_, at) =>
      sighting({ time: day(1 + at), host: 'db-1', account: 'corp\\etl', title: 'Table Copied Out' }),
    )
  const [story, ...others] = composeStories({ sightings: nightly(6), ...none })
  expect(others).toEqual([])
  expect(story?.title).toBe('The same on 6 days: Table Copied Out on db-1')
  expect(composeStories({ sightings: nightly(2), ...none })).toHaveLength(2)
})

test('what comes back is not joined across hosts, accounts or rules', () => {
  const apart = [1, 2, 3].map((at) => sighting({ time: day(at), host: `db-${at}`, account: 'corp\\etl' }))
  expect(composeStories({ sightings: apart, ...none })).toHaveLength(3)
  const mixed = [1, 2, 3].map((at) => sighting({ time: day(at), host: 'db-1', title: `Rule ${at}` }))
  expect(composeStories({ sightings: mixed, ...none })).toHaveLength(3)
})
