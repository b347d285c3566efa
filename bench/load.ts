import { join } from 'node:path'
import { eventsTable } from '../src/events/index.ts'
import { openLake } from '../src/store/index.ts'
import { Stopwatch, type Measure } from './measure.ts'
import { loadCorpus } from './read-corpus.ts'

/** Events read from logs into an empty lake, one load per file, committed; no rules. */
export const load: Measure = {
  about: 'events read from logs and stored in an empty lake, one committed load per file',
  needs: 'logs',
  drill: 20_000,
  runs: 3,
  rates: [
    { unit: 'rows/s', count: 'rows', time: 'read and store' },
    { unit: 'MB/s', count: 'bytes', time: 'read and store', per: 1e6 },
  ],
  async run({ corpus, scratch }) {
    const watch = new Stopwatch()
    const lake = await watch.time('open the lake', () => openLake({ directory: join(scratch, 'lake'), tables: [eventsTable] }))
    let faults = 0
    const ids: string[] = []
    try {
      await watch.time('read and store', async () => {
        for (const loaded of await loadCorpus(lake, corpus)) {
          faults += loaded.faults
          ids.push(loaded.id)
        }
      })
      const [stored] = await watch.time('count the rows', () =>
        lake.engine.rows<{ c: string }>('SELECT toString(count()) AS c FROM events WHERE load_id IN ({loads:Array(UInt64)})', {
          loads: ids,
        }),
      )
      return {
        counts: { rows: Number(stored?.c ?? 0), bytes: corpus.bytes, loads: ids.length, faults },
        times: watch.times,
        cores: watch.cores,
      }
    } finally {
      await lake.close()
    }
  },
}
