import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { besideFacts } from '../../../src/intrusion/index.ts'
import type { Lake } from '../../../src/store/index.ts'

/** A lake that holds nothing: it tells which loads are read for facts, and how many at once. */
function lakeOf(fails = false): {
  readonly lake: Lake
  readonly read: string[][]
  readonly most: () => number
  readonly now: () => number
} {
  const read: string[][] = []
  let now = 0
  let most = 0
  const lake = {
    engine: { rows: () => Promise.resolve([]), run: () => Promise.resolve() },
    async load(_: unknown, fill: (writer: unknown) => Promise<void>) {
      now += 1
      most = Math.max(most, now)
      await turn()
      if (!fails)
        await fill({
          loadId: '100',
          insert: (_table: unknown, [rows]: readonly (readonly { of_load: string }[])[]) =>
            void read.push(rows?.map((row) => row.of_load) ?? []),
        })
      now -= 1
      if (fails) throw new Error('the engine refused')
      return { id: '100', reused: false }
    },
  } as unknown as Lake
  return { lake, read, most: () => most, now: () => now }
}

test('loads are read for facts while others come, once there are events enough, one reading at a time', async () => {
  const { lake, read, most, now } = lakeOf()
  const given = await besideFacts({ lake, watch: {}, worth: 10 }, async (committed) => {
    committed('1', 9)
    await turn()
    expect(now()).toBe(0)
    committed('2', 1)
    committed('3', 10)
    committed('4', 9)
    for (let i = 0; i < 20; i += 1) await turn()
    committed('5', 9)
    return 'all read'
  })
  expect(given).toBe('all read')
  expect(read).toEqual([
    ['1', '2'],
    ['3', '4'],
  ])
  expect(most()).toBe(1)
})

test('an error of the work is thrown when nothing is read any more, and nothing further is begun', async () => {
  const { lake, read, now } = lakeOf()
  const failing = besideFacts({ lake, watch: {}, worth: 10 }, (committed) => {
    committed('1', 10)
    committed('2', 10)
    return Promise.reject(new Error('the log ended early'))
  })
  await expect(failing).rejects.toThrow('the log ended early')
  expect(now()).toBe(0)
  expect(read).toEqual([['1']])
})

test('what reading for facts throws is thrown once the work has ended', async () => {
  const { lake } = lakeOf(true)
  let ended = false
  const failing = besideFacts({ lake, watch: {}, worth: 10 }, async (committed) => {
    committed('1', 10)
    for (let i = 0; i < 5; i += 1) await turn()
    committed('2', 10)
    ended = true
  })
  await expect(failing).rejects.toThrow('the engine refused')
  expect(ended).toBe(true)
})
