import { existsSync } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { openRawPipe, type RawPipe } from '../../src/store/raw-pipe.ts'

async function piped<T>(work: (pipe: RawPipe) => Promise<T>): Promise<T> {
  const pipe = await openRawPipe()
  if (pipe === undefined) throw new Error('this system has no named pipes')
  try {
    return await work(pipe)
  } finally {
    await pipe.close()
    expect(existsSync(path.dirname(pipe.path))).toBe(false)
  }
}

const bytes = Buffer.from('one line of a copy\n'.repeat(50_000))

test('what is passed is what the reader reads, twice through the same pipe', async () => {
  await piped(async (pipe) => {
    for (const pieces of [[bytes], [bytes.subarray(0, 10)], [bytes, bytes.subarray(3), bytes.subarray(0, 7)]])
      expect(Buffer.concat(pieces).equals(await pipe.pass(pieces, () => readFile(pipe.path)))).toBe(true)
  })
})

test('a reader that fails before it opens the pipe is not waited for', async () => {
  const refused = piped((pipe) => pipe.pass([bytes, bytes], () => Promise.reject(new Error('refused'))))
  await expect(refused).rejects.toThrow('refused')
})

test('a reader that gives up half way says why', async () => {
  const stopped = piped((pipe) =>
    pipe.pass([bytes, bytes], async () => {
      const handle = await open(pipe.path)
      await handle.read(Buffer.alloc(100), 0, 100)
      await handle.close()
      throw new Error('stopped')
    }),
  )
  await expect(stopped).rejects.toThrow('stopped')
})
