import { expect, test } from 'vitest'
import { aroundBout, boutsOf } from '../../web/src/how-in/bouts.ts'
import { numbersText } from '../../web/src/how-in/numbers-text.ts'
import { openIn } from '../../web/src/how-in/open-in.ts'
import { tacticsIn } from '../../web/src/how-in/tactics.ts'
import { zoomed } from '../../web/src/how-in/time-range.ts'
import { moved, stretch } from '../../web/src/how-in/timeline-cursor.ts'
import { bucketsFor, bucketsIn, frameOf, widthText } from '../../web/src/how-in/timeline-frame.ts'
import { madeUpView } from '../sharing/made-up-view.ts'

const made = madeUpView().stories?.stories[0]
if (made === undefined) throw new Error('the made-up case has a story')
const [first] = made.steps
if (first === undefined) throw new Error('the made-up story has steps')
const at = (time: string, tactic = 'execution') => ({ ...first, time, tactic })

test('a story falls into its acts where nothing happens for more than a day', () => {
  const story = {
    ...made,
    lateralMovement: [],
    steps: ['2026-01-01T10:00:00Z', '2026-01-02T09:00:00Z', '2026-01-03T09:00:01Z', '2026-06-01T00:00:00Z'].map((time) =>
      at(time),
    ),
  }
  const bouts = boutsOf(story)
  expect(bouts.map((one) => one.steps)).toEqual([2, 1, 1])
  for (const bout of bouts) {
    const range = aroundBout(bout)
    expect(range.from).toBeLessThan(bout.from)
    expect(range.to).toBeGreaterThan(bout.to)
  }
})

test('zooming stays inside the whole, around the moment asked for, and no narrower than two seconds', () => {
  const whole = { from: 0, to: 1_000_000 }
  expect(zoomed(whole, { whole, factor: 0.5 })).toEqual({ from: 250_000, to: 750_000 })
  expect(zoomed(whole, { whole, factor: 0.5, around: 10 })).toEqual({ from: 0, to: 500_000 })
  expect(zoomed({ from: 0, to: 2000 }, { whole, factor: 0.5 })).toEqual({ from: 0, to: 2000 })
  expect(zoomed({ from: 900_000, to: 1_000_000 }, { whole, factor: 40 })).toEqual(whole)
})

test('keys walk through buckets and lanes and stop at the ends; Shift holds the other end; n goes from step to step', () => {
  const lanes = { lanes: 3, buckets: 10, stepsIn: (lane: number) => (lane === 1 ? [2, 7] : []) }
  const key = (name: string, shift = false) => ({ key: name, shift })
  expect(moved({ lane: 0, bucket: 0 }, key('ArrowLeft'), lanes)).toEqual({ lane: 0, bucket: 0 })
  expect(moved({ lane: 0, bucket: 9 }, key('ArrowRight'), lanes)).toEqual({ lane: 0, bucket: 9 })
  expect(moved({ lane: 2, bucket: 3 }, key('ArrowDown'), lanes)).toEqual({ lane: 2, bucket: 3 })
  expect(moved({ lane: 1, bucket: 2 }, key('n'), lanes)).toEqual({ lane: 1, bucket: 7 })
  expect(moved({ lane: 1, bucket: 7 }, key('n'), lanes)).toEqual({ lane: 1, bucket: 7 })
  expect(moved({ lane: 1, bucket: 7 }, key('N'), lanes)).toEqual({ lane: 1, bucket: 2 })
  expect(moved({ lane: 0, bucket: 4 }, key('q'), lanes)).toBeUndefined()
  const held = moved({ lane: 0, bucket: 4 }, key('ArrowRight', true), lanes)
  expect(held).toEqual({ lane: 0, bucket: 5, anchor: 4 })
  expect(stretch({ lane: 0, bucket: 5, anchor: 4 }, { start: 1000, step: 10 })).toEqual({ from: 1040, to: 1060 })
  expect(moved({ lane: 0, bucket: 5, anchor: 4 }, key('ArrowRight'), lanes)).toEqual({ lane: 0, bucket: 6 })
})

test('buckets are those of the answer; without one the range is cut evenly; a window asks for no more than its pixels show', () => {
  const range = { from: 0, to: 120_000 }
  expect(bucketsIn(range, undefined)).toEqual({ start: 0, step: 1000, count: 120 })
  const density = { from: '1970-01-01T00:01:00.000Z', step: 30, all: [1, 2, 3], hosts: [] }
  expect(bucketsIn(range, density)).toEqual({ start: 60_000, step: 30_000, count: 3 })
  expect(bucketsFor(frameOf(390))).toBeLessThan(bucketsFor(frameOf(1400)))
  expect(bucketsFor(frameOf(100_000))).toBe(400)
  expect([1, 30, 60, 3600, 7200, 86_400, 172_800].map(widthText)).toEqual([
    'second',
    '30 seconds',
    'minute',
    'hour',
    '2 hours',
    'day',
    '2 days',
  ])
})

test('tactics stand in the order of the matrix, seen or not; one that the matrix does not have comes last', () => {
  const steps = [at('2026-01-01T00:00:00Z', 'exfiltration'), at('2026-01-01T00:00:00Z', 'evade-tomorrow')].map((step, n) => ({
    step,
    n: n + 1,
  }))
  const tactics = tacticsIn(steps)
  expect(tactics.length).toBe(15)
  expect(tactics.at(-1)?.name).toBe('Evade tomorrow')
  expect(tactics.filter((one) => one.steps.length > 0).map((one) => one.id)).toEqual(['exfiltration', 'evade-tomorrow'])
  expect(tacticsIn([]).length).toBe(14)
})

test('numbers are drawn together in runs; what the URL unfolds wrongly unfolds nothing', () => {
  expect(numbersText([1, 2, 3, 5, 7, 8])).toBe('1 to 3, 5, 7, 8')
  expect(numbersText([1, 3, 5, 7], 2)).toBe('1, 3 and 2 more')
  expect(numbersText([])).toBe('')
  expect(openIn('["host:a",1]')).toEqual(['host:a'])
  expect(openIn('{"a":1}')).toEqual([])
  expect(openIn('host:a')).toEqual([])
})
