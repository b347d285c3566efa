import { asLog } from '../../src/app/detect-files.ts'
import { lakeTables } from '../../src/app/lake-tables.ts'
import { collectLoose, looseFiles } from '../../src/app/loose-files.ts'
import { readLogs } from '../../src/app/read-logs.ts'
import { readRules } from '../../src/app/rule-files.ts'
import { buildEdges, type BuiltEdges } from '../../src/intrusion/graph/build-edges.ts'
import { edgeStagingTables, edgeTables } from '../../src/intrusion/graph/edge-tables.ts'
import { lakeGraph } from '../../src/intrusion/graph/lake-graph.ts'
import type { Story, StoryAnswer } from '../../src/intrusion/index.ts'
import { hostOf } from '../../src/intrusion/graph/node.ts'
import { searchStories } from '../../src/intrusion/search/search-stories.ts'
import { hostsOf } from '../../src/intrusion/search/hosts.ts'
import type { Tree } from '../../src/intrusion/search/tree.ts'
import { openLake } from '../../src/store/index.ts'
import type { Stopwatch } from '../measure.ts'

/** What one case gives by joining detections, and by searching the graph of its edges. */
export interface BothWays {
  readonly joined: StoryAnswer
  readonly searched: readonly Tree[]
  readonly edges: BuiltEdges
}

/** Reads the logs once and tells their stories both ways; nothing is kept. */
export async function bothWays(options: {
  readonly paths: readonly string[]
  readonly rules: readonly string[]
  /** Empty folder. */
  readonly directory: string
  readonly watch: Stopwatch
}): Promise<BothWays> {
  const { watch } = options
  const files = await looseFiles({ paths: options.paths, role: asLog, watch: {} })
  try {
    const { items } = await collectLoose(files, 'logs')
    const { rules, correlations } = await readRules(options.rules)
    const tables = [...lakeTables, ...edgeTables, ...edgeStagingTables]
    const lake = await openLake({ directory: options.directory, tables })
    try {
      const read = await watch.time('read and join', () =>
        readLogs({ items, rules: { rules, correlations }, lake, zone: files.settings.zone ?? '', watch: {} }),
      )
      const edges = await watch.time('build edges', () => buildEdges({ lake, loads: read.loads }))
      const graph = lakeGraph(lake.engine, [edges.load])
      const sightings = read.sightings.filter((one) => one.time !== '')
      const found = await watch.time('search', () => searchStories({ graph, sightings }))
      return { joined: read.stories, searched: found.stories, edges }
    } finally {
      await lake.close()
    }
  } finally {
    await files.release()
  }
}

/** A searched story in the form of a joined one, as far as measuring needs it: hosts, and hops between hosts. */
export function asStory(tree: Tree): Pick<Story, 'hosts' | 'lateralMovement' | 'score'> & { readonly entry: string } {
  return {
    score: tree.score.total,
    entry: hostOf(tree.entry.node) || tree.entry.node,
    hosts: hostsOf(tree).map(({ name, status }) => ({ name, status, cites: [] })),
    lateralMovement: tree.edges.flatMap((edge) => {
      const [from, to] = [hostOf(edge.src), hostOf(edge.dst)]
      if (from === '' || to === '' || from === to) return []
      return [{ from, to, account: edge.account, time: edge.t0, means: edge.kind, certainty: edge.certainty, cites: [edge.cite] }]
    }),
  }
}
