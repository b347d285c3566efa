import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sha256 } from '../../src/base/index.ts'
import { tokenFiles, type TokenFiles } from '../../src/provenance/token-files.ts'
import type { Engine, Lake } from '../../src/store/index.ts'

let home: string
let folder: string
/** Rows of the lake by token file, and the files made, in order. */
let stored: Map<number, number>
let saved: string[]
let failing: boolean

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'breachline-token-files-'))
  folder = path.join(home, '.halcyon.part')
  stored = new Map()
  saved = []
  failing = false
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

/** A lake that holds the rows of `stored`; the bytes of a file say which rows it was made of. */
function files(): TokenFiles {
  const engine: Pick<Engine, 'rows' | 'save'> = {
    rows: async <T>(_: string, params: Readonly<Record<string, unknown>> = {}) =>
      [...stored]
        .filter(([file]) => file * 250_000 >= Number(params['from']))
        .toSorted(([one], [other]) => one - other)
        .map(([file, rows]) => ({ file, rows: String(rows) })) as T[],
    save: async (_, file, params = {}) => {
      if (failing) throw new Error('torn off')
      saved.push(`${path.basename(file)} ${String(params['from'])}-${String(params['to'])}`)
      writeFileSync(file, `rows ${String(stored.get(Number(params['from']) / 250_000))}`)
    },
  }
  const columns = [
    { name: 'msisdn', meaning: { kind: 'identifier', identifier: 'msisdn', valid: 100 }, basis: { kind: 'said' } },
  ] as const
  return tokenFiles({ folder, lake: { engine } as unknown as Lake, columns })
}
const soon = (): Promise<void> => setTimeout(30)

test('a token file is made once all its rows are in the lake, the last ones at the end', async () => {
  const made = files()
  made.begin('7')
  made.passed(1, 250_000)
  stored.set(0, 250_000)
  await soon()
  // Rows of the first file could still come.
  expect(saved).toEqual([])
  for (let n = 250_001; n <= 300_000; n += 1) made.passed(n, 1)
  stored.set(1, 50_000)
  await soon()
  expect(saved).toEqual(['tokens-00001.native.zst 0-250000'])
  expect(await made.finish('7')).toEqual([
    { file: 'tokens-00001.native.zst', sha256: sha256('rows 250000'), rows: 250_000 },
    { file: 'tokens-00002.native.zst', sha256: sha256('rows 50000'), rows: 50_000 },
  ])
  expect(saved).toEqual(['tokens-00001.native.zst 0-250000', 'tokens-00002.native.zst 250000-500000'])
})

test('a file of which rows are still on their way waits for them', async () => {
  const made = files()
  made.begin('7')
  made.passed(1, 600_000)
  stored.set(0, 249_999)
  await soon()
  expect(saved).toEqual([])
  stored.set(0, 250_000).set(1, 250_000).set(2, 100_000)
  const parts = await made.finish('7')
  expect(parts.map((part) => part.rows)).toEqual([250_000, 250_000, 100_000])
  expect(saved.length).toBe(3)
})

test('a file made of other rows than the lake holds in the end is made again', async () => {
  const made = files()
  made.begin('7')
  stored.set(0, 250_000).set(1, 1)
  made.passed(1, 250_001)
  await soon()
  expect(saved.length).toBe(1)
  stored.set(0, 249_000)
  expect((await made.finish('7'))[0]).toEqual({ file: 'tokens-00001.native.zst', sha256: sha256('rows 249000'), rows: 249_000 })
  expect(saved.length).toBe(3)
})

test('rows that never passed, of a load that was there before, are all saved at the end', async () => {
  stored.set(0, 250_000).set(3, 10)
  const parts = await files().finish('7')
  expect(parts.map(({ file, rows }) => [file, rows])).toEqual([
    ['tokens-00001.native.zst', 250_000],
    ['tokens-00004.native.zst', 10],
  ])
})

test('what an interrupted registration left is gone, and nothing is left of one that fails', async () => {
  mkdirSync(folder)
  writeFileSync(path.join(folder, 'tokens-00009.native.zst'), 'left over')
  const made = files()
  expect(readdirSync(folder)).toEqual([])
  made.begin('7')
  failing = true
  stored.set(0, 250_000).set(1, 1)
  made.passed(1, 250_001)
  await soon()
  await expect(made.finish('7')).rejects.toThrow('torn off')
  await made.drop()
  expect(existsSync(folder)).toBe(false)
})
