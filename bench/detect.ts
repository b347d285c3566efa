import { compile, detectionOf } from '../src/sigma/index.ts'
import { Stopwatch, type Measure } from './measure.ts'
import { eventsOf } from './read-corpus.ts'
import { rulesOf } from './rules.ts'

/** Reading logs and running rules over every event, as `breachline detect` does; nothing is stored. */
export const detect: Measure = {
  about: 'events read from logs and matched against rules; loading the rules timed apart',
  needs: 'logs',
  drill: 20_000,
  runs: 3,
  rates: [
    { unit: 'events/s', count: 'events', time: 'read and match' },
    { unit: 'MB/s', count: 'bytes', time: 'read and match', per: 1e6 },
    { unit: 'events/s', count: 'events', time: 'of which match' },
  ],
  async run({ corpus, rules: place }) {
    const watch = new Stopwatch()
    const { rules, notLoaded, set } = await watch.time('load rules', async () => {
      const loaded = await rulesOf(place)
      return { ...loaded, set: compile(loaded.rules) }
    })
    let events = 0
    let detections = 0
    let faults = 0
    const hit = new Set<string>()
    let matching = 0
    await watch.time('read and match', async () => {
      for (const file of corpus.files)
        for await (const batch of await eventsOf(corpus, file)) {
          faults += batch.faults.length
          events += batch.records.length
          const start = performance.now()
          for (const event of batch.records)
            for (const rule of set.match(event)) {
              hit.add(detectionOf(rule, event).rule)
              detections += 1
            }
          matching += performance.now() - start
        }
    })
    const times = { ...watch.times, 'of which match': matching }
    return {
      counts: {
        events,
        bytes: corpus.bytes,
        faults,
        'rules loaded': rules.length,
        'rules not loaded': notLoaded.length,
        detections,
        'rules with a detection': hit.size,
      },
      times,
      cores: watch.cores,
    }
  },
}
