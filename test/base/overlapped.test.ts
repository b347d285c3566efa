import { expect, test } from 'vitest'
import { overlapped } from '../../src/base/index.ts'

test('each is begun when the one before is on its last stretch, two at a time at most, and answers keep their order', async () => {
  const told: string[] = []
  const ends = [Promise.withResolvers<void>(), Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const all = overlapped(['a', 'b', 'c'], async (item, on, index) => {
    told.push(`${item} begins`)
    on()
    await ends[index]?.promise
    told.push(`${item} ends`)
    return item
  })
  await new Promise(setImmediate)
  expect(told).toEqual(['a begins', 'b begins'])
  ends[1]?.resolve()
  ends[2]?.resolve()
  await new Promise(setImmediate)
  expect(told).toEqual(['a begins', 'b begins', 'b ends'])
  ends[0]?.resolve()
  expect(await all).toEqual(['a', 'b', 'c'])
  expect(told).toEqual(['a begins', 'b begins', 'b ends', 'a ends', 'c begins', 'c ends'])
})

test('without a last stretch one follows the other', async () => {
  const told: string[] = []
  const work = async (item: number): Promise<number> => {
    told.push(`${item} begins`)
    await new Promise(setImmediate)
    told.push(`${item} ends`)
    return item * 2
  }
  expect(await overlapped([1, 2], work)).toEqual([2, 4])
  expect(told).toEqual(['1 begins', '1 ends', '2 begins', '2 ends'])
  expect(await overlapped([], work)).toEqual([])
})

test('a failure is thrown when what was begun has ended, and nothing more is begun', async () => {
  const told: number[] = []
  const fails = overlapped([1, 2, 3, 4], async (item, on) => {
    told.push(item)
    on()
    await new Promise((resolve) => setTimeout(resolve, item === 1 ? 20 : 1))
    if (item <= 2) throw new Error(`of ${item}`)
    told.push(item)
  })
  await expect(fails).rejects.toThrow('of 1')
  expect(told).toEqual([1, 2])
})
