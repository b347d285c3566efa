import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UserError } from '../src/base/index.ts'
import { writeDrill } from '../src/drill/index.ts'
import { openCorpus, type Corpus } from './corpus.ts'
import { inChild } from './in-child.ts'
import { thisMachine, type Machine } from './machine.ts'
import type { Measure, Rate, Run } from './measure.ts'
import { measures } from './measures.ts'
import { spread, type Spread } from './spread.ts'

/** What is to be measured. */
export interface BenchOptions {
  readonly name: string
  /** Folder to read; a drill of `size` subscribers is generated when absent. */
  readonly corpus?: string
  readonly size?: number
  /** How many times over the corpus is read; only for measures that run rules. */
  readonly times?: number
  /** Sets of rules to compare, each a folder, a file or `own`; only for measures that run rules. */
  readonly rules?: readonly string[]
  readonly runs?: number
  readonly signal?: AbortSignal
  /** Told before every run. */
  readonly report?: (line: string) => void
}

/** The figures of one set of rules, or of the whole measure where rules play no part. */
export interface Variant {
  readonly rules?: string
  readonly runs: number
  readonly counts: Readonly<Record<string, number>>
  /** Milliseconds. */
  readonly times: Readonly<Record<string, Spread>>
  /** Time on the cores of the same steps, all threads together, milliseconds. */
  readonly cores: Readonly<Record<string, Spread>>
  readonly peakBytes: Spread
  /** Time on the cores, all threads together, milliseconds. */
  readonly cpu: Spread
  /** `best` is at the shortest time of all runs, `core` at the least time on the cores: per second of one core. */
  readonly rates: readonly (Rate & { readonly best: number; readonly median: number; readonly core?: number })[]
}

/** Measures that take sets of rules. */
function runsRules(name: string): boolean {
  return name === 'detect' || name === 'detect-threads'
}

/** One measurement with everything needed to repeat it. */
export interface BenchResult {
  readonly name: string
  readonly about: string
  readonly machine: Machine
  readonly corpus: Omit<Corpus, 'files' | 'country' | 'zone'> & { readonly files: number }
  readonly variants: readonly Variant[]
}

/**
 * Measures one thing: prepares the corpus, then runs it, every run in a process of its own, sets of rules by turns.
 * Throws a `UserError` for what the person can put right, and when two runs over the same bytes counted differently.
 */
