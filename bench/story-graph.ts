import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Stopwatch, type Measure } from './measure.ts'
import { asStory, bothWays } from './story/graph-story.ts'
import { knownSets } from './story/known-moves.ts'
import { scoreSet } from './story/score-set.ts'

/** As `story`, by the graph of edges and the search in it, which is not the product's answer yet. */
export const storyGraph: Measure = {
  about: 'attack stories of public event sets by searching the graph of their edges, against the moves that were read by hand',
  needs: 'logs',
  runs: 1,
  rates: [{ unit: 'events/s', count: 'events', time: 'build edges' }],
  async run({ corpus, rules, scratch }) {
    const watch = new Stopwatch()
    const counts = { sets: 0, events: 0, edges: 0, stories: 0, 'with a story': 0, moves: 0, found: 0, invented: 0 }
    for (const set of knownSets()) {
      const file = corpus.files.find((one) => one.name.includes(`/${set.set}.zip/`))
      if (file === undefined) continue
      const directory = join(scratch, set.set)
      await mkdir(directory, { recursive: true })
      const told = await bothWays({ paths: [file.path], rules: rules === 'own' ? [] : [rules], directory, watch })
      await rm(directory, { recursive: true })
      const stories = told.searched.map(asStory)
      const score = scoreSet(set, stories)
      counts.sets += 1
      counts.events += told.joined.events
      counts.edges += told.edges.kinds.reduce((sum, one) => sum + one.edges, 0)
      counts.stories += stories.length
      if (stories.length > 0) counts['with a story'] += 1
      counts.moves += set.moves.length
      counts.found += score.found.length
      counts.invented += score.invented.length
    }
    return { counts, times: watch.times, cores: watch.cores }
  },
}
