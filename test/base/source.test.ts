import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { readdirSync, readlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fileSource } from '../../src/base/index.ts'

const mebibyte = 1024 * 1024
const bytes = Buffer.alloc(3 * mebibyte + 17, 0)
for (let at = 0; at < bytes.length; at += 1) bytes[at] = (at * 31 + (at >> 11)) & 255

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'breachline-source-'))
  await writeFile(join(folder, 'log'), bytes)
  await writeFile(join(folder, 'empty'), '')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test.each([0, 1, mebibyte - 1, mebibyte, 3 * mebibyte, bytes.length - 1, bytes.length, bytes.length + 9])(
  'a file read on the thread that asks gives the bytes from %i on, as one read elsewhere does',
  async (from) => {
    for (const here of [true, false]) {
      const source = await fileSource(join(folder, 'log'), 'log', { here })
      const pieces: Uint8Array[] = []
      for await (const piece of source.stream(from)) pieces.push(piece)
      expect(Buffer.concat(pieces).equals(bytes.subarray(from))).toBe(true)
    }
  },
)

test('an empty file has no pieces, a missing one is an error', async () => {
  const source = await fileSource(join(folder, 'empty'), 'empty', { here: true })
  for await (const piece of source.stream()) expect.unreachable(`${piece.length} bytes of an empty file`)
  await expect(fileSource(join(folder, 'missing'), 'missing', { here: true })).rejects.toThrow('ENOENT')
})

test('a reading given up in the middle leaves no file open, and lets others have their turn', async () => {
  const source = await fileSource(join(folder, 'log'), 'log', { here: true })
  let turns = 0
  const others = (async () => {
    for (; turns < 3; turns += 1) await setTimeout(0)
  })()
  let read = 0
  for await (const piece of source.stream()) {
    read += piece.length
    expect(openFiles()).toHaveLength(process.platform === 'linux' ? 1 : 0)
    if (read > 2 * mebibyte) break
  }
  expect(turns).toBeGreaterThan(0)
  await others
  expect(openFiles()).toEqual([])
})

/** Files of this test's folder that the process has open, where the system tells. */
function openFiles(): string[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const path = readlinkSync(`/proc/self/fd/${fd}`)
      return path.startsWith(folder) ? [path] : []
    } catch {
      return []
    }
  })
}
