import { join } from 'node:path'
import { eventsTable } from '../src/events/index.ts'
import { buildEdges } from '../src/intrusion/graph/build-edges.ts'
import { besideFacts, storyTables } from '../src/intrusion/index.ts'
import { openLake } from '../src/store/index.ts'
import { Stopwatch, type Measure } from './measure.ts'
import { loadCorpus } from './read-corpus.ts'

/** Logs into an empty lake with their edges: read and stored, one load per file, and read for facts beside that; what is left is read for facts, and all joined. */
export const storyLoad: Measure = {
  about: 'events read from logs and stored in an empty lake, then their edges made; no rules',
  needs: 'logs',
  drill: 20_000,
  runs: 1,
  rates: [
    { unit: 'events/s', count: 'events', time: 'read and store' },
    { unit: 'events/s', count: 'events', time: 'facts and edges' },
    { unit: 'events/s', count: 'events', time: 'both' },
  ],
  async run({ corpus, scratch }) {
    const watch = new Stopwatch()
    const lake = await openLake({ directory: join(scratch, 'lake'), tables: [eventsTable, ...storyTables] })
    try {
      const loads: string[] = []
      let events = 0
      const { kinds } = await watch.time('both', async () => {
        await watch.time('read and store', async () => {
          const loaded = await besideFacts({ lake, watch: {} }, (committed) => loadCorpus(lake, corpus, committed))
          for (const one of loaded) {
            events += one.events
            loads.push(one.id)
          }
        })
        return watch.time('facts and edges', () => buildEdges({ lake, loads }))
      })
      const edges = kinds.reduce((sum, one) => sum + one.edges, 0)
      return { counts: { events, bytes: corpus.bytes, loads: loads.length, edges }, times: watch.times, cores: watch.cores }
    } finally {
      await lake.close()
    }
  },
}
