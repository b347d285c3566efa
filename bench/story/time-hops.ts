import { lakeGraph } from '../../src/intrusion/graph/lake-graph.ts'
import type { Lake } from '../../src/store/index.ts'
import type { Stopwatch } from '../measure.ts'
import { begin, days } from './engine-estate.ts'

/** Edges read of one node, as many as a search reads. */
const perNode = 60
const frontiers = [1, 100, 1_000, 5_000]
const repeats = 3

const first = `${begin.replace(' ', 'T')}.000000Z`
const last = new Date(Date.parse(`${begin.replace(' ', 'T')}Z`) + days * 86_400_000).toISOString().replace('Z', '000Z')

/** Times hops over the whole period: backward into sessions, forward out of them, and the same of the host with most edges. Adds a step for each, of `repeats` hops. */
export async function timeHops(
  watch: Stopwatch,
  { lake, edges }: { readonly lake: Lake; readonly edges: string },
): Promise<void> {
  const graph = lakeGraph(lake.engine, [edges])
  const nodes = await lake.engine.rows<{ node: string }>(
    `SELECT DISTINCT dst AS node FROM edges_into WHERE load_id = {edges:UInt64} AND startsWith(dst, 'sess:') AND cityHash64(dst) % 7 = 0
     ORDER BY cityHash64(node), node LIMIT {most:UInt32}`,
    { edges, most: Math.max(...frontiers) * repeats },
  )
  for (const size of frontiers)
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      const part = nodes.slice(repeat * size, (repeat + 1) * size).map((row) => row.node)
      await watch.time(`hop into ${size} nodes, ${repeats} times`, () =>
        graph.into(new Map(part.map((node) => [node, last])), perNode),
      )
      await watch.time(`hop out of ${size} nodes, ${repeats} times`, () =>
        graph.outOf(new Map(part.map((node) => [node, first])), perNode),
      )
    }
  const [hub] = await lake.engine.rows<{ node: string }>(
    "SELECT dst AS node FROM edges_into WHERE load_id = {edges:UInt64} AND startsWith(dst, 'host:') GROUP BY dst ORDER BY count() DESC, dst LIMIT 1",
    { edges },
  )
  if (hub === undefined) return
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    await watch.time(`hop into the host with most edges, ${repeats} times`, () =>
      graph.into(new Map([[hub.node, last]]), perNode),
    )
    await watch.time(`hop out of the host with most edges, ${repeats} times`, () =>
      graph.outOf(new Map([[hub.node, first]]), perNode),
    )
  }
}
