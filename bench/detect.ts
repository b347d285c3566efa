import { availableParallelism } from 'node:os'
import { matchItems, MatchPool } from '../src/app/index.ts'
import { fileSource } from '../src/base/index.ts'
import { identify } from '../src/formats/index.ts'
import { detectionOf } from '../src/sigma/index.ts'
import type { Corpus, CorpusFile } from './corpus.ts'
import { Stopwatch, type Figures, type Measure, type Task } from './measure.ts'
import { readingOf } from './read-corpus.ts'
import { rulesOf } from './rules.ts'

/** Reading logs and running rules over every event on one thread, as `breachline detect --threads 1` does; nothing is stored. */
export const detect: Measure = {
  about: 'events read from logs and matched against rules on one thread; loading the rules timed apart',
  needs: 'logs',
  drill: 20_000,
  runs: 3,
  rates: [
    { unit: 'events/s', count: 'events', time: 'read and match' },
    { unit: 'MB/s', count: 'bytes', time: 'read and match', per: 1e6 },
  ],
  run: (task) => run(task, 1),
}

/** The same on a thread for each core. */
export const detectThreads: Measure = {
  ...detect,
  about: 'events read from logs and matched against rules on a thread for each core; loading the rules timed apart',
  run: (task) => run(task, availableParallelism()),
}

async function run({ corpus, rules: place, times }: Task, threads: number): Promise<Figures> {
  const watch = new Stopwatch()
  // Threads start while the rules are read, as they do for the command.
  const pool = MatchPool.for(corpus.bytes * times, threads)
  const { rules, notLoaded } = await watch.time('load rules', () => rulesOf(place))
  let events = 0
  let detections = 0
  let faults = 0
  const hit = new Set<string>()
  await watch.time('read and match', async () => {
    const items = matchItems<BenchItem>({
      items: itemsOf(corpus, times),
      isItem: (one): one is BenchItem => 'source' in one,
      rules,
      readingOf: (item) => ({ ...readingOf(corpus, item), identified: item.identified }),
      threads,
      ...(pool === undefined ? {} : { pool }),
      expected: corpus.bytes * times,
      watch: {},
    })
    for await (const one of items)
      for await (const batch of one.matched) {
        faults += batch.faults.length
        events += batch.events
        for (const found of batch.hits)
          for (const rule of found.rules) {
            hit.add(detectionOf(rule, found.event).rule)
            detections += 1
          }
      }
  })
  return {
    counts: {
      events,
      bytes: corpus.bytes * times,
      faults,
      'rules loaded': rules.length,
      'rules not loaded': notLoaded.length,
      detections,
      'rules with a detection': hit.size,
    },
    times: watch.times,
    cores: watch.cores,
  }
}

type BenchItem = CorpusFile & Awaited<ReturnType<typeof itemOf>>

async function itemOf(
  file: CorpusFile,
): Promise<CorpusFile & { source: Awaited<ReturnType<typeof fileSource>>; identified: Awaited<ReturnType<typeof identify>> }> {
  const source = await fileSource(file.path, file.name)
  return { ...file, source, identified: await identify(source) }
}

async function* itemsOf(corpus: Corpus, times: number): AsyncGenerator<BenchItem> {
  for (let time = 0; time < times; time += 1) for (const file of corpus.files) yield await itemOf(file)
}
