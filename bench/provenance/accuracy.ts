import { appendFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { drawLeak, drawWorld } from '../../src/drill/index.ts'
import { provenanceTables, type Verdict } from '../../src/provenance/index.ts'
import { openLake, type Lake } from '../../src/store/index.ts'
import { answered, type Answered } from './answer.ts'
import { openDesk } from './desk.ts'
import { fabricate } from './fabricator.ts'
import { scoreAnswers, type Score } from './score.ts'

/** Which generated leaks are judged. Seeds below 100 are for fitting, the others report. */
export interface AccuracyOptions {
  readonly seeds: readonly number[]
  /** Numbers of the leaks of every seed. */
  readonly leaks: readonly number[]
  /** Customers of every operator; 15,000 when absent. */
  readonly size?: number
  /** File that takes one JSON line per leak, for fitting. */
  readonly out?: string
  readonly signal?: AbortSignal
  readonly report?: (line: string) => void
}

/** Leaks judged, with their score. */
export interface AccuracyResult {
  readonly seeds: readonly number[]
  readonly leaksPerSeed: number
  readonly size: number
  readonly seconds: number
  readonly score: Score
  readonly answers: readonly Answered[]
}

/** The reporting range: 1,000 leaks of seeds on which nothing was fitted. */
export const reporting = { seeds: Array.from({ length: 40 }, (_, at) => 340 + at), leaks: 25 } as const

/** Generates the worlds, registers their copies, judges every leak as an investigation would, and scores the answers. */
export async function measureAccuracy(options: AccuracyOptions): Promise<AccuracyResult> {
  const { seeds, leaks, size = 15_000, out } = options
  const start = performance.now()
  const folder = await mkdtemp(join(tmpdir(), 'breachline-accuracy-'))
  const answers: Answered[] = []
  if (out !== undefined) writeFileSync(out, '')
  try {
    for (const seed of seeds) {
      const home = join(folder, String(seed))
      const lake = await openLake({ directory: join(home, 'lake'), tables: provenanceTables })
      try {
        const judged = (one: Answered): void => {
          answers.push(one)
          if (out !== undefined) appendFileSync(out, `${JSON.stringify(one)}\n`)
        }
        await judgeWorld({ seed, leaks, size, lake, folder: home, signal: options.signal, report: options.report, judged })
      } finally {
        await lake.close()
        await rm(home, { recursive: true, force: true })
      }
      const seconds = (performance.now() - start) / 1000
      options.report?.(`seed ${seed}: ${answers.length} of ${seeds.length * leaks.length} leaks judged, ${seconds.toFixed(0)} s`)
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  const seconds = (performance.now() - start) / 1000
  return { seeds, leaksPerSeed: leaks.length, size, seconds, score: scoreAnswers(answers), answers }
}

/** Judging a leak longer than this is said. */
const slowMs = 10_000

async function judgeWorld(options: {
  readonly seed: number
  readonly leaks: readonly number[]
  readonly size: number
  readonly lake: Lake
  readonly folder: string
  readonly signal: AbortSignal | undefined
  readonly report: ((line: string) => void) | undefined
  readonly judged: (answer: Answered) => void
}): Promise<void> {
  const { seed, leaks, size, lake, folder, signal, report, judged } = options
  const world = drawWorld(seed, size)
  const desk = await openDesk({ world, lake, folder })
  for (const number of leaks) {
    signal?.throwIfAborted()
    const { truth, file } = drawLeak(world, number, fabricate)
    const start = performance.now()
    const verdict = await desk
      .judge(file)
      .catch((error: unknown): Error => (error instanceof Error ? error : new Error(String(error))))
    const ms = performance.now() - start
    judged(answered({ truth, copies: desk.copies, ms, verdict }))
    if (ms > slowMs) report?.(`seed ${seed}, leak ${number}: ${truth.n} rows took ${(ms / 1000).toFixed(1)} s`)
  }
}

/** Judges one leak alone and gives its truth beside the whole verdict. */
export async function judgeOne(
  seed: number,
  leak: number,
  size = 15_000,
): Promise<{ truth: Answered['truth']; verdict: Verdict }> {
  const folder = await mkdtemp(join(tmpdir(), 'breachline-accuracy-'))
  const lake = await openLake({ directory: join(folder, 'lake'), tables: provenanceTables })
  try {
    const world = drawWorld(seed, size)
    const desk = await openDesk({ world, lake, folder })
    const { truth, file } = drawLeak(world, leak, fabricate)
    return { truth, verdict: await desk.judge(file) }
  } finally {
    await lake.close()
    await rm(folder, { recursive: true, force: true })
  }
}
