import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ordinaryReadLog } from '../src/drill/index.ts'
import { powerPicture, type PowerCell } from './lookups/power-picture.ts'
import { scoreLog } from './lookups/score-log.ts'
import { Stopwatch, type Measure } from './measure.ts'

const rates = [2, 1, 0.5, 0.25, 0.125]
const spreads = [1, 3, 6, 20, 50]
const lacking = [0.05, 0.15]

/** The power surface: targets found by rate, accounts and quality of the tickets; drawn into `docs/who-read-power.svg` where BENCH_PICTURE says so. */
export const lookupsPower: Measure = {
  about:
    'targets found of twenty, by reads a week, accounts they are spread over, and share of ordinary reads without a reason (seed 100)',
  needs: 'nothing',
  drill: 1_000_000,
  runs: 1,
  rates: [],
  async run({ size, scratch }) {
    const watch = new Stopwatch()
    const cells: PowerCell[] = []
    for (const unexplained of lacking)
      for (const stolen of spreads)
        for (const rate of rates) {
          const directory = join(scratch, 'lake')
          const options = { ...ordinaryReadLog, seed: 100, size, unexplained, stolen, rate }
          const { score } = await scoreLog({ options, directory, permutations: 0, time: (step, work) => watch.time(step, work) })
          await rm(directory, { recursive: true })
          cells.push({
            unexplained,
            accounts: stolen,
            perWeek: rate,
            found: score.found,
            of: score.targets,
            clean: score.cleanFlagged,
          })
        }
    const picture = process.env.BENCH_PICTURE
    if (picture !== undefined) await writeFile(picture, powerPicture(cells, size))
    const counts = Object.fromEntries(
      cells.map((cell) => [`${cell.unexplained * 100} %, ${cell.accounts} accounts, ${cell.perWeek} a week: found`, cell.found]),
    )
    return {
      counts: { ...counts, 'clean flagged': cells.reduce((sum, cell) => sum + cell.clean, 0) },
      times: watch.times,
      cores: watch.cores,
    }
  },
}
