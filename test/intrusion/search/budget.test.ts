import { expect, test } from 'vitest'
import { memoryGraph } from '../../../src/intrusion/graph/memory-graph.ts'
import { calibrate, usualBudget } from '../../../src/intrusion/search/budget.ts'
import { searchStories } from '../../../src/intrusion/search/search-stories.ts'
import { caseOf, hosts, search } from './case.ts'
import { quietEstate } from './estate.ts'

test('a ceiling is what 99 in 100 quiet figures do not pass, within half to double of the usual one', () => {
  const upTo = (count: number, scale: number): number[] => Array.from({ length: count }, (_, n) => (n + 1) * scale)
  expect(calibrate(upTo(200, 0.05))).toBe(9.9)
  expect(calibrate(upTo(200, 0.05).toReversed())).toBe(9.9)
  expect(calibrate(upTo(99, 0.1))).toBe(usualBudget.ceiling)
  expect(calibrate(upTo(200, 10))).toBe(2 * usualBudget.ceiling)
  expect(calibrate(upTo(200, 0.001))).toBe(usualBudget.ceiling / 2)
  expect(calibrate([...upTo(99, 0.1), Number.NaN])).toBe(usualBudget.ceiling)
  expect(calibrate(upTo(200, 0.1), 25)).toBe(19.8)
})

test('the shipped ceiling is of the size that generated quiet estates ask for; false alarms there hardly join hosts', async () => {
  const dearest: number[] = []
  let [stories, joining] = [0, 0]
  for (const seed of [1, 2, 3]) {
    const quiet = quietEstate({ seed, hosts: 50, days: 4, alarmsPerDay: 150 })
    const found = await searchStories({
      graph: memoryGraph(quiet.edges),
      sightings: quiet.sightings,
      estate: quiet.estate,
      budget: { ceiling: 40 },
    })
    for (const story of found.stories) {
      stories += 1
      if (story.entry.kind !== 'first-seen') dearest.push(story.score.dearest)
      if (story.score.hosts > 0) joining += 1
    }
  }
  const fitted = calibrate(dearest)
  expect(dearest.length).toBeGreaterThan(100)
  expect(fitted).toBeGreaterThan(usualBudget.ceiling / 2)
  expect(fitted).toBeLessThanOrEqual(usualBudget.ceiling)
  expect(joining / stories).toBeLessThan(0.05)
})

const chain = (length: number): string =>
  [
    '09:00 web:203.0.113.7 > proc:web-1|0 web-request bits=6 !high:persistence',
    ...Array.from({ length }, (_, n) => `09:${10 + n} proc:web-1|${n} > proc:web-1|${n + 1} starts bits=0`),
    `09:50 proc:web-1|${length} > sess:app-2|0x1 logon bits=0`,
    '09:51 sess:app-2|0x1 > proc:app-2|x runs bits=0 !critical:execution',
  ].join('\n')

test('a way dearer than the ceiling joins nothing; the story says that it stopped for its budget', async () => {
  expect((await search(caseOf(chain(3)))).stories).toHaveLength(1)
  const { stories } = await search(caseOf(chain(9)))
  expect(stories).toHaveLength(2)
  expect(stories.map((story) => story.stopped?.why)).toContain('budget')
  expect(stories.flatMap((story) => hosts(story, 'compromised')).sort()).toEqual(['app-2', 'web-1'])
  expect((await search(caseOf(chain(9)), { budget: { ceiling: 16 } })).stories.length).toBeLessThanOrEqual(2)
})

test('a search that its budget ends says so and keeps what it has', async () => {
  const short = await search(caseOf(chain(3)), { budget: { rounds: 1 } })
  expect(short.exhausted).toBe(true)
  expect(short.stories.length).toBeGreaterThan(0)
  expect((await search(caseOf(chain(3)))).exhausted).toBe(false)
  const states = await search(caseOf(chain(3)), { budget: { states: 2 } })
  expect(states.exhausted).toBe(true)
})

test('a story that starts where the logs do says that they are silent before it', async () => {
  const { stories } = await search(caseOf('09:00 proc:ws-1|a > proc:ws-1|b starts bits=5 !high:execution'))
  expect(stories[0]?.stopped).toEqual({ why: 'budget', where: 'proc:ws-1|b' })
  const silent = await search(caseOf('09:00 proc:ws-1|b > file:ws-1|x writes bits=5 !high:execution'))
  expect(silent.stories[0]?.stopped).toEqual({ why: 'silence', where: 'proc:ws-1|b' })
})

test('a stopped watch ends the search', async () => {
  const stop = new AbortController()
  stop.abort(new Error('stopped by the person'))
  await expect(search(caseOf(chain(3)), { watch: { signal: stop.signal } })).rejects.toThrow('stopped by the person')
})