export async function bench(options: BenchOptions): Promise<BenchResult> {
  const machine = thisMachine()
  const measure = await measureOf(options)
  const runs = options.runs ?? measure.runs
  const size = options.size ?? measure.seeds ?? measure.drill ?? 0
  const { rules = ['own'], times = 1 } = options
  const scratch = await mkdtemp(join(tmpdir(), 'breachline-bench-'))
  try {
    const corpus = measure.needs === 'nothing' ? undefined : await prepare({ measure, size, scratch, options })
    const done = new Map<string, Run[]>(rules.map((one) => [one, []]))
    for (let run = 1; run <= runs; run += 1)
      for (const [place, earlier] of done) {
        options.report?.(`run ${run} of ${runs}${rules.length > 1 ? `, rules ${place}` : ''}`)
        const task = {
          name: options.name,
          corpus: corpus ?? emptyCorpus,
          rules: place,
          size,
          times,
          scratch: join(scratch, 'run'),
        }
        earlier.push(await inChild(task, options.signal))
      }
    const all = [...done.values()].flat()
    const { country: _country, zone: _zone, files, ...seen } = corpus ?? sameCorpus(all)
    return {
      name: options.name,
      about: measure.about,
      machine,
      corpus: { ...seen, files: files.length },
      variants: [...done].map(([place, of]) => ({
        ...(runsRules(options.name) ? { rules: place } : {}),
        ...variantOf(of, measure),
      })),
    }
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

async function measureOf(options: BenchOptions): Promise<Measure> {
  const measure = await measures.get(options.name)?.()
  if (measure === undefined)
    throw usage(`there is no measure "${options.name}"`, `give one of ${[...measures.keys()].join(', ')}`)
  if (options.rules !== undefined && !runsRules(options.name)) throw usage(`${options.name} runs no rules`, 'leave out --rules')
  if (options.times !== undefined && !runsRules(options.name))
    throw usage(`${options.name} reads its corpus once`, 'leave out --times; detect and detect-threads take it')
  if (options.corpus !== undefined && measure.needs === 'nothing')
    throw usage(`${options.name} makes its own corpus`, 'leave out --corpus; --size sets how large it is')
  if (options.corpus !== undefined && options.size !== undefined && measure.seeds === undefined)
    throw usage('--size is the size of a generated corpus', 'leave out --size or --corpus')
  if (options.corpus === undefined && measure.drill === undefined)
    throw usage(
      `${options.name} needs a corpus: no Windows event logs are generated`,
      'give a folder of .evtx files with --corpus',
    )
  return measure
}

function usage(message: string, hint: string): UserError {
  return new UserError({ code: 'usage', message, hint, exitCode: 2 })
}

async function prepare(given: {
  readonly measure: Measure
  readonly size: number
  readonly scratch: string
  readonly options: BenchOptions
}): Promise<Corpus> {
  const { measure, size, scratch, options } = given
  const { needs } = measure
  const unpacked = join(scratch, 'unpacked')
  if (options.corpus !== undefined) return openCorpus({ folder: options.corpus, needs, scratch: unpacked })
  const out = join(scratch, 'drill')
  options.report?.(`generating a drill of ${size} subscribers`)
  const watch = options.signal === undefined ? {} : { signal: options.signal }
  await writeDrill({ scenario: 'demo', seed: 1, size, out, watch })
  return openCorpus({ folder: out, label: `drill of seed 1, size ${size}`, needs, scratch: unpacked })
}

const emptyCorpus: Corpus = { folder: '', files: [], bytes: 0, leftOut: 0, unpackFaults: 0, sha256: '', country: '', zone: '' }

function sameCorpus(runs: readonly Run[]): Corpus {
  const [first, ...others] = runs.map((run) => run.figures.corpus ?? emptyCorpus)
  if (first !== undefined && others.every((one) => one.sha256 === first.sha256)) return first
  throw new UserError({
    code: 'runs-differ',
    message: 'two runs generated different bytes',
    hint: 'this is a fault of Breachline',
  })
}

function variantOf(runs: readonly Run[], measure: Measure): Omit<Variant, 'rules'> {
  const [first] = runs
  const counts = first?.figures.counts ?? {}
  for (const { figures } of runs)
    for (const [name, count] of Object.entries(figures.counts))
      if (count !== counts[name])
        throw new UserError({
          code: 'runs-differ',
          message: `two runs over the same bytes counted ${name} differently: ${counts[name]} and ${count}`,
          hint: 'the figures would mean nothing; this is a fault of Breachline',
        })
  const spreads = (of: 'times' | 'cores'): Record<string, Spread> =>
    Object.fromEntries(
      Object.keys(first?.figures[of] ?? {}).map((name) => [name, spread(runs.map((run) => run.figures[of][name] ?? Number.NaN))]),
    )
  const [times, cores] = [spreads('times'), spreads('cores')]
  const rates = measure.rates.map((rate) => {
    const amount = (counts[rate.count] ?? Number.NaN) / (rate.per ?? 1)
    const time = times[rate.time] ?? spread([])
    const core = cores[rate.time]
    return {
      ...rate,
      best: (amount / time.min) * 1000,
      median: (amount / time.median) * 1000,
      ...(core === undefined ? {} : { core: (amount / core.min) * 1000 }),
    }
  })
  const [peakBytes, cpu] = [spread(runs.map((run) => run.peakBytes)), spread(runs.map((run) => run.cpuMs))]
  return { runs: runs.length, counts, times, cores, peakBytes, cpu, rates }
}
