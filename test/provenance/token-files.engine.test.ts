import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { sha256 } from '../../src/base/index.ts'
import { inferColumns } from '../../src/provenance/columns.ts'
import { writeTokenFiles } from '../../src/provenance/token-files.ts'
import { tokenPlan } from '../../src/provenance/tokenise.ts'
import type { RawBatch } from '../../src/store/index.ts'
import { key, openDesk } from './desk.ts'

const desk = await openDesk()
afterAll(() => desk.close())
const country = 'MY'
const rows = Array.from({ length: 1_000 }, (_, at) => ({
  values: [`6012${1_000_000 + at}`, ['Ipoh', 'Kuala Lumpur'][at % 2] ?? ''],
}))
const plan = tokenPlan(inferColumns({ columns: ['msisdn', 'city'], rows, country }), rows, { country })
const folder = path.join(desk.registry, '.halcyon.part')

async function* batches(count: number): AsyncGenerator<RawBatch> {
  for (let from = 0; from < count; from += 1_000)
    yield Array.from({ length: 1_000 }, (_, at) => [
      from + at + 1,
      `6012${1_000_000 + from + at}`,
      at % 2 === 0 ? 'Ipoh' : 'Kuala Lumpur',
    ])
}

test('token files hold every row once, have the bytes that are told of them, and no value', async () => {
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, 'tokens-00009.native.lz4'), 'left over by an interrupted registration')
  const parts = await writeTokenFiles({ folder, lake: desk.lake, plan, key, rows: batches(1_400_000) })
  expect(parts.map(({ file }) => file)).toEqual(['tokens-00001.native.lz4', 'tokens-00002.native.lz4'])
  expect(parts.reduce((sum, part) => sum + part.rows, 0)).toBe(1_400_000)
  for (const part of parts) {
    const bytes = readFileSync(path.join(folder, part.file))
    expect(sha256(bytes)).toBe(part.sha256)
    expect(bytes.includes('Kuala') || bytes.includes('60121000')).toBe(false)
  }
  expect(existsSync(path.join(folder, 'tokens-00009.native.lz4'))).toBe(false)
})

test('nothing is left of files whose rows cannot be read to the end', async () => {
  const torn = async function* (): AsyncGenerator<RawBatch> {
    yield* batches(1_200_000)
    throw new Error('torn off')
  }
  await expect(writeTokenFiles({ folder, lake: desk.lake, plan, key, rows: torn() })).rejects.toThrow('torn off')
  expect(existsSync(folder)).toBe(false)
})
