import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { openLake, type Table } from '../../src/store/index.ts'
import { manyParts } from '../../src/store/many-parts.ts'

const large: Table = { name: 'large', columns: { x: { type: 'UInt64', doc: 'a number' } }, orderBy: ['x'], mergesUpTo: 2_097_152 }
const small: Table = { ...large, name: 'small', mergesUpTo: 1_048_576 }

test('parts of a large table are merged once they are many, and not before', async () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'breachline-parts-'))
  const lake = await openLake({ directory, tables: [large, small] })
  try {
    const bound = async (table: string): Promise<string | undefined> => {
      const [row] = await lake.engine.rows<{ e: string }>(
        'SELECT engine_full AS e FROM system.tables WHERE name = {table:String}',
        { table },
      )
      return /max_bytes_to_merge_at_max_space_in_pool = (\d+)/.exec(row?.e ?? '')?.[1]
    }
    await lake.engine.run('SYSTEM STOP MERGES large')
    for (let n = 0; n < 3; n += 1)
      await lake.load({ key: `load ${n}`, tables: [large] }, async (writer) => void (await writer.insert(large, [[{ x: n }]])))
    await manyParts(lake.engine, 3)(large)
    expect(await bound('large')).toBe('2097152')
    await manyParts(lake.engine, 2)(large)
    expect(await bound('large')).toBe('161061273600')
    expect(await bound('small')).toBe('1048576')
  } finally {
    await lake.close()
    rmSync(directory, { recursive: true, force: true })
  }
})
