import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { edgeTables } from '../../../src/intrusion/graph/edge-tables.ts'
import type { Edge, EdgeKind } from '../../../src/intrusion/graph/edge.ts'
import { lakeGraph } from '../../../src/intrusion/graph/lake-graph.ts'
import { openLake, type Lake } from '../../../src/store/index.ts'
import { memoryGraph } from './memory-graph.ts'

const tables = edgeTables.filter(({ name }) => name === 'edges_into' || name === 'edges_out')
const directory = mkdtempSync(path.join(tmpdir(), 'breachline-graph-'))
let lake: Lake
beforeAll(async () => {
  lake = await openLake({ directory, tables })
})
afterAll(async () => {
  await lake.close()
  rmSync(directory, { recursive: true, force: true })
})

const node = fc.constantFrom('host:a', 'host:b', 'sess:a|0x1', "proc:a|{g}'x", 'file:a|c:\\x\\y', 'addr:203.0.113.7')
const time = fc.integer({ min: 0, max: 12 }).map((n) => `2026-03-0${1 + (n % 3)}T00:00:0${n >> 2}.00000${n % 4}Z`)
const made = fc
  .array(
    fc.record({
      src: node,
      dst: node,
      t0: time,
      t1: time,
      kind: fc.constantFrom<EdgeKind>('runs', 'logon', 'seen-with'),
      eighths: fc.integer({ min: 1, max: 8 }),
    }),
    { maxLength: 60 },
  )
  .map((all) => {
    const edges = all
      .map((one, index): Edge => ({
        src: one.src,
        dst: one.dst,
        t0: one.t0,
        t1: one.t1 < one.t0 ? one.t0 : one.t1,
        kind: one.kind,
        account: 'a\\b',
        certainty: one.eighths / 8,
        bits: one.eighths,
        bytes: index % 2 === 0 ? -1 : index,
        detail: '',
        cite: {
          kind: 'exhibit',
          sha256: 'e'.repeat(64),
          file: 'f.log',
          ...(index % 3 === 0 ? { member: 'm' } : {}),
          at: { kind: index % 5 === 0 ? 'line' : 'record', n: 1 + (index % 7) },
        },
      }))
      .filter((one) => one.src !== one.dst)
    return [...new Map(edges.map((one) => [[one.t0, one.src, one.dst, one.kind].join('\n'), one])).values()]
  })

test('a graph in the lake answers as one in memory does, of its own loads alone', async () => {
  let round = 0
  const asked = fc.tuple(made, fc.array(fc.tuple(node, time), { maxLength: 6 }), fc.integer({ min: 1, max: 5 }), made)
  await fc.assert(
    fc.asyncProperty(asked, async ([edges, bounds, perNode, others]) => {
      round += 1
      const load = await stored(`graph ${round}`, edges)
      await stored(`others ${round}`, others)
      const inLake = lakeGraph(lake.engine, [load], () => 'f.log')
      const inMemory = memoryGraph(edges)
      const frontier = new Map(bounds)
      expect(await inLake.into(frontier, perNode)).toEqual(await inMemory.into(frontier, perNode))
      expect(await inLake.outOf(frontier, perNode)).toEqual(await inMemory.outOf(frontier, perNode))
    }),
    { numRuns: 15 },
  )
})

test('a frontier of more nodes than one statement asks for is answered whole', async () => {
  const edges = Array.from({ length: 2_500 }, (_, n): Edge => ({
    src: `host:s${n}`,
    dst: `host:d${n}`,
    t0: '2026-03-01T00:00:00.000000Z',
    t1: '2026-03-01T00:00:00.000000Z',
    kind: 'logon',
    account: '',
    certainty: 1,
    bits: 1,
    bytes: -1,
    detail: '',
    cite: { kind: 'exhibit', sha256: 'e'.repeat(64), file: 'f.log', at: { kind: 'record', n: n + 1 } },
  }))
  const graph = lakeGraph(lake.engine, [await stored('many', edges)], () => 'f.log')
  const frontier = new Map(
    edges.map((one, n) => [one.dst, n === 7 ? '2026-02-28T00:00:00.000000Z' : '2026-03-02T00:00:00.000000Z']),
  )
  expect(await graph.into(frontier, 5)).toEqual(edges.filter((_, n) => n !== 7))
  expect(await graph.into(new Map(), 5)).toEqual([])
})

async function stored(key: string, edges: readonly Edge[]): Promise<string> {
  const rows = edges.map(({ cite, t0, t1, ...edge }) => ({
    ...edge,
    t0: t0.replace('T', ' ').replace('Z', ''),
    t1: t1.replace('T', ' ').replace('Z', ''),
    ...(cite.kind === 'exhibit' && cite.at.kind !== 'whole' && 'n' in cite.at
      ? { exhibit: cite.sha256, member: cite.member ?? '', unit: cite.at.kind, n: cite.at.n }
      : {}),
  }))
  const { id } = await lake.load({ key, tables }, async (writer) => {
    for (const table of tables) await writer.insert(table, [rows])
  })
  return id
}
