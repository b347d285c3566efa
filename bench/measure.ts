import type { Corpus, Needs } from './corpus.ts'

/** What one run is given. Everything in it can be sent to a process of its own. */
export interface Task {
  readonly name: string
  readonly corpus: Corpus
  /** Folders or files of Sigma rules; `own` is the product's own. */
  readonly rules: string
  /** Subscribers of the drill, for measures that generate it inside the run. */
  readonly size: number
  /** How many times over the corpus is read, by measures that run rules. */
  readonly times: number
  /** Empty folder of this run alone; removed by the caller. */
  readonly scratch: string
}

/** What one run gave: counts that must be the same in every run, and times in milliseconds. */
export interface Figures {
  readonly counts: Readonly<Record<string, number>>
  readonly times: Readonly<Record<string, number>>
  /** Time on the cores of the same steps, all threads together; a step may have none. */
  readonly cores: Readonly<Record<string, number>>
  /** Set by measures that make their corpus themselves. */
  readonly corpus?: Corpus
}

/** One run: its figures, and what its process took in all (start and end included, processes it started not). */
export interface Run {
  readonly figures: Figures
  /** Largest resident set. */
  readonly peakBytes: number
  /** Time on the cores, all threads together, in milliseconds. */
  readonly cpuMs: number
}

/** Counts per second: `count` and `time` name entries of the figures; `per` divides (1e6 gives MB/s from bytes). */
export interface Rate {
  readonly unit: string
  readonly count: string
  readonly time: string
  readonly per?: number
}

/** One thing that can be measured. */
export interface Measure {
  readonly about: string
  readonly needs: Needs
  /** Subscribers of the drill that stands in when no corpus is given; undefined = a corpus must be given. */
  readonly drill?: number
  /** Of measures that make many cases of one corpus: how many, unless `--size` says otherwise. */
  readonly seeds?: number
  readonly runs: number
  readonly rates: readonly Rate[]
  readonly run: (task: Task) => Promise<Figures>
}

/** Times the steps of a run, each by the clock and by what all threads of the process took on the cores. */
export class Stopwatch {
  /** Milliseconds by name. */
  readonly times: Record<string, number> = {}
  readonly cores: Record<string, number> = {}

  /** Runs `work` and adds what it took to the step `name`. */
  async time<T>(name: string, work: () => Promise<T> | T): Promise<T> {
    const start = performance.now()
    const before = process.cpuUsage()
    try {
      return await work()
    } finally {
      const { user, system } = process.cpuUsage(before)
      this.times[name] = (this.times[name] ?? 0) + performance.now() - start
      this.cores[name] = (this.cores[name] ?? 0) + (user + system) / 1000
    }
  }
}
