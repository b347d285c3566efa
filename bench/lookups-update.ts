import { join } from 'node:path'
import { lookupTables, type LookupReview } from '../src/lookups/index.ts'
import { reviewLoaded } from '../src/lookups/review-loaded.ts'
import { openLake } from '../src/store/index.ts'
import { engineLog, type EngineLogOptions } from './lookups/engine-log.ts'
import { Stopwatch, type Measure } from './measure.ts'

/** Logged reads for each subscriber of the operator in the days kept, and of one contact; days kept, and days that come. */
const [readsEach, perContact, kept, more] = [20, 5, 90, 7]

/** What a week more costs: a log of 90 days is reviewed, a week of it as long as the others comes, and the whole is reviewed again. `--size` is the number of subscribers. */
export const lookupsUpdate: Measure = {
  about:
    'a log of 90 days generated inside the engine and reviewed; then a week of reads and reasons more, loaded and reviewed with what is kept; then the same from nothing',
  needs: 'nothing',
  drill: 50_000,
  runs: 1,
  rates: [{ unit: 'accesses/s', count: 'accesses of the week', time: 'review again' }],
  async run({ size, scratch }) {
    const watch = new Stopwatch()
    const of = (days: number, from: number): EngineLogOptions => ({
      seed: 1 + from,
      reads: Math.round((size * readsEach * days) / kept),
      size,
      accounts: 4_000,
      days,
      from,
      perContact,
      targets: 20,
    })
    const review = async (name: string, weekly: boolean): Promise<readonly LookupReview[]> => {
      const lake = await openLake({ directory: join(scratch, name), tables: lookupTables })
      try {
        const loads: { readonly accesses: string; readonly reasons: string }[] = []
        const load = async (options: EngineLogOptions, step: string): Promise<void> => {
          loads.push(await watch.time('generate and keep', () => engineLog(lake, options, (work) => laterOf(step, work))))
        }
        const run = (): Promise<LookupReview> =>
          reviewLoaded(lake, {
            accesses: loads.map((one) => one.accesses),
            reasons: loads.map((one) => one.reasons),
            names: new Map(['log-0', 'log-1'].map((source) => [source, { file: source }])),
            cite: (source, n) => ({ kind: 'exhibit', sha256: source, file: source, at: { kind: 'row', n } }),
            subscriberBase: size,
            permutations: 0,
          })
        const answers: LookupReview[] = []
        await load(of(kept, 0), `${name}: keep the days`)
        if (weekly) answers.push(await watch.time('review', run))
        await load(of(more, kept), `${name}: keep the days of the week`)
        answers.push(await watch.time(weekly ? 'review again' : 'review from nothing', run))
        return answers
      } finally {
        await lake.close()
      }
    }
    const laterOf = (step: string, work: () => Promise<void>): Promise<void> => watch.time(step, work)
    const [before, after] = await review('kept', true)
    const [anew] = await review('anew', false)
    return {
      counts: {
        'accesses kept': before?.accesses ?? 0,
        'accesses of the week': (after?.accesses ?? 0) - (before?.accesses ?? 0),
        watched: after?.watched.length ?? 0,
        'answers that differ': JSON.stringify(after) === JSON.stringify(anew) ? 0 : 1,
      },
      times: watch.times,
      cores: watch.cores,
    }
  },
}
