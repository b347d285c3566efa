import { join } from 'node:path'
import { lookupTables } from '../src/lookups/index.ts'
import { reviewLoaded } from '../src/lookups/review-loaded.ts'
import { openLake } from '../src/store/index.ts'
import { engineLog } from './lookups/engine-log.ts'
import { Stopwatch, type Measure } from './measure.ts'

/** Logged reads for each subscriber of the operator, and of one contact. */
const [readsEach, perContact] = [20, 5]

/** The review of a log of any size, generated inside the engine: `--size` is the number of subscribers, each with 20 reads on average. */
export const lookupsScale: Measure = {
  about:
    'a log generated inside the engine, 20 reads a subscriber, five a contact; its days kept as a load keeps them; reviewed without a permutation from what is kept, then with one from what was counted',
  needs: 'nothing',
  drill: 50_000,
  runs: 1,
  rates: [{ unit: 'accesses/s', count: 'accesses', time: 'review' }],
  async run({ size, scratch }) {
    const watch = new Stopwatch()
    const lake = await openLake({ directory: join(scratch, 'lake'), tables: lookupTables })
    try {
      const log = await watch.time('generate and keep', () =>
        engineLog(lake, { seed: 1, reads: size * readsEach, size, accounts: 4_000, days: 90, perContact, targets: 20 }, (work) =>
          watch.time('keep the days of the log', work),
        ),
      )
      const review = (permutations: number) =>
        reviewLoaded(lake, {
          accesses: [log.accesses],
          reasons: [log.reasons],
          names: new Map(['log-0', 'log-1'].map((source) => [source, { file: source }])),
          cite: (source, n) => ({ kind: 'exhibit', sha256: source, file: source, at: { kind: 'row', n } }),
          subscriberBase: size,
          permutations,
        })
      const first = await watch.time('review', () => review(0))
      const again = await watch.time('permutation and tests again', () => review(1))
      return {
        counts: {
          accesses: first.accesses,
          subscribers: first.subscribers,
          watched: first.watched.length,
          'accounts flagged': first.accounts.filter((one) => one.beyondChance === true).length,
          'flagged in the permuted log': again.permutation?.flagged ?? 0,
        },
        times: watch.times,
        cores: watch.cores,
      }
    } finally {
      await lake.close()
    }
  },
}
