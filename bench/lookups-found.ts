import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ordinaryReadLog, type ReadLogOptions } from '../src/drill/index.ts'
import { scoreLog, type LogScore } from './lookups/score-log.ts'
import { Stopwatch, type Measure } from './measure.ts'

/** Seeds below are for fitting; those from here on are reported. */
const firstReported = 100

const logs: readonly {
  readonly name: string
  readonly seeds: number
  readonly change: Partial<ReadLogOptions>
  readonly share?: number
}[] = [
  { name: '0.5 a week, 6 accounts', seeds: 2, change: {} },
  { name: '0.5 a week, 6 accounts, 15 % unexplained', seeds: 2, change: { unexplained: 0.15 } },
  { name: '0.25 a week, 6 accounts', seeds: 2, change: { rate: 0.25 } },
  { name: '0.5 a week, 20 accounts', seeds: 2, change: { stolen: 20 } },
  { name: 'nobody reads without need', seeds: 20, change: { targets: 0, famous: 0, acquainted: 0 }, share: 0.1 },
]

/** Covert reads told, by what was planted; `--size` is the number of subscribers. Controls have a tenth of them. */
export const lookupsFound: Measure = {
  about:
    'generated logs of record access reviewed: targets of covert reads found, petty and clean subscribers flagged; controls without any misuse',
  needs: 'nothing',
  drill: 1_000_000,
  runs: 1,
  rates: [{ unit: 'accesses/s', count: 'accesses', time: 'review' }],
  async run({ size, scratch }) {
    const watch = new Stopwatch()
    const counts: Record<string, number> = { accesses: 0 }
    for (const { name, seeds, change, share = 1 } of logs)
      for (let seed = firstReported; seed < firstReported + seeds; seed += 1) {
        const directory = join(scratch, 'lake')
        const options = { ...ordinaryReadLog, ...change, seed, size: Math.round(size * share) }
        const { score } = await scoreLog({ options, directory, permutations: 1, time: (step, work) => watch.time(step, work) })
        await rm(directory, { recursive: true })
        counts.accesses = (counts.accesses ?? 0) + score.accesses
        for (const [what, count] of Object.entries(figures(score)))
          counts[`${name}: ${what}`] = (counts[`${name}: ${what}`] ?? 0) + count
      }
    return { counts, times: watch.times, cores: watch.cores }
  },
}

function figures(score: LogScore): Record<string, number> {
  return {
    targets: score.targets,
    found: score.found,
    'told by the sequential test': score.toldInWeek,
    'petty flagged': score.pettyFlagged,
    'clean flagged': score.cleanFlagged,
    'petty unjustified': score.pettyUnjustified,
    'clean unjustified': score.cleanUnjustified,
    'stolen accounts': score.stolen,
    'stolen accounts flagged': score.stolenFound,
    'other accounts flagged': score.innocentAccounts,
    'flagged in the permuted log': score.permuted,
  }
}
