import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openParts } from '../../src/app/vendor-check-files.ts'
import { openBulk } from '../../src/vendor-check/bulk/bulk.ts'
import { inOrder, type Parts } from '../../src/vendor-check/bulk/in-order.ts'
import type { Job } from '../../src/vendor-check/bulk/job.ts'
import { scratch } from '../cli/fake.ts'
import { bulk, items, seed } from './parties.ts'

const jobs = Array.from({ length: 6 }, (_, n): Job => ({
  kind: 'tokens',
  items: items(n * 5, n * 5 + 5),
  secret: seed,
  mode: 'count',
}))

async function all(work: {
  readonly parts?: Parts
  readonly bulk?: typeof bulk
  readonly stopAfter?: number
}): Promise<string[]> {
  const out: string[] = []
  for await (const bytes of inOrder(jobs, { bulk, ...work })) {
    out.push(Buffer.from(bytes).toString('hex'))
    if (out.length === work.stopAfter) break
  }
  return out
}

test('a stopped run goes on where it was, and a line cut short is done again', async () => {
  const path = join(scratch(), 'work.parts')
  const want = await all({})
  await all({ parts: openParts(path, 'a'), stopAfter: 3 })
  appendFileSync(path, '4 AAAA')
  const parts = openParts(path, 'a')
  expect(parts.kept).toBeGreaterThanOrEqual(3)
  let done = 0
  const counting = { ...bulk, run: (job: Job) => ((done += 1), bulk.run(job)) }
  expect(await all({ parts, bulk: counting })).toEqual(want)
  expect(done).toBe(6 - parts.kept)
  expect(openParts(path, 'a').kept).toBe(6)
})

test('parts of other work, and a part changed on disk, are not used', async () => {
  const path = join(scratch(), 'work.parts')
  await all({ parts: openParts(path, 'a') })
  writeFileSync(
    path,
    readFileSync(path, 'utf8').replace(/\n1 (.)/, (text, letter: string) => text.replace(letter, letter === 'A' ? 'B' : 'A')),
  )
  expect(openParts(path, 'a').kept).toBe(1)
  expect(openParts(path, 'b').kept).toBe(0)
})

test('threads give the same bytes as this one, in the same order', async () => {
  const threads = await openBulk(2)
  try {
    expect(await all({ bulk: threads })).toEqual(await all({}))
    await expect(threads.run({ kind: 'multiply', run: new Uint8Array(32).fill(255), scalar: seed })).rejects.toThrow()
    expect(await all({ bulk: threads })).toEqual(await all({}))
  } finally {
    await threads.close()
  }
})

test('an interrupt is heard between two pieces', async () => {
  const stop = new AbortController()
  const run = async (): Promise<void> => {
    for await (const _ of inOrder(jobs, { bulk, signal: stop.signal })) stop.abort()
  }
  await expect(run()).rejects.toThrow()
})
