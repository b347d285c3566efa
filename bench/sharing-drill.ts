import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Stopwatch, type Measure } from './measure.ts'
import { playDrill, type PlayedDrill } from './sharing/play.ts'
import { spread } from './spread.ts'

/** Nothing was fitted on these seeds. */
const firstSeed = 500

/**
 * Three operators are hit in turn by one actor; the first that finds it shares. How many days pass at the second and the third until it is found, with
 * what was shared and without, in the clock of the estates; and whether anything is seen where nobody was. `--size` is the number of seeds.
 */
export const sharingDrill: Measure = {
  about: 'days until the second and third operator hit by one actor find it, with and without what the first one shared',
  needs: 'nothing',
  drill: 1,
  seeds: 5,
  runs: 1,
  rates: [],
  async run({ size, scratch }) {
    const watch = new Stopwatch()
    const played: PlayedDrill[] = []
    for (let seed = firstSeed; seed < firstSeed + size; seed += 1) {
      const folder = join(scratch, `drill-${seed}`)
      const one = await watch.time('play', () => playDrill(seed, folder))
      played.push(one)
      await rm(folder, { recursive: true, force: true })
    }
    return { counts: countsOf(played), times: watch.times, cores: watch.cores }
  },
}

function countsOf(played: readonly PlayedDrill[]): Record<string, number> {
  const counts: Record<string, number> = { seeds: played.length }
  const sum = (part: (one: PlayedDrill) => number): number => played.reduce((total, one) => total + part(one), 0)
  const shared = played.filter((one) => one.shared !== undefined)
  counts['drills in which the first operator found and shared'] = shared.length
  for (const [name, turns] of [
    ['second', [0]],
    ['third', [1]],
    ['both', [0, 1]],
  ] as const) {
    const rows = played.flatMap((one) => one.others.filter((_, at) => turns.some((turn) => turn === at)))
    const without = spread(rows.map((row) => row.without)).median
    const withIt = spread(rows.map((row) => row.with)).median
    counts[`${name}: median days without`] = tenth(without)
    counts[`${name}: median days with`] = tenth(withIt)
    counts[`${name}: with, % of without`] = tenth((withIt / without) * 100)
    counts[`${name}: earlier with`] = rows.filter((row) => row.with < row.without).length
    counts[`${name}: found by what was shared`] = rows.filter((row) => row.by === 'share').length
    counts[`${name}: not found by themselves`] = rows.filter((row) => row.by === 'nobody' || !row.self).length
  }
  counts['sightings told back'] = sum((one) => one.toldBack)
  counts['estates asked where the actor was not'] = sum((one) => one.quiet.asked)
  counts['false sightings there'] = sum((one) => one.quiet.sightings)
  counts['cases opened there'] = sum((one) => one.quiet.cases)
  for (const one of played) {
    counts[`seed ${one.seed}: days apart`] = one.apart
    counts[`seed ${one.seed}: objects shared`] = one.shared?.objects ?? 0
    for (const [at, row] of one.others.entries()) {
      counts[`seed ${one.seed}, ${at === 0 ? 'second' : 'third'}: days without`] = tenth(row.without)
      counts[`seed ${one.seed}, ${at === 0 ? 'second' : 'third'}: days with`] = tenth(row.with)
    }
  }
  return counts
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10
}
