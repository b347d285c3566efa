import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { filed, keptAnswers, keptAnswersTable } from '../../src/intrusion/kept-answers.ts'
import { openLake } from '../../src/store/index.ts'

test('an answer about many events is worked out once for the same loads and question; about few it is worked out each time and nothing is kept', async () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'breachline-kept-'))
  const lake = await openLake({ directory, tables: [keptAnswersTable] })
  try {
    let asked = 0
    const rows = [
      { host: 'crm-app-03', n: 1 },
      { host: 'ws-014', n: 2 },
    ]
    const compute = (): Promise<typeof rows> => Promise.resolve(((asked += 1), rows))
    const many = keptAnswers(lake, { loads: ['7', '3'], events: 2_000_000 })
    expect(await many.keep('hosts', compute)).toEqual(rows)
    expect(await keptAnswers(lake, { loads: ['3', '7'], events: 2_000_000 }).keep('hosts', compute)).toEqual(rows)
    expect(asked).toBe(1)
    await many.keep('hosts, otherwise', compute)
    await keptAnswers(lake, { loads: ['3'], events: 2_000_000 }).keep('hosts', compute)
    expect(asked).toBe(3)
    expect(await many.keep('nothing', () => Promise.resolve([]))).toEqual([])
    const sql = 'SELECT number AS x FROM numbers({n:UInt8})'
    expect(await many.engine.rows(sql, { n: 2 })).toEqual([{ x: '0' }, { x: '1' }])
    expect(await many.engine.rows(sql, { n: 1 })).toEqual([{ x: '0' }])
    const kept = await lake.engine.rows('SELECT 1 FROM kept_answers')
    const few = keptAnswers(lake, { loads: ['9'], events: 1_000 })
    await few.keep('hosts', compute)
    await few.keep('hosts', compute)
    expect(asked).toBe(5)
    expect(await lake.engine.rows('SELECT 1 FROM kept_answers')).toEqual(kept)
  } finally {
    await lake.close()
    rmSync(directory, { recursive: true, force: true })
  }
})

test('a kept cite is told with the path that its exhibit has in the case that asks', () => {
  const cite = { kind: 'exhibit', sha256: 'a'.repeat(64), file: 'a'.repeat(64), at: { kind: 'record', n: 4 } } as const
  expect(filed(cite, () => 'logs/security.evtx')).toEqual({ ...cite, file: 'logs/security.evtx' })
})
