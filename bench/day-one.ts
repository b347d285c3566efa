import { tokenKey } from '../src/persons/index.ts'
import { dayOne, type DayOne } from '../src/provenance/index.ts'
import { leakCase, type LeakCase } from './day-one/leaks.ts'
import { Stopwatch, type Measure } from './measure.ts'
import { shareOf, type Share } from './provenance/intervals.ts'

/** How often day-one mode is right, over generated leaks. */
export interface DayOneAccuracy {
  readonly leaks: number
  readonly rows: number
  /** Leaks whose system is among those given; every seventh or so comes from elsewhere. */
  readonly given: number
  /** The true system is among those that can have produced the sample; it is at least not ruled out. */
  readonly truthCan: Share
  readonly truthKept: Share
  /** Wrong systems ruled out, of those that something in the sample tells apart, and of all. */
  readonly wrongOut: Share
  readonly allWrongOut: Share
  /** The day of the leak is in the window given, where one is given. */
  readonly dayInside: Share
  /** Median length of that window in days. */
  readonly windowDays: number
}

/** One leak and its answer, for a look at what went wrong. */
interface JudgedLeak {
  readonly seed: number
  readonly leak: LeakCase
  readonly answer: DayOne
}

const firstSeed = 50_000

/** Judges `leaks` generated leaks (`bench/day-one/`), 50,000 being the first seed: none below is kept for fitting, none above was fitted on. */
export async function dayOneAccuracy(options: {
  readonly leaks: number
  readonly from?: number
  readonly customers?: number
  readonly seen?: (judged: JudgedLeak) => void
}): Promise<DayOneAccuracy> {
  const key = tokenKey(new Uint8Array(16).fill(9))
  let [rows, given, can, kept, out, told, allOut, wrong, inside, dated] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
  const lengths: number[] = []
  for (let at = 0; at < options.leaks; at += 1) {
    const seed = (options.from ?? firstSeed) + at
    const leak = leakCase(seed, options.customers)
    const answer = await judged(leak, key)
    options.seen?.({ seed, leak, answer })
    rows += leak.rows.length
    if (leak.truth.given) given += 1
    for (const { system, standing, window } of answer.systems) {
      if (system !== leak.truth.system) {
        wrong += 1
        if (standing === 'cannot') allOut += 1
        if (leak.alike.has(system)) continue
        told += 1
        if (standing === 'cannot') out += 1
        continue
      }
      if (standing === 'can') can += 1
      if (standing !== 'cannot') kept += 1
      if (window?.earliest === undefined) continue
      const latest = window.latest ?? dayText(leak.today)
      dated += 1
      if (window.earliest <= dayText(leak.truth.day) && dayText(leak.truth.day) <= latest) inside += 1
      lengths.push((Date.parse(latest) - Date.parse(window.earliest)) / 86_400_000)
    }
  }
  return {
    leaks: options.leaks,
    rows,
    given,
    truthCan: shareOf(can, given),
    truthKept: shareOf(kept, given),
    wrongOut: shareOf(out, told),
    allWrongOut: shareOf(allOut, wrong),
    dayInside: shareOf(inside, dated),
    windowDays: lengths.toSorted((a, b) => a - b)[Math.floor(lengths.length / 2)] ?? 0,
  }
}

function judged(leak: LeakCase, key: Parameters<typeof dayOne>[0]['key']): Promise<DayOne> {
  return dayOne({
    table: tableOf(leak.columns, leak.rows),
    exhibit: { sha256: '0'.repeat(64), file: 'sample.csv' },
    today: dayText(leak.today),
    key,
    country: 'MY',
    systems: leak.systems.map(({ kind, tables }) => ({
      name: kind.name,
      tables: tables.map(({ day, rows }) => ({
        kind: 'table',
        asOf: dayText(day),
        open: () =>
          Promise.resolve(
            tableOf(
              kind.columns.map(({ name }) => name),
              rows,
            ),
          ),
      })),
    })),
  })
}

function tableOf(columns: readonly string[], rows: readonly (readonly string[])[]) {
  const batch = { records: rows.map((values, at) => ({ n: at + 1, values })), faults: [] }
  return { columns, rows: batches([batch]) }
}

async function* batches<T>(some: readonly T[]): AsyncGenerator<T> {
  yield* some
}

function dayText(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10)
}

/** Shares are given in tenths of a per cent: counts are whole numbers and must be the same in every run. */
export const dayOneMeasure: Measure = {
  about: 'generated leaks, each from one of 3 to 5 systems with restore points: which systems are ruled out',
  needs: 'nothing',
  // Leaks, not subscribers.
  drill: 400,
  runs: 1,
  rates: [{ unit: 'leaks/s', count: 'leaks', time: 'judge' }],
  async run({ size }) {
    const watch = new Stopwatch()
    const accuracy = await watch.time('judge', () => dayOneAccuracy({ leaks: size }))
    const shares = {
      'true system can': accuracy.truthCan,
      'true system not ruled out': accuracy.truthKept,
      'wrong systems ruled out': accuracy.wrongOut,
      'wrong systems ruled out, with those nothing tells apart': accuracy.allWrongOut,
      'day inside the window': accuracy.dayInside,
    }
    return {
      counts: {
        leaks: accuracy.leaks,
        rows: accuracy.rows,
        'from a system given': accuracy.given,
        ...Object.fromEntries(
          Object.entries(shares).flatMap(([name, { hits, n, share, from, to }]) => [
            [`${name}: of`, n],
            [`${name}: hits`, hits],
            [`${name}: per mille`, Math.round(share * 1000)],
            [`${name}: 95 % from, per mille`, Math.round(from * 1000)],
            [`${name}: 95 % to, per mille`, Math.round(to * 1000)],
          ]),
        ),
        'window, median days': accuracy.windowDays,
      },
      times: watch.times,
      cores: watch.cores,
    }
  },
}
