import { join } from 'node:path'
import { ordinaryReadLog } from '../src/drill/index.ts'
import { loadDays } from '../src/lookups/days.ts'
import { lookupTables } from '../src/lookups/index.ts'
import { namesOf } from '../src/lookups/names.ts'
import { openLake } from '../src/store/index.ts'
import { baselines } from './lookups/baselines.ts'
import { loadLog, tokenOf } from './lookups/load-log.ts'
import { Stopwatch, type Measure } from './measure.ts'

/** What simpler ways find in the log that `lookups-found` begins with (seed 100, 0.5 reads a week through six accounts). */
export const lookupsBaselines: Measure = {
  about: 'targets among the first twenty subscribers by simpler ways of looking, and what a usual rule names',
  needs: 'nothing',
  drill: 1_000_000,
  runs: 1,
  rates: [],
  async run({ size, scratch }) {
    const watch = new Stopwatch()
    const lake = await openLake({ directory: join(scratch, 'lake'), tables: lookupTables })
    try {
      const log = await watch.time('generate', () => loadLog(lake, { ...ordinaryReadLog, seed: 100, size }))
      const days = await loadDays(lake, { ...log, names: await namesOf(lake, log) })
      const found = await watch.time('look', () => baselines(lake, { days, targets: log.truth.targets.map(tokenOf) }))
      return {
        counts: { accesses: log.rows, targets: log.truth.targets.length, ...found },
        times: watch.times,
        cores: watch.cores,
      }
    } finally {
      await lake.close()
    }
  },
}
