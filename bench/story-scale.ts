import { join } from 'node:path'
import { eventsTable } from '../src/events/index.ts'
import { buildEdges } from '../src/intrusion/graph/build-edges.ts'
import { keepFacts } from '../src/intrusion/graph/keep-facts.ts'
import { storyTables, tellStories, type StoryAnswer } from '../src/intrusion/index.ts'
import { openLake, type Lake } from '../src/store/index.ts'
import { Stopwatch, type Measure } from './measure.ts'
import { engineEstate } from './story/engine-estate.ts'
import { layIntrusions, type LaidIntrusion } from './story/engine-intrusions.ts'
import { timeHops } from './story/time-hops.ts'

/** Intrusions laid: one for so many hosts, within bounds. */
const [hostsEach, fewest, most] = [100, 4, 20]

/** Stories of an estate of any size whose events are made inside the engine: `--size` is the number of events. */
export const storyScale: Measure = {
  about:
    'events made inside the engine: facts and edges of them, hops over the edges, and the stories told from the detections of one laid intrusion after the other',
  needs: 'nothing',
  drill: 100_000_000,
  runs: 1,
  rates: [
    { unit: 'events/s', count: 'events', time: 'read for facts' },
    { unit: 'events/s', count: 'events', time: 'join into edges' },
  ],
  async run({ size, scratch }) {
    const watch = new Stopwatch()
    const lake = await openLake({ directory: join(scratch, 'lake'), tables: [eventsTable, ...storyTables] })
    try {
      const estate = await watch.time('generate', () => engineEstate(lake, size))
      const count = Math.min(most, Math.max(fewest, Math.floor(estate.hosts / hostsEach)))
      const { load, laid } = await layIntrusions(lake, { count, hosts: estate.hosts })
      const loads = [...estate.loads, load]
      await watch.time('read for facts', () => keepFacts({ lake, loads, watch: {} }))
      const edges = await watch.time('join into edges', () => buildEdges({ lake, loads }))
      await timeHops(watch, { lake, edges: edges.load })
      const tell = (one: LaidIntrusion): Promise<StoryAnswer> =>
        tellStories({ lake, loads, sightings: one.sightings, events: size, fileOf: (sha256) => sha256 })
      const [first, ...others] = laid
      let right = 0
      const add = (answer: StoryAnswer, one: LaidIntrusion): void => void (right += isRight(answer, one) ? 1 : 0)
      if (first !== undefined) add(await watch.time('tell, what is asked once among it', () => tell(first)), first)
      const took: number[] = []
      for (const one of others) {
        const start = performance.now()
        add(await watch.time('tell, all seeds', () => tell(one)), one)
        took.push(performance.now() - start)
      }
      const answers = { 'tell, p50 of seeds': quantileOf(took, 0.5), 'tell, p95 of seeds': quantileOf(took, 0.95) }
      return {
        counts: {
          events: await countOf(lake, 'events', loads),
          edges: await countOf(lake, 'edges_into', [edges.load]),
          hosts: estate.hosts,
          intrusions: laid.length,
          'told right': right,
        },
        times: { ...watch.times, ...answers },
        cores: watch.cores,
      }
    } finally {
      await lake.close()
    }
  },
}

/** Does the strongest story begin at the web server, go on to the next host, and name what was read from there? */
function isRight({ stories }: StoryAnswer, { web, next, database }: LaidIntrusion): boolean {
  return stories.some(
    (one) =>
      one.initialAccess?.where === web &&
      one.lateralMovement.some((hop) => hop.from === web && hop.to === next) &&
      one.reached.some((object) => object.what.includes('billing.subscribers') && object.what.includes(database)),
  )
}

async function countOf(lake: Lake, table: 'events' | 'edges_into', loads: readonly string[]): Promise<number> {
  const [row] = await lake.engine.rows<{ c: string }>(
    `SELECT count() AS c FROM ${table} WHERE load_id IN ({loads:Array(UInt64)})`,
    {
      loads,
    },
  )
  return Number(row?.c ?? 0)
}

/** The smallest of the values that at least this share of them does not exceed. */
function quantileOf(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(share * values.length) - 1] ?? Number.NaN
}
