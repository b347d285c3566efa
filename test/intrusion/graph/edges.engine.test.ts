import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildEdges } from '../../../src/intrusion/graph/build-edges.ts'
import { edgeStagingTables } from '../../../src/intrusion/graph/edge-tables.ts'
import type { Lake } from '../../../src/store/index.ts'
import { builtCase, casesFolder, edgeLake, edgesOf } from './edge-cases.ts'

const directory = mkdtempSync(path.join(tmpdir(), 'breachline-edges-'))
let lake: Lake
beforeAll(async () => {
  lake = await edgeLake(directory)
})
afterAll(async () => {
  await lake.close()
  rmSync(directory, { recursive: true, force: true })
})

test.each(readdirSync(casesFolder).sort())('events of case %s make the edges that are wanted, and no others', async (name) => {
  const { load } = await builtCase(lake, name)
  expect(await edgesOf(lake, load)).toEqual(JSON.parse(readFileSync(path.join(casesFolder, name, 'want.json'), 'utf8')))
})

test('every edge stands in both tables, cited by the record it was made of', async () => {
  const { load, kinds } = await builtCase(lake, 'moves')
  const [both] = await lake.engine.rows<{ into: string; out: string; uncited: string }>(
    `SELECT (SELECT count() FROM edges_into WHERE load_id = {load:UInt64}) AS into,
       (SELECT count() FROM (SELECT * FROM edges_into WHERE load_id = {load:UInt64} INTERSECT SELECT * FROM edges_out WHERE load_id = {load:UInt64})) AS out,
       (SELECT count() FROM edges_into WHERE load_id = {load:UInt64} AND (exhibit, n) NOT IN (SELECT exhibit, n FROM events)) AS uncited`,
    { load },
  )
  const total = kinds.reduce((sum, { edges }) => sum + edges, 0)
  expect(both).toEqual({ into: String(total), out: String(total), uncited: '0' })
})

test('clocks that enough pairs agree on are corrected and stated with their record; others are stated and left', async () => {
  const { clocks } = await builtCase(lake, 'clocks')
  expect(clocks).toMatchObject([
    { host: 'app-01', micros: 300_450_000, pairs: 6, applied: true, unit: 'record' },
    { host: 'dc-01', micros: 40_000_000, pairs: 2, applied: false },
  ])
})

test('an address of a pool belongs to each session for its own time, and to nobody afterwards', async () => {
  const { owners } = await builtCase(lake, 'remote-access')
  expect(owners.filter((one) => one.address === '10.8.0.6')).toMatchObject([
    { node: 'vpn:vendor1|2026-03-02T09:00:00', since: '2026-03-02T09:00:00.000000Z', until: '2026-03-02T10:00:00.000000Z' },
    { node: 'vpn:j.ong|2026-03-02T11:00:00', since: '2026-03-02T11:00:00.000000Z', until: '2026-03-03T11:00:00.000000Z' },
  ])
})

test('edges of the same loads are built once; the tables of work are empty then; other loads make another load of edges', async () => {
  const first = await builtCase(lake, 'web')
  const again = await builtCase(lake, 'web')
  expect(again).toEqual({ ...first, reused: true })
  for (const { name } of edgeStagingTables) expect(await lake.engine.rows(`SELECT 1 FROM ${name} LIMIT 1`)).toEqual([])
  const nothing = await buildEdges({ lake, loads: [] })
  expect(nothing.load).not.toBe(first.load)
  expect(nothing.kinds).toEqual([])
})

test.each(['moves', 'processes', 'credentials'])(
  'edges of case %s joined in slices of hosts are those joined at once',
  async (name) => {
    const whole = await edgesOf(lake, (await builtCase(lake, name)).load)
    const sliced = await builtCase(lake, name, { key: `sliced ${name}`, factsAtOnce: 5 })
    expect(sliced.reused).toBe(false)
    expect(whole.length).toBeGreaterThan(3)
    expect(await edgesOf(lake, sliced.load)).toEqual(whole)
  },
  180_000,
)

test('of a case to which a file is added only the new events are read, and the edges are those of all files read at once', async () => {
  const whole = await builtCase(lake, 'remote-access')
  const before = await builtCase(lake, 'remote-access', { key: 'added', only: ['events.json'] })
  expect(await edgesOf(lake, before.load)).not.toEqual(await edgesOf(lake, whole.load))
  const steps: string[] = []
  const added = await builtCase(lake, 'remote-access', { key: 'added', watch: { report: ({ step }) => void steps.push(step) } })
  expect(await edgesOf(lake, added.load)).toEqual(await edgesOf(lake, whole.load))
  expect(steps.filter((step) => step.startsWith('reading'))).toHaveLength(1)
  const sets = await lake.engine.rows(
    `SELECT of_load, uniqExact(load_id) AS sets FROM fact_sets WHERE of_load IN ({loads:Array(UInt64)}) GROUP BY of_load ORDER BY of_load`,
    { loads: ['events.json', 'openvpn@gw.log'].map((file) => lake.committed(`added/${file}`) ?? '') },
  )
  expect(sets).toMatchObject([{ sets: '1' }, { sets: '1' }])
  expect(await lake.engine.rows('SELECT of_load FROM kept_facts GROUP BY of_load HAVING uniqExact(load_id) > 1')).toEqual([])
}, 120_000)

test('building that is stopped leaves nothing behind', async () => {
  const events = lake.committed('moves/events.json') ?? (await builtCase(lake, 'moves'), lake.committed('moves/events.json'))
  const other = lake.committed('web/events.json') ?? (await builtCase(lake, 'web'), lake.committed('web/events.json'))
  const count = async (): Promise<unknown> =>
    lake.engine.rows(
      'SELECT (SELECT count() FROM edges_into) AS a, (SELECT count() FROM edge_drafts) AS b, (SELECT count() FROM account_names) AS c',
    )
  const before = await count()
  const stop = new AbortController()
  const steps: string[] = []
  const watch = {
    signal: stop.signal,
    report: ({ step }: { readonly step: string }): void => {
      steps.push(step)
      if (step === 'weighing edges') stop.abort(new Error('stopped'))
    },
  }
  await expect(buildEdges({ lake, loads: [events as string, other as string], watch })).rejects.toThrow('stopped')
  expect(steps).toContain('weighing edges')
  expect(await count()).toEqual(before)
})
