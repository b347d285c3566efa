import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ordinaryReadLog } from '../src/drill/index.ts'
import { loadDays } from '../src/lookups/days.ts'
import { lookupTables } from '../src/lookups/index.ts'
import { namesOf } from '../src/lookups/names.ts'
import { openLake } from '../src/store/index.ts'
import { baselines } from './lookups/baselines.ts'
import { forestBaseline } from './lookups/forest-baseline.ts'
import { loadLog, tokenOf } from './lookups/load-log.ts'
import { Stopwatch, type Measure } from './measure.ts'

/** Seeds of the logs that `lookups-found` begins with. */
const seeds = [100, 101]

/** What simpler ways find in the logs that `lookups-found` begins with (0.5 reads a week through six accounts). */
export const lookupsBaselines: Measure = {
  about: 'targets among the first twenty subscribers by simpler ways of looking, and what a usual rule names',
  needs: 'nothing',
  drill: 1_000_000,
  runs: 1,
  rates: [],
  async run({ size, scratch }) {
    const watch = new Stopwatch()
    const counts: Record<string, number> = {}
    for (const seed of seeds) {
      const directory = join(scratch, 'lake')
      const lake = await openLake({ directory, tables: lookupTables })
      try {
        const log = await watch.time('generate', () => loadLog(lake, { ...ordinaryReadLog, seed, size }))
        const names = await namesOf(lake, log)
        const graded = { days: await loadDays(lake, { ...log, names }), targets: log.truth.targets.map(tokenOf) }
        const found = {
          accesses: log.rows,
          targets: log.truth.targets.length,
          ...(await watch.time('look', () => baselines(lake, graded))),
          ...(await watch.time('look by isolation forests', () =>
            forestBaseline(lake, { ...graded, names, petty: [...log.truth.petty].map(tokenOf) }),
          )),
        }
        for (const [what, count] of Object.entries(found)) counts[`seed ${seed}: ${what}`] = count
      } finally {
        await lake.close()
      }
      await rm(directory, { recursive: true })
    }
    return { counts, times: watch.times, cores: watch.cores }
  },
}
