import { join } from 'node:path'
import { eventsTable } from '../src/events/index.ts'
import { buildEdges } from '../src/intrusion/graph/build-edges.ts'
import { keepFacts } from '../src/intrusion/graph/keep-facts.ts'
import { storyTables } from '../src/intrusion/index.ts'
import { openLake } from '../src/store/index.ts'
import { Stopwatch, type Measure } from './measure.ts'
import { loadCorpus } from './read-corpus.ts'

/** Logs into an empty lake with their edges: read and stored, one load per file, then read for facts and joined. */
export const storyLoad: Measure = {
  about: 'events read from logs and stored in an empty lake, then their edges made; no rules',
  needs: 'logs',
  drill: 20_000,
  runs: 1,
  rates: [
    { unit: 'events/s', count: 'events', time: 'read and store' },
    { unit: 'events/s', count: 'events', time: 'facts and edges' },
  ],
  async run({ corpus, scratch }) {
    const watch = new Stopwatch()
    const lake = await openLake({ directory: join(scratch, 'lake'), tables: [eventsTable, ...storyTables] })
    try {
      const loads: string[] = []
      let events = 0
      await watch.time('read and store', async () => {
        for (const loaded of await loadCorpus(lake, corpus)) {
          events += loaded.events
          loads.push(loaded.id)
        }
      })
      const { kinds } = await watch.time('facts and edges', async () => {
        await keepFacts({ lake, loads, watch: {} })
        return buildEdges({ lake, loads })
      })
      const edges = kinds.reduce((sum, one) => sum + one.edges, 0)
      return { counts: { events, bytes: corpus.bytes, loads: loads.length, edges }, times: watch.times, cores: watch.cores }
    } finally {
      await lake.close()
    }
  },
}
