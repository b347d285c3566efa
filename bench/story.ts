import { storyFiles } from '../src/app/index.ts'
import { Stopwatch, type Measure } from './measure.ts'
import { knownSets } from './story/known-moves.ts'
import { scoreSet } from './story/score-set.ts'

/** Moves between hosts told of public event sets, against what was read of them by hand (`bench/story/README.md`). */
export const story: Measure = {
  about: 'attack stories of public event sets, with the product rules, against the moves between hosts that were read by hand',
  needs: 'logs',
  runs: 1,
  rates: [{ unit: 'events/s', count: 'events', time: 'read and tell' }],
  async run({ corpus, rules }) {
    const watch = new Stopwatch()
    const counts = {
      sets: 0,
      'of lateral movement': 0,
      events: 0,
      stories: 0,
      moves: 0,
      found: 0,
      missed: 0,
      invented: 0,
      'attempts told as such': 0,
      attempts: 0,
      'right time and account': 0,
    }
    for (const set of knownSets()) {
      const file = corpus.files.find((one) => one.name.includes(`/${set.set}.zip/`))
      if (file === undefined) continue
      const told = await watch.time('read and tell', () =>
        storyFiles({ paths: [file.path], rules: rules === 'own' ? [] : [rules], watch: {} }),
      )
      const score = scoreSet(set, told.stories)
      counts.sets += 1
      if (set.folder.includes('/lateral_movement/')) counts['of lateral movement'] += 1
      counts.events += told.events
      counts.stories += told.stories.length
      counts.moves += set.moves.length
      counts.found += score.found.length
      counts.missed += score.missed.length
      counts.invented += score.invented.length
      counts.attempts += set.attempts.length
      counts['attempts told as such'] += score.attempts.length
      counts['right time and account'] += score.exact.length
    }
    return { counts, times: watch.times, cores: watch.cores }
  },
}
